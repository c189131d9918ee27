"""What moved: since the text changed what is asked, and since the round before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.stances import Stance
from coalition.domain.insight.movement import MOVED, Change, Move
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import movement
from coalition.services.insight.movement import Movement, Since, Step
from coalition.ui import palette, parts
from coalition.ui.charts import swing
from coalition.ui.charts.swing import Swing
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.words import codes, mark, moments, t, tn

PICTURED = 20  # steps on one picture; the files hold them all
LATELY = timedelta(days=7)
GLYPHS = {
    Move.IMPROVED: "▲",
    Move.WORSENED: "▼",
    Move.UNCONFIRMED: "○",
    Move.JOINED: "+",
    Move.LEFT: "–",
    Move.BESIDE: "≠",
    Move.SAME: "=",
}
WORDS: dict[Move, str] = {
    Move.IMPROVED: mark("Improved"),
    Move.WORSENED: mark("Worsened"),
    Move.UNCONFIRMED: mark("Did not confirm"),
    Move.JOINED: mark("Took a place on the scale"),
    Move.LEFT: mark("Left the scale"),
    Move.BESIDE: mark("Changed beside the scale"),
    Move.SAME: mark("Stayed"),
}


def draw(here: Entry, wish: Wish) -> None:
    """Draw which way organisations moved, a page at a time, and each one's before and after."""
    found = shared.ask(movement.movement, here, wish)
    question = t("What moved since the text or the round changed?")
    if not found.steps:
        st.header(question)
        st.markdown(_nothing(found))
    else:
        _pictures(question, found, here)
        _each(found.steps, here)
    if found.hidden:
        st.caption(t("Rounds with hidden results are left out until they close."))


def sentence(found: Movement, now: datetime) -> str:
    """Return how often organisations moved which way, and how many of these moves are new."""
    total = found.total
    if not sum(total.values()):
        return t("No organisation had an answer to move from.")
    told = [
        tn("**{n} improved,**", "**{n} improved,**", total[Move.IMPROVED]),
        tn("**{n} worsened,**", "**{n} worsened,**", total[Move.WORSENED]),
        tn("**{n} did not confirm.**", "**{n} did not confirm.**", total[Move.UNCONFIRMED]),
        tn("{n} stayed.", "{n} stayed.", total[Move.SAME]),
    ]
    if total[Move.JOINED] + total[Move.LEFT]:
        told.append(
            t(
                "{joined} took a place on the scale, {left} left it.",
                joined=total[Move.JOINED],
                left=total[Move.LEFT],
            )
        )
    if beside := total[Move.BESIDE]:
        told.append(tn("{n} changed beside the scale.", "{n} changed beside the scale.", beside))
    moved = [one.at for step in found.steps for one in step.changes.values() if one.move in MOVED]
    new = sum(at is not None and at > now - LATELY for at in moved)
    told.append(tn("{n} move in the last 7 days.", "{n} moves in the last 7 days.", new))
    return " ".join(told)


def _nothing(found: Movement) -> str:
    if not found.rounds:
        return t("No round is here, so nothing could move.")
    if found.hidden == found.rounds:
        return t("No round here shows its stances yet.")
    return t("No text has changed what is asked here, and no round had one before it.")


def _pictures(question: str, found: Movement, here: Entry) -> None:
    shelf = st.container()
    pages = -(-len(found.steps) // PICTURED)
    number = st.pagination(pages, key=f"movement-{pages}") if pages > 1 else 1
    shown = found.steps[(number - 1) * PICTURED : number * PICTURED]
    with shelf:
        exhibit.exhibit(
            question,
            sentence(found, here.now),
            counts_frame(shown),
            name="movement",
            chart=swing.swings([_swing(one) for one in shown], dark=parts.is_dark()),
            alt=_alt(shown),
            legend=_legend,
        )


def _swing(step: Step) -> Swing:
    return Swing(
        text=_short(step),
        full=f"{_named(step)} · {step.proposal.text.title}",
        worsened=step.number(Move.WORSENED),
        improved=step.number(Move.IMPROVED),
        unconfirmed=step.number(Move.UNCONFIRMED),
    )


def _short(step: Step) -> str:
    """Return a name that still tells two steps of a proposal apart on a phone."""
    if step.since is Since.ROUND:
        return t("{reference}, new round", reference=step.proposal.reference)
    return t("{reference}, text {n}", reference=step.proposal.reference, n=step.version)


def _named(step: Step) -> str:
    return f"{step.proposal.reference} · {_since(step)}"


def _since(step: Step) -> str:
    if step.since is Since.ROUND:
        return t("since the round before")
    return t("since the text changed (version {n})", n=step.version)


def _alt(shown: Sequence[Step]) -> str:
    told = [
        t(
            "{step}: {improved} improved, {worsened} worsened, {unconfirmed} did not confirm.",
            step=_named(one),
            improved=one.number(Move.IMPROVED),
            worsened=one.number(Move.WORSENED),
            unconfirmed=one.number(Move.UNCONFIRMED),
        )
        for one in shown
    ]
    return " ".join(told)


def _legend() -> None:
    drawn = (Move.WORSENED, Move.IMPROVED, Move.UNCONFIRMED)
    signs = " · ".join(f"{GLYPHS[one]} {t(WORDS[one])}" for one in drawn)
    st.caption(
        t("{signs}. The scale: object, stand aside, with reservations, support.", signs=signs)
    )


def counts_frame(steps: Sequence[Step]) -> pd.DataFrame:
    """Return one row a step: how many organisations moved in which way."""
    headings = [t("Proposal"), t("Since"), *(t(WORDS[one]) for one in Move)]
    rows = [
        (step.proposal.reference, _since(step), *(step.number(one) for one in Move))
        for step in steps
    ]
    return pd.DataFrame(rows, columns=headings)


def _each(steps: Sequence[Step], here: Entry) -> None:
    """Draw each organisation's before and after, those that moved first, a page at a time."""
    st.header(t("Where did each organisation stand, and where does it stand?"))
    every = [(step, name, change) for step in steps for name, change in step.changes.items()]
    every.sort(key=lambda one: one[2].move is Move.SAME)
    if not every:
        st.markdown(t("No organisation had an answer to move from."))
        return
    zone = here.table.zone
    exhibit.listed(
        lambda these: each_frame(every[these], zone),
        partial(each_frame, every, zone),
        len(every),
        name="moves",
    )


def each_frame(every: Sequence[tuple[Step, str, Change]], zone: str) -> pd.DataFrame:
    """Return one row an organisation and step: before, after, which way, and when."""
    headings = [
        t("Proposal"),
        t("Since"),
        t("Organisation"),
        t("Before"),
        t("Now"),
        t("Which way"),
        t("When"),
    ]
    rows = [
        (
            step.proposal.reference,
            _since(step),
            name,
            _stance(change.before),
            _stance(change.after),
            f"{GLYPHS[change.move]} {t(WORDS[change.move])}",
            moments.day(change.at, zone) if change.at else t("Not since"),
        )
        for step, name, change in every
    ]
    return pd.DataFrame(rows, columns=headings)


def _stance(stance: Stance | None) -> str:
    if stance is None:
        return t("No answer")
    return f"{palette.GLYPHS[stance]} {codes.stance(stance)}"
