"""The guided form of a proposal: one question after the other, in the order people think."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.deliberation.proposals import AskType, InstrumentType, Proposal, ProposalText
from coalition.domain.ground import text as limits
from coalition.domain.ground.perspectives import Perspective, in_order
from coalition.domain.ground.pillars import Pillar
from coalition.ui import forms
from coalition.ui.deliberation import checklist_views
from coalition.words import codes, mark, t

LABELS = {
    "title": mark("Title"),
    "problem": mark("Problem"),
    "ask": mark("Ask"),
    "ask_type": mark("Kind of ask"),
    "target": mark("Target"),
    "instrument": mark("Instrument"),
    "instrument_type": mark("Kind of instrument"),
    "pillar": mark("Main pillar"),
    "further_pillars": mark("Further pillars"),
    "patient_line": mark("What it means for a patient"),
    "equity_note": mark("Equity note"),
    "summary": mark("Summary"),
    "body": mark("Text"),
    "heard": mark("Who was heard"),
    "perspectives": mark("Whose views were heard"),
    "summary_es": mark("Spanish summary"),
    "summary_es_by": mark("Read over by"),
}
QUESTIONS = {
    "title": mark("Title: what would a headline say?"),
    "problem": mark("Problem: what goes wrong today?"),
    "ask": mark("Ask: what should be done? At most 20 words."),
    "ask_type": mark("Kind of ask"),
    "target": mark("Target: who can do it?"),
    "instrument_type": mark("Kind of instrument: what is it about?"),
    "instrument": mark("Instrument: its number or name, such as H.R. 1520"),
    "pillar": mark("Main pillar: what is it mainly about?"),
    "further_pillars": mark("Further pillars it touches"),
    "patient_line": mark("What it means for a patient, in one or two sentences"),
    "equity_note": mark("Equity note: who could be left out, and what helps them?"),
    "summary": mark("Summary: at most 25 plain words, for the public"),
    "body": mark("Text: what members decide on, word for word"),
    "heard": mark("Who was heard: who is affected, and what did they say?"),
    "perspectives": mark("Whose views were those?"),
    "summary_es": mark("Spanish summary: the same in plain Spanish"),
    "summary_es_by": mark("Read over by: whose name? Empty while it is a draft."),
}
HEIGHTS = {"body": 320, "problem": 110}  # pixels
LOW = 80  # pixels; room for two sentences
Code = TypeVar("Code", bound=StrEnum)
BLANK = ProposalText(title="", pillar=Pillar.COVERAGE)


@dataclass(frozen=True, slots=True)
class Opened:
    """What the form was opened on: the saved text and how often it had been saved by then.

    Args:
        text: What stood in its fields at first.
        base: What was saved when its person last saw it; changes are told from there.
    """

    revision: int
    text: ProposalText | None
    base: ProposalText | None = None

    @classmethod
    def on(cls, saved: Proposal | None) -> "Opened":
        """Return what a form stands on that is opened now; None begins a new proposal."""
        text = saved.text if saved else None
        return cls(saved.revision if saved else 0, text, text)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form holds, and which of its buttons was pressed in this run.

    Args:
        text: None while no main pillar is chosen.
        notes: A place under each field, for what is missing there.
    """

    text: ProposalText | None
    saved: bool
    submitted: bool
    notes: Mapping[str, DeltaGenerator]


def labels() -> dict[str, str]:
    """Return what the form calls each field, for refusals."""
    return {name: t(label) for name, label in LABELS.items()}


def fields(name: str, opened: Opened) -> Sent:
    """Draw the form and return what it holds.

    Args:
        name: Tells this form from every other.
        opened: What stands in its fields at first; no text begins a new proposal.
    """
    kept = opened.text or BLANK
    form = _Form(forms.token(name))
    with forms.form(name, border=False, enter_to_submit=False):
        st.header(t("What goes wrong, and what do we ask?"))
        title = form.line("title", kept.title)
        problem = form.paragraphs("problem", kept.problem)
        ask = form.line("ask", kept.ask)
        ask_type = form.choice("ask_type", AskType, kept.ask_type, codes.ask_type)
        target = form.line("target", kept.target)
        st.header(t("What is it about?"))
        kind = form.choice(
            "instrument_type", InstrumentType, kept.instrument_type, codes.instrument
        )
        instrument = form.line("instrument", kept.instrument)
        chosen = kept.pillar if opened.text else None
        main = form.choice("pillar", Pillar, chosen, codes.pillar)
        further = form.pillars(kept.further_pillars)
        told = _told(form, kept)
        saved, submitted = _buttons(form.key, is_new=opened.text is None)
    text = ProposalText(
        title=title,
        pillar=main or BLANK.pillar,
        further_pillars=further,
        problem=problem,
        ask=ask,
        ask_type=ask_type,
        target=target,
        instrument_type=kind,
        instrument=instrument,
        source=kept.source,
        **told,
    )
    return Sent(text if main else None, saved, submitted, form.notes)


