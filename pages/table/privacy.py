"""Privacy and accessibility: what is kept and how long, and what does not work well yet."""

import streamlit as st

from coalition.ui import entry, parts
from coalition.ui.table import honesty
from coalition.words import t

here = entry.visit()
st.title(t("Privacy and accessibility"))
with parts.reading():
    st.header(t("What is kept, why, and how long?"))
    honesty.kept()
    st.header(t("How do I have my words erased?"))
    honesty.erasing()
    st.header(t("What does not work well yet?"))
    honesty.limits()
    st.header(t("Whom can I write to?"))
    honesty.contact()
