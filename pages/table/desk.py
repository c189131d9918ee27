"""Desk: what needs a convener's hand, queue by queue."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.table import desk
from coalition.ui import address, entry, parts, screens
from coalition.ui.deliberation import receipt_finder
from coalition.ui.table import desk_queues
from coalition.words import moments, t

here = entry.require(Permission.READ_BOARD)
found = desk.desk(here.db, actor=here.actor, now=here.now)
st.title(t("Desk"))
st.caption(moments.when(here.now, here.table.zone))
if st.button(t("Put a proposal to the table"), type="primary"):
    st.switch_page(screens.page("round"), query_params=address.query())
if desk_queues.is_clear(found):
    parts.empty(
        t("Nothing needs you now"),
        t("No round closes soon, nothing waits to be published, every inquiry is answered."),
        t("New work stands here as it comes."),
    )
else:
    desk_queues.figures(found)
    desk_queues.draw(found, here)
st.header(t("Do you have a receipt?"))
receipt_finder.draw(here)
