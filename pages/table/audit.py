"""Audit log: every change, newest first, and how anyone can prove none was lost."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.table import trail
from coalition.ui import entry, parts
from coalition.ui.table import trail_list
from coalition.words import t, tn

here = entry.require(Permission.READ_AUDIT)
st.title(t("Audit log"))
above = st.container()
asked = trail_list.filters()
found = trail.trail(
    here.db,
    actor=here.actor,
    now=here.now,
    action=asked.action,
    subject=asked.subject,
    before=asked.before,
)
with above:
    st.caption(tn("{n} entry in all", "{n} entries in all", found.head.seq))
if found.entries:
    trail_list.lines(found, here)
    trail_list.onward(found, asked)
else:
    parts.empty(
        t("No entry here"),
        t("Nothing of this kind is on the record."),
        t("Empty the fields above to see everything.") if asked.any else "",
    )
trail_list.head(found)
