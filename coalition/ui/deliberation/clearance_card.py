"""In clearance, on the page of a stance: our board is reviewing, and we answer by a date."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from coalition.domain.deliberation.clearances import NOTE
from coalition.domain.deliberation.rounds import RoundId
from coalition.services.deliberation import clearances
from coalition.ui import feedback, forms
from coalition.ui.deliberation import plan_dates, review_phrases
from coalition.ui.entry import Entry
from coalition.words import mark, t

LABELS = {"until": mark("The day we answer by"), "note": mark("The note")}


def draw(round_id: RoundId, here: Entry) -> None:
    """Say how long our review lasts, and offer to mark, move or end it while we may answer."""
    said = st.container()
    review = clearances.review(here.db, actor=here.actor, now=here.now, round_id=round_id)
    if not review.mark:
        return
    if review.clearance:
        said.info(review_phrases.ours(review.clearance, here))
    name = f"clearance-{round_id}"
    label = t("Our review") if review.clearance else t("Our board is still reviewing")
    with st.expander(label):
        st.markdown(
            t(
                "Others see that you are reviewing, and you are not reminded until then. You "
                "count as not heard from, and the round closes at its time all the same."
            )
        )
        over = bool(review.clearance) and _over(round_id)
        marked = _mark(round_id, name, here)
    with said, feedback.told(**{field: t(words) for field, words in LABELS.items()}):
        if over:
            clearances.end_clearance(here.db, here.clock, actor=here.actor, round_id=round_id)
            st.success(t("The review is over. Your organisation's answer is awaited."))
        elif marked:
            marked()
            forms.renew(name)
            st.success(t("Noted. You are not reminded until then."))


def _over(round_id: RoundId) -> bool:
    with forms.form(f"over-{round_id}", border=False):
        return st.form_submit_button(t("Our review is over"))


def _mark(round_id: RoundId, name: str, here: Entry) -> Callable[[], None] | None:
    """Draw the form of a date and a note; return the deed if it was asked for."""
    key = forms.token(name)
    with forms.form(name, border=False, enter_to_submit=False):
        until = plan_dates.on_the_clock(t("We answer by"), here.table.zone, key)
        note = st.text_input(t("Note (others read this)"), max_chars=NOTE, key=f"{key}-note")
        pressed = st.form_submit_button(t("Mark as in clearance"))
    if not pressed:
        return None
    return partial(
        clearances.mark_clearance,
        here.db,
        here.clock,
        actor=here.actor,
        round_id=round_id,
        until=until,
        note=note,
        token=key,
    )
