"""My account: password, sessions, language and time zone."""

from zoneinfo import available_timezones

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.domain.people.accounts import SHORTEST
from coalition.services.people import accounts
from coalition.ui import entry, feedback, forms, login, safe, turns
from coalition.ui.people import own_sessions, second_factor
from coalition.words import LANGUAGES, codes, t

here = entry.require(Permission.OWN_ACCOUNT)
st.title(t("My account"))
st.markdown(f"{safe.label(here.actor.name)} · {safe.label(here.actor.email)}")
st.markdown(codes.role(here.actor.role))

st.header(t("Password"))
said = st.container()
with forms.form("password"):
    st.text_input(t("E-mail"), here.actor.email, autocomplete="username", disabled=True)
    current = st.text_input(
        t("Present password"), type="password", autocomplete="current-password", max_chars=1000
    )
    new = st.text_input(
        t("New password"), type="password", autocomplete="new-password", max_chars=1000
    )
    st.caption(t("At least {least} characters. A short sentence is good.", least=SHORTEST))
    if st.form_submit_button(t("Change password")):
        with said, feedback.told(current=t("Present password"), password=t("New password")):
            with turns.aside():
                ticket = accounts.change_password(
                    here.db, here.clock, actor=here.actor, current=current, new=new
                )
            login.hand_over(ticket)

st.header(t("Second factor"))
second_factor.section(here, here.actor)

st.header(t("Language and time zone"))
said = st.container()
with forms.form("preferences"):
    codes_known = ("", *LANGUAGES)
    language = st.selectbox(
        t("Language"),
        codes_known,
        index=codes_known.index(here.actor.language),
        format_func=lambda code: LANGUAGES.get(code, t("As my browser asks")),
    )
    zones = ("", *sorted(available_timezones()))
    zone = st.selectbox(
        t("Time zone"),
        zones,
        index=zones.index(here.actor.zone),
        format_func=lambda name: name or t("As my browser says"),
    )
    if st.form_submit_button(t("Save")):
        with said, feedback.told():
            accounts.save_preferences(
                here.db, here.clock, actor=here.actor, language=language, zone=zone
            )
            st.success(t("Saved. It shows from your next click on."))

own_sessions.draw(here)
