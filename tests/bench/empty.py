"""The floor: a page behind the same launcher, guard and menu that draws next to nothing."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.ui import entry

here = entry.require(Permission.READ_TABLE)

st.title("Empty")
