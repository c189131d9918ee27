"""Sign in: e-mail and password, nothing else to solve."""

import streamlit as st

from coalition.ui import address, entry, login, providers, screens
from coalition.words import t

here = entry.visit()
if here.actor is not None:
    st.switch_page(screens.page(screens.home(here.actor)), query_params=address.query())
st.title(t("Sign in"))
if not providers.answered(here.db, here.clock):
    login.form(here.db, here.clock)
    providers.draw()
