"""Our organisation: changing what is said of it."""

import streamlit as st

from coalition.domain.people.organisations import Organisation
from coalition.services.people import profiles
from coalition.ui import forms
from coalition.ui.entry import Entry
from coalition.ui.people import profile_fields
from coalition.ui.people.doing import done
from coalition.words import t

FORM = "own-profile"


def draw(this: Organisation, here: Entry) -> bool:
    """Draw the form for what an organisation says of itself; return whether it was saved."""
    with st.expander(t("Change what we say of ourselves")):
        said = st.container()
        with forms.form(FORM, border=False, enter_to_submit=False):
            profile = profile_fields.own(this.profile)
            st.caption(
                t("Name, class, vote and standing are the table's. A convener can change them.")
            )
            sent = st.form_submit_button(t("Save"), type="primary")

    def deed(token: str) -> None:
        profiles.describe(here.db, here.clock, actor=here.actor, profile=profile, token=token)
        st.success(t("Saved. Everybody reads it under Members."))

    return sent and done(FORM, deed, said=said, **profile_fields.labels())
