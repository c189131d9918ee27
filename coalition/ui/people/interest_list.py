"""Declared interests: what an organisation has said, and the short forms to say more or end one."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.ground import text as limits
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.interests import Declaration, Interest
from coalition.services.people import interests
from coalition.services.people.interests import Interests
from coalition.ui import forms, parts, safe
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import codes, mark, moments, t

LABELS = {
    "topic": mark("Interest"),
    "pillars": mark("Pillars it touches"),
    "statement": mark("What it is"),
    "from_on": mark("From"),
    "to_on": mark("Until"),
}


def draw(here: Entry) -> None:
    """Draw what our own organisation has declared, and the forms that declare or end one."""
    place, said = st.container(), st.container()
    found = _ours(here)
    declared = _declare(here, said)
    ended = _end(found.current, here, said)
    if declared or ended:
        found = _ours(here)
    with place:
        if found.current:
            _table(found.current, "interests")
        else:
            st.markdown(t("None declared."))
        if found.ended:
            with st.expander(t("Ended")):
                _table(found.ended, "interests-ended")


def _table(found: Sequence[Interest], name: str) -> None:
    told = frame(found)
    parts.table(told)
    csv_button(told, name, key=f"csv-{name}")


def frame(found: Sequence[Interest]) -> pd.DataFrame:
    """Return interests as a table, one a row."""
    return pd.DataFrame(
        [_row(one) for one in found], columns=[t(label) for label in LABELS.values()]
    )


def topic(one: Interest) -> str:
    """Return what the interest is, or that its words were erased."""
    return one.declared.topic or t("Its words were erased")


def told(one: Interest) -> str:
    """Return an interest in one line, for a table of organisations."""
    statement = one.declared.statement
    return (
        t("{topic}: {statement}", topic=topic(one), statement=statement)
        if statement
        else topic(one)
    )


def _ours(here: Entry) -> Interests:
    seat = here.actor.seat
    if seat is None:
        return Interests((), ())
    return interests.interests_of(
        here.db, actor=here.actor, now=here.now, organisation_id=seat.organisation_id
    )


def _declare(here: Entry, said: DeltaGenerator) -> bool:
    name = "declare-interest"
    today = here.now.astimezone(ZoneInfo(here.table.zone)).date()
    with st.expander(t("Declare an interest")), forms.form(name, border=False):
        words = st.text_input(t("Interest, in a few words"), max_chars=limits.LINE)
        pillars = st.pills(
            t(LABELS["pillars"]), list(Pillar), selection_mode="multi", format_func=codes.pillar
        )
        statement = st.text_area(
            t("What it is, in a sentence or two"), max_chars=limits.PARAGRAPH, height=80
        )
        from_on = st.date_input(t(LABELS["from_on"]), today, format="YYYY-MM-DD")
        to_on = st.date_input(
            t("Until (left empty: until further notice)"), None, format="YYYY-MM-DD"
        )
        sent = st.form_submit_button(t("Declare"), type="primary")
    if not sent:
        return False

    def deed(token: str) -> None:
        declared = Declaration(words, tuple(pillars), statement, from_on, to_on)
        interests.declare_interest(
            here.db, here.clock, actor=here.actor, declared=declared, token=token
        )
        st.success(t("Declared. Members see it, and we bring it to mind when it matters."))

    return done(name, deed, said=said, **{field: t(label) for field, label in LABELS.items()})


def _end(current: Sequence[Interest], here: Entry, said: DeltaGenerator) -> bool:
    if not current:
        return False
    name, by_id = "end-interest", safe.apart({one.id: topic(one) for one in current})
    with st.expander(t("End an interest")), forms.form(name, border=False):
        chosen = st.selectbox(
            t("Which one?"),
            list(by_id),
            index=None,
            format_func=by_id.__getitem__,
            placeholder=t("Choose one"),
        )
        sent = st.form_submit_button(t("End it today"))
    if not sent or chosen is None:
        return False

    def deed(_token: str) -> None:
        interests.end_interest(here.db, here.clock, actor=here.actor, interest_id=chosen)
        st.success(t("Ended. It stays on the record with its dates."))

    return done(name, deed, said=said)


def _row(one: Interest) -> list[str]:
    said = one.declared
    return [
        topic(one),
        ", ".join(codes.pillar(pillar) for pillar in said.pillars),
        said.statement,
        moments.date_only(said.from_on),
        moments.date_only(said.to_on) if said.to_on else t("further notice"),
    ]
