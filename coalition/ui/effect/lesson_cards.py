"""Lessons as their readers see them: cards, one in full, the same as a file. Nothing acts here."""

from collections.abc import Sequence
from textwrap import shorten

import pandas as pd
import streamlit as st

from coalition import wiring
from coalition.domain.effect.lessons import Lesson, State
from coalition.services.effect.learned import Decision, Learned
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import phrases
from coalition.ui.entry import Visit
from coalition.ui.palette import BadgeColour
from coalition.words import codes, mark, moments, t
from coalition.words.effect import lesson_state

GLIMPSE = 240  # characters of a challenge on a card
MARKS: dict[State, tuple[BadgeColour, str]] = {
    State.DRAFT: ("gray", ":material/edit_note:"),
    State.PUBLIC: ("green", ":material/public:"),
    State.WITHDRAWN: ("orange", ":material/undo:"),
}
PARTS = (  # what a lesson says, in order
    (mark("What was the challenge?"), "challenge"),
    (mark("What did we try?"), "tried"),
    (mark("What happened?"), "happened"),
)


def cards(found: Sequence[Learned], here: Visit) -> None:
    """Draw one card a lesson: its title leads to it, then who learned it, and the challenge."""
    for one in found:
        this = one.lesson
        with st.container(border=True, gap="xsmall", key=f"titled-lesson-{this.id}"):
            _link(this)
            _head(this, here)
            st.markdown(safe.label(shorten(this.text.challenge, GLIMPSE, placeholder=" …")))


def draw(found: Learned, here: Visit) -> None:
    """Draw one lesson in full: who learned it, its three parts, its decision, its address."""
    this = found.lesson
    st.title(safe.label(this.text.title))
    _head(this, here)
    with parts.reading():
        if this.reason and here.actor is not None:
            st.warning(safe.md(t("Taken back from the public: {reason}", reason=this.reason)))
        for question, part in PARTS:
            st.header(t(question))
            st.markdown(safe.md(getattr(this.text, part)))
        if found.decision:
            st.header(t("Which decision was it learned from?"))
            _decision(found.decision)
        if this.state is State.PUBLIC:
            st.header(t("Use it elsewhere"))
            st.markdown(t("Everybody may pass it on. This address stays the same."))
            st.code(_address(this), language=None, wrap_lines=True)


def beside(found: Sequence[Lesson]) -> None:
    """Draw what was learned from a decision, a line with its link each."""
    if found:
        st.header(t("What was learned from it?"))
        with st.container(gap="xsmall", key="titled-learned"):
            for this in found:
                is_public = this.state is State.PUBLIC
                _link(this, told="" if is_public else lesson_state(this.state))


def missing() -> None:
    """Say that nothing its reader may see has this number, and where the others are."""
    st.title(t("Lessons"))
    parts.empty(t("No lesson here"), t("It may not be public, or the address has a slip in it."))
    everything()


def nothing(pillar: str, *, writes: bool) -> None:
    """Say why there is no lesson, and what to do about it."""
    parts.empty(
        t("No lesson under this pillar yet") if pillar else t("No lesson yet"),
        t("A lesson says what was hard, what somebody tried and what came of it."),
        t("Begin with Write a lesson above; a convener publishes it.") if writes else "",
    )


def everything() -> None:
    """Draw the way back to all lessons."""
    st.page_link(screens.page("lessons"), label=t("All lessons"), query_params=address.query())


def frame(found: Sequence[Learned], here: Visit) -> pd.DataFrame:
    """Return lessons as a table, one row a lesson; all text."""
    headings = [t("Title"), t("Who reads it"), t("Pillar"), t("Learned by"), t("Day")]
    headings += [t(question) for question, _ in PARTS] + [t("Decision"), t("Address")]
    told = [
        [
            one.lesson.text.title,
            lesson_state(one.lesson.state),
            codes.pillar(one.lesson.text.pillar),
            who(one.lesson),
            moments.day(one.lesson.stands_since, here.table.zone),
            *(getattr(one.lesson.text, part) for _, part in PARTS),
            one.decision.proposal.reference if one.decision else "",
            _address(one.lesson),
        ]
        for one in found
    ]
    return pd.DataFrame(told, columns=headings)


def _head(this: Lesson, here: Visit) -> None:
    """Draw how far it has got, where that is not plain; then pillar, who learned it, and when."""
    day = moments.day(this.stands_since, here.table.zone)
    told = [codes.pillar(this.text.pillar), t("Learned by {name}", name=who(this)), day]
    if this.updated_at > this.stands_since:
        told.append(t("changed {day}", day=moments.day(this.updated_at, here.table.zone)))
    line = f":small[{safe.label(' · '.join(told))}]"
    if here.actor is not None:
        line = f"{parts.badge_md(lesson_state(this.state), *MARKS[this.state])} {line}"
    st.markdown(line)


def _decision(behind: Decision) -> None:
    """Draw the way to a decision: the public page where there is one."""
    public = behind.round.published_at is not None
    with st.container(key="titled-behind"):
        st.page_link(
            screens.page("positions" if public else "proposal"),
            label=phrases.heading(behind.proposal),
            query_params=address.query(id=behind.round.id if public else behind.proposal.id),
        )


def _link(this: Lesson, *, told: str = "") -> None:
    title = f"**{safe.label(this.text.title)}**"
    st.page_link(
        screens.page("lessons"),
        label=f"{title} · {told}" if told else title,
        icon="",
        query_params=address.query(id=this.id),
    )


def _address(this: Lesson) -> str:
    """Return the address at which a lesson is found, whatever language its reader chose."""
    return f"{wiring.deployment().public_url}/lessons?id={this.id}"


def who(this: Lesson) -> str:
    """Return who learned it: the organisation, or the conveners."""
    return this.organisation or t("the conveners")