def name_missing(sent: Sent) -> None:
    """Say under each field that is still needed that it is."""
    missing = sent.text.unfinished if sent.text else ("pillar",)
    for name in missing:
        sent.notes[name].badge(t("Needed before you submit"), color="orange")


def _told(form: "_Form", kept: ProposalText) -> dict[str, Any]:
    """Draw whom it touches and what the others read; return it by field."""
    st.header(t("Whom does it touch?"))
    touched = {
        "patient_line": form.paragraphs("patient_line", kept.patient_line),
        "equity_note": form.paragraphs("equity_note", kept.equity_note),
        "heard": form.paragraphs("heard", kept.heard),
        "perspectives": perspectives(kept.perspectives, key=form.key),
    }
    st.header(t("What will the others read?"))
    summary = form.paragraphs("summary", kept.summary)
    checklist_views.reading(summary)
    return touched | {
        "summary": summary,
        "summary_es": form.paragraphs("summary_es", kept.summary_es),
        "summary_es_by": form.line("summary_es_by", kept.summary_es_by),
        "body": form.paragraphs("body", kept.body, limits.DOCUMENT),
    }


def perspectives(
    kept: tuple[Perspective, ...], *, key: str | None = None
) -> tuple[Perspective, ...]:
    """Draw whose views were heard, and return those chosen."""
    chosen = st.pills(
        t(QUESTIONS["perspectives"]),
        [one.value for one in Perspective],
        selection_mode="multi",
        default=[one.value for one in kept],
        format_func=codes.perspective,
        key=f"perspectives-{key}" if key else None,
    )
    return in_order(chosen)


def _buttons(key: str, *, is_new: bool) -> tuple[bool, bool]:
    """Draw the buttons: a new proposal is saved first, a saved one can also be submitted."""
    with st.container(horizontal=True):
        save = st.form_submit_button(
            t("Save as a draft"), type="primary" if is_new else "secondary", key=f"save-{key}"
        )
        submit = not is_new and st.form_submit_button(
            t("Save and submit to the table"), type="primary", key=f"submit-{key}"
        )
    return save, submit


@dataclass(slots=True)
class _Form:
    """The fields, drawn one after the other, each with a place for a note under it."""

    key: str
    notes: dict[str, DeltaGenerator] = field(default_factory=dict)

    def line(self, name: str, kept: str) -> str:
        said = st.text_input(
            t(QUESTIONS[name]), kept, max_chars=limits.LINE, key=f"{name}-{self.key}"
        )
        self.notes[name] = st.empty()
        return said or ""

    def paragraphs(self, name: str, kept: str, limit: int = limits.PARAGRAPH) -> str:
        said = st.text_area(
            t(QUESTIONS[name]),
            kept,
            max_chars=limit,
            height=HEIGHTS.get(name, LOW),
            key=f"{name}-{self.key}",
        )
        self.notes[name] = st.empty()
        return said or ""

    def choice(
        self, name: str, kind: type[Code], kept: Code | None, word: Callable[[str], str]
    ) -> Code | None:
        chosen = st.selectbox(
            t(QUESTIONS[name]),
            [one.value for one in kind],
            index=list(kind).index(kept) if kept else None,
            format_func=word,
            placeholder=t("Choose one"),
            key=f"{name}-{self.key}",
        )
        self.notes[name] = st.empty()
        return kind(chosen) if chosen else None

    def pillars(self, kept: tuple[Pillar, ...]) -> tuple[Pillar, ...]:
        chosen = st.pills(
            t(QUESTIONS["further_pillars"]),
            [one.value for one in Pillar],
            selection_mode="multi",
            default=[one.value for one in kept],
            format_func=codes.pillar,
            key=f"further_pillars-{self.key}",
        )
        return tuple(Pillar(one) for one in chosen)
