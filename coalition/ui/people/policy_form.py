"""What signing in asks for: set by an administrator, for the whole table."""

import streamlit as st

from coalition import wiring
from coalition.domain.people.sign_ins import Policy
from coalition.services.people import sign_in_policies
from coalition.ui import feedback, forms
from coalition.ui.entry import Entry
from coalition.words import t


def draw(here: Entry) -> None:
    """Draw what the table asks of those who sign in, and the form that changes it."""
    st.header(t("What signing in asks for"))
    before = sign_in_policies.read_policy(here.db, actor=here.actor)
    said = st.container()
    with forms.form("sign-in-policy"):
        required = st.checkbox(
            t("Conveners and administrators need a second factor"), value=before.second_factor
        )
        trusted = before.trusts_provider
        if wiring.has_provider():
            trusted = st.checkbox(
                t("Who comes through the provider needs none here"),
                value=before.trusts_provider,
                help=t("Tick this only if the provider asks for a second factor itself."),
            )
        sent = st.form_submit_button(t("Save"), key="sign-in-policy-save")
    if not sent:
        return
    with said, feedback.told():
        sign_in_policies.set_policy(
            here.db, here.clock, actor=here.actor, wanted=Policy(required, trusted)
        )
        st.success(t("Saved. It holds from everybody's next click on."))
