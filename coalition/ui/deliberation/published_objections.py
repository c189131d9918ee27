"""The objections that stood at a decision, with what was answered, as the public reads them."""

import streamlit as st

from coalition.domain.deliberation.objections import Objection, State, Step
from coalition.domain.deliberation.rounds import RoundId
from coalition.services.deliberation import ledger
from coalition.ui import parts, safe
from coalition.ui.entry import Visit
from coalition.words import moments, t
from coalition.words import objections as words


def draw(round_id: RoundId, here: Visit) -> None:
    """Draw them, where any stood; who objected is named only where it agreed to be."""
    found = ledger.with_decision(here.db, now=here.now, round_id=round_id)
    if not found:
        return
    with parts.reading():
        st.header(t("What stood against it?"))
        for objection, steps in found:
            _one(objection, steps, here)


def _one(this: Objection, steps: tuple[Step, ...], here: Visit) -> None:
    who = safe.label(this.organisation) or t("An organisation on the roll")
    with st.container(border=True):
        st.markdown(f"**{who}: {words.severity(this.severity)}** · {words.state(this.state)}")
        if this.passage.quote:
            st.markdown(f"> {safe.label(this.passage.quote)}")
        if this.words.reason:
            st.markdown(safe.md(this.words.reason))
        for step in steps:
            if step.state is State.ANSWERED and step.note:
                day = moments.day(step.at, here.table.zone)
                st.markdown(t("**Answer, {day}:** {note}", day=day, note=safe.md(step.note)))
