"""Who acts for our organisation and is away, and saying so for oneself."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.ground.moments import day_at
from coalition.domain.ground.permissions import Capacity
from coalition.domain.people.absences import Absence
from coalition.services.people import absences
from coalition.ui import feedback, forms, safe
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import mark, moments, t

FORM = "absence"
LABELS = {"from_on": mark("Away from"), "until_on": mark("Last day away")}


def draw(here: Entry) -> None:
    """Draw who is away, each of one's own with a way back, and the form to say it."""
    said, shelf = st.container(), st.container()
    changed = _form(here, said)
    now = here.clock() if changed else here.now
    with shelf:
        for one in absences.ours(here.db, actor=here.actor, now=now):
            _line(one, here, said)


def stands_in(here: Entry) -> str:
    """Return for whom an alternate stands in just now, in a sentence; "" for nobody."""
    seat = here.actor.seat
    if seat is None or seat.capacity is not Capacity.ALTERNATE:
        return ""
    away = [
        one
        for one in absences.ours(here.db, actor=here.actor, now=here.now)
        if one.holds(here.now) and one.account_id != here.actor.account_id
    ]
    if not away:
        return ""
    first = away[0]
    until = moments.when(first.until_at, here.zone)
    name = safe.label(first.name)
    return t("{name} is away until {when}. What waits is yours.", name=name, when=until)


def _line(one: Absence, here: Entry, said: DeltaGenerator) -> None:
    span = t(
        "{name}: away from {start} until {end}",
        name=safe.label(one.name),
        start=moments.when(one.from_at, here.zone),
        end=moments.when(one.until_at, here.zone),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(span)
        mine = one.account_id == here.actor.account_id
        if mine and st.button(t("I am back"), key=f"back-{one.id}"):
            with said, feedback.told():
                absences.come_back(here.db, here.clock, actor=here.actor, absence_id=one.id)
                st.success(t("Welcome back. What waits comes to you again."))


def _form(here: Entry, said: DeltaGenerator) -> bool:
    today = day_at(here.now, here.table.zone)
    with st.expander(t("I will be away")), forms.form(FORM, border=False):
        st.caption(
            t(
                "What waits goes to the first alternate who is there. You may still record a "
                "stance; the last one counts."
            )
        )
        from_on = st.date_input(t(LABELS["from_on"]), today, format="YYYY-MM-DD")
        until_on = st.date_input(t(LABELS["until_on"]), None, format="YYYY-MM-DD")
        sent = st.form_submit_button(t("Say so"), type="primary")
    if not sent:
        return False

    def deed(token: str) -> None:
        absences.go_away(
            here.db, here.clock, actor=here.actor, from_on=from_on, until_on=until_on, token=token
        )
        st.success(t("Noted. It ends by itself after the last day."))

    return done(FORM, deed, said=said, **{name: t(label) for name, label in LABELS.items()})
