"""Members: who is at the table, findable by the names they had."""

import streamlit as st

from coalition.ui import entry
from coalition.ui.people import directory
from coalition.words import t

here = entry.visit()
st.title(t("Members"))
words, pillar = directory.filters()
directory.draw(here, search=words, pillar=pillar)
