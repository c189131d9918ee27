"""Consensus board: where consensus stands, what holds it, and whom to call."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.ui import entry
from coalition.ui.insight import live
from coalition.words import t

here = entry.require(Permission.READ_BOARD)
st.title(t("Consensus board"))
live.draw(here)
