"""Reports: of the whole board for one meeting, and of one month for the members."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.ui import entry
from coalition.ui.insight import report_desk
from coalition.words import t

here = entry.require(Permission.READ_BOARD)
st.title(t("Reports"))
asked = report_desk.choose(here)
if st.button(t("Make the report"), icon=":material/summarize:", type="primary", key="make"):
    report_desk.make(here, asked)
