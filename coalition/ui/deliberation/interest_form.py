"""The first question of a stance: does our organisation have an interest in this?"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from coalition.domain.people.interests import Interest as Declared
from coalition.services.deliberation.disclosures import (
    Asked,
    Disclosed,
    DisclosureForm,
    Interest,
)
from coalition.ui import safe
from coalition.words import codes, mark, t

LABELS = {"interest": mark("Interest"), "statement": mark("Our interest")}
QUESTION = mark("Does our organisation have an interest in this?")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was chosen; None where nothing new is said.

    Args:
        needed: Whether nothing is on record, or what is there is being changed.
    """

    interest: Interest | None
    needed: bool

    @property
    def recuses(self) -> bool:
        """Whether the organisation leaves the count."""
        return self.interest is Interest.RECUSES


def choose(asked: Asked | None, key: str, *, recusal: bool = True) -> Answer:
    """Draw the question, or what is on record with a way to change it.

    Args:
        asked: None where this round does not ask.
        recusal: Whether one can recuse here, because a stance is given with it.
    """
    if asked is None:
        return Answer(None, needed=False)
    if asked.on_record is not None:
        st.markdown(t("**Our interest, on record:** {said}", said=said(asked.on_record)))
        label = t("Change this, or recuse ourselves") if recusal else t("Change this")
        if not st.toggle(label, key=f"change-interest-{key}"):
            return Answer(None, needed=False)
    options = [one.value for one in Interest if recusal or one is not Interest.RECUSES]
    code = st.radio(
        t(QUESTION),
        options,
        index=None,
        format_func=codes.interest,
        captions=[codes.interest_meaning(one) for one in options],
        key=f"interest-{key}",
    )
    if asked.declared:
        st.caption(t("We have declared by topic: {list}.", list=_topics(asked.declared)))
    return Answer(Interest(code) if code else None, needed=True)


def statement(answer: Answer, asked: Asked | None, key: str) -> str:
    """Ask which interest, filled with what was declared by topic; "" where none is asked for."""
    if answer.interest is not Interest.TAKES_PART:
        return ""
    return (
        st.text_area(
            t("Which interest? Members read it."),
            known(asked),
            max_chars=2_000,
            height=80,
            key=f"statement-{key}",
        )
        or ""
    )


def form(answer: Answer, words: str) -> DisclosureForm | None:
    """Return what is sent, or None where what is on record stays."""
    return DisclosureForm(answer.interest, words) if answer.interest else None


def known(asked: Asked | None) -> str:
    """Return what was declared by topic, as the beginning of a statement."""
    declared = [one.declared for one in asked.declared] if asked else []
    return "\n".join(f"{one.topic}: {one.statement}" for one in declared if one.topic)


def said(on_record: Disclosed) -> str:
    """Return what an organisation said, harmless."""
    if not on_record.interested:
        return t("none")
    return safe.md(on_record.statement) or t("an interest; its words were erased")


def labels() -> dict[str, str]:
    """Return what the form calls each field, for refusals."""
    return {name: t(label) for name, label in LABELS.items()}


def _topics(declared: Sequence[Declared]) -> str:
    return ", ".join(
        safe.label(one.declared.topic) or codes.pillar(one.declared.pillars[0]) for one in declared
    )
