"""Changing the roll of a round that has not ended: whom to add or take off, and why."""

from functools import partial

import streamlit as st

from coalition.domain.deliberation.rounds import Round
from coalition.services.deliberation import rolls
from coalition.services.deliberation.rolls import Change
from coalition.ui import forms, safe
from coalition.ui.deliberation.round_acts import Deed
from coalition.ui.entry import Entry
from coalition.words import round_life, t


def form_name(this: Round) -> str:
    """Return what the form is called."""
    return f"roll-{this.id}"


def change(this: Round, here: Entry) -> Deed | None:
    """Draw the form; return the deed asked for."""
    name = form_name(this)
    key = forms.token(name)
    with st.expander(t("Change who is on the roll")):
        which = st.radio(
            t("What do you want to do?"),
            list(Change),
            index=None,
            format_func=round_life.roll_change,
            horizontal=True,
            key=f"{key}-change",
        )
        if which is None:
            st.caption(t("Who has answered stays on the roll."))
            return None
        found = rolls.choices(here.db, actor=here.actor, round_id=this.id)
        names = found.addable if which is Change.ADDED else found.removable
        with forms.form(name, border=False, enter_to_submit=False):
            who = st.selectbox(
                t("Which organisation?"),
                list(names),
                index=None,
                format_func=lambda one: safe.label(names[one]),
                placeholder=t("Choose one"),
                key=f"{key}-who-{which}",
            )
            reason = st.text_area(
                t("Why the roll changes (members read this)"), max_chars=2_000, key=f"{key}-why"
            )
            pressed = st.form_submit_button(t("Change the roll"), key=forms.button_key(name))
    if not pressed:
        return None
    do = partial(rolls.change_roll, here.db, here.clock, actor=here.actor, round_id=this.id)
    return Deed(
        partial(do, organisation_id=who, change=which, reason=reason),
        t("The roll is changed. Members see it with your reason."),
    )
