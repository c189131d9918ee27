"""Looking after a round: how it stands, extending, cancelling, closing early, publishing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.decisions import Verdict
from coalition.domain.deliberation.rounds import Round, RoundKind, Status, require_early_close
from coalition.domain.ground.errors import CoalitionError
from coalition.services.deliberation import rounds
from coalition.services.deliberation.standings import Standing
from coalition.ui import forms, parts
from coalition.ui.deliberation import (
    distances,
    phrases,
    plan_dates,
    proposal_views,
    round_views,
)
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import codes, mark, moments, t
from coalition.words.refusals import refusal

LABELS = {"closes_at": mark("The close"), "reason": mark("The reason")}
NUMBERS = {  # the figures of a verdict, in the order in which one adds them up
    "roll": mark("On the roll"),
    "base": mark("In the base"),
    "heard": mark("Heard from"),
    "missing": mark("Not heard from"),
    "quorum_needed": mark("Needed for a quorum"),
    "yes": mark("In support"),
    "objections": mark("Objections that count"),
    "votes_cast": mark("Votes cast"),
    "approval_needed": mark("Support needed"),
    "support_needed": mark("Least support"),
    "over_needed": mark("Needed to adopt over an objection"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What a convener asked for, and what is said once it is done."""

    do: Callable[[], object]
    done: str


def status(stand: Standing, here: Entry) -> None:
    """Draw how the round stands: badge, deadline, distance, bar; the rule behind an expander."""
    this = stand.round
    with st.container(border=True):
        badges = [parts.badge_md(codes.status(stand.status), "blue" if _runs(stand) else "gray")]
        if stand.status is not Status.CANCELLED:
            badges.append(proposal_views.verdict_badge(stand))
        st.markdown(" ".join(badges))
        parts.deadline(
            phrases.deadline(this, here.now, here.table.zone, here.zone), passed=not _runs(stand)
        )
        if stand.status is Status.CANCELLED:
            st.markdown(t("It was cancelled, so there is no verdict."))
        elif stand.tally is not None:
            needed = distances.needed(stand.verdict) if stand.verdict else None
            parts.stance_bar(
                distances.counts(stand),
                roll=this.roll_size,
                needed=needed,
                sentence=distances.distance(stand),
                name=str(this.id),
            )
        else:
            st.markdown(distances.distance(stand))
        with st.expander(t("The rule it was opened under"), type="compact"):
            round_views.rule(this)


def verdict(found: Verdict) -> None:
    """Draw the numbers of a verdict, for anyone to add up again."""
    st.header(t("What are the numbers?"))
    rows = [(t(word), found.numbers[key]) for key, word in NUMBERS.items() if key in found.numbers]
    frame = pd.DataFrame(rows, columns=[t("Figure"), t("Number")])
    with parts.reading():
        parts.table(frame)
    csv_button(frame, "verdict", key="csv-verdict")


def running(stand: Standing, here: Entry) -> Deed | None:
    """Draw what can be done with a round that has not ended; return the deed asked for."""
    st.header(t("What needs to change?"))
    early = _close_early(stand, here)
    later = _extend(stand.round, here)
    never = _cancel(stand.round, here)
    return early or later or never


def publishing(this: Round, here: Entry) -> Deed | None:
    """Offer to publish a closed round's result; return the deed if it was asked for."""
    if this.kind is RoundKind.TEMPERATURE:
        st.caption(t("A temperature check has no result to publish. Members see its tally."))
        return None
    if this.published_at is not None:
        st.success(t("The public can read this result."))
        return None
    st.markdown(t("Members see the result since the close. The public sees it once you publish."))
    name = f"publish-{this.id}"
    with forms.form(name, border=False):
        pressed = st.form_submit_button(
            t("Publish the result"), type="primary", key=forms.button_key(name)
        )
    if not pressed:
        return None
    publish = partial(rounds.publish, here.db, here.clock, actor=here.actor, round_id=this.id)
    return Deed(publish, t("Published. The public can read this result now."))


def labels() -> dict[str, str]:
    """Return what the forms call each field, for refusals."""
    return {name: t(words) for name, words in LABELS.items()}


def form_names(this: Round) -> list[str]:
    """Return what the forms for a round are called."""
    return [f"{deed}-{this.id}" for deed in ("extend", "cancel", "early", "publish")]


def _extend(this: Round, here: Entry) -> Deed | None:
    name = f"extend-{this.id}"
    with st.expander(t("Give it more time")), forms.form(name, border=False, enter_to_submit=False):
        key = forms.token(name)
        closes_at = plan_dates.on_the_clock(t("New close"), here.table.zone, key)
        reason = st.text_area(
            t("Why it gets more time (members read this)"), max_chars=2_000, key=f"{key}-reason"
        )
        pressed = st.form_submit_button(t("Extend the round"), key=forms.button_key(name))
    if not pressed:
        return None
    if closes_at is None:
        st.error(t("Please choose a day and an hour. Nothing was changed."))
        return None
    if closes_at == this.closes_at:
        st.error(t("It closes then already. Please choose a later hour. Nothing was changed."))
        return None
    extend = partial(rounds.extend_round, here.db, here.clock, actor=here.actor, round_id=this.id)
    until = moments.when(closes_at, here.table.zone)
    return Deed(
        partial(extend, closes_at=closes_at, reason=reason),
        t("Extended. It closes {when}.", when=until),
    )


def _cancel(this: Round, here: Entry) -> Deed | None:
    name = f"cancel-{this.id}"
    with st.expander(t("Cancel it")), forms.form(name, border=False, enter_to_submit=False):
        key = forms.token(name)
        st.markdown(t("A cancelled round has no verdict. What was said stays in the history."))
        reason = st.text_area(
            t("Why it is cancelled (members read this)"), max_chars=2_000, key=f"{key}-reason"
        )
        sure = st.checkbox(t("Yes, cancel this round"), key=f"{key}-sure")
        pressed = st.form_submit_button(t("Cancel the round"), key=forms.button_key(name))
    if not pressed:
        return None
    if not sure:
        st.warning(t("Please tick the box first. Nothing was changed."))
        return None
    cancel = partial(rounds.cancel_round, here.db, here.clock, actor=here.actor, round_id=this.id)
    return Deed(partial(cancel, reason=reason), t("Cancelled. There is no verdict."))


def _close_early(stand: Standing, here: Entry) -> Deed | None:
    """Offer to close a round before its deadline, or say what that waits for."""
    this = stand.round
    if stand.status is not Status.OPEN:
        return None
    with st.expander(t("Close it early")):
        try:
            require_early_close(this, heard=stand.answered or 0, now=here.now)
        except CoalitionError as refused:
            st.markdown(refusal(refused))
            return None
        st.markdown(t("The window has passed and everyone on the roll is heard."))
        name = f"early-{this.id}"
        with forms.form(name, border=False):
            pressed = st.form_submit_button(t("Close the round now"), key=forms.button_key(name))
    if not pressed:
        return None
    close = partial(rounds.close_early, here.db, here.clock, actor=here.actor, round_id=this.id)
    return Deed(close, t("Closed. The verdict is frozen."))


def _runs(stand: Standing) -> bool:
    return stand.status in {Status.OPEN, Status.SCHEDULED}
