"""One proposal, view by view: its status, its summary, its texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.proposals import ProposalText, Stage
from coalition.domain.deliberation.rounds import RoundKind
from coalition.services.deliberation.answers import Answer
from coalition.services.deliberation.proposals import Detail
from coalition.services.deliberation.standings import Standing
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import phrases
from coalition.ui.deliberation.next_steps import next_step
from coalition.ui.entry import Entry
from coalition.words import codes, language, mark, t

SUMMARY, TEXT, STANCES, HISTORY = "summary", "text", "stances", "history"
OBJECTIONS, DISCUSSION = "objections", "discussion"
VIEWS = {
    SUMMARY: mark("Summary"),
    TEXT: mark("Text"),
    OBJECTIONS: mark("Objections"),
    DISCUSSION: mark("Discussion"),
    STANCES: mark("Stances"),
    HISTORY: mark("History"),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the page of a proposal shows, asked for once.

    Args:
        stand: How its latest round stands for the reader; None without a round.
        answer: What the reader's organisation said in that round; None without a seat.
    """

    detail: Detail
    stand: Standing | None
    answer: Answer | None


COLUMNS = {  # of an imported file
    "congress": mark("Congress"),
    "comment_due_date": mark("Comments due"),
    "key_date": mark("Day to remember"),
    "key_date_meaning": mark("What happens on it"),
    "status_in_source": mark("Status in the source"),
    "status_as_of": mark("Status as of"),
    "source_url": mark("Address of the source"),
    "confidence": mark("How sure"),
    "unsure_note": mark("What is not sure"),
}


def status(found: Shelf, here: Entry) -> None:
    """Draw where it stands: stage, deadline, and one next step with one button."""
    detail, this = found.detail, found.detail.round
    badges = [parts.badge_md(codes.stage(detail.stage), phrases.STAGE_COLOURS[detail.stage])]
    if found.stand and detail.stage in {Stage.OPEN, Stage.DECIDED}:
        badges.append(verdict_badge(found.stand))
    st.markdown(" ".join([*badges, f":small[{_about(detail)}]"]))
    if this:
        passed = not this.is_open(here.now)
        told = phrases.deadline(this, here.now, here.table.zone, here.zone)
        parts.deadline(told, passed=passed)
    step = next_step(
        detail,
        here.actor,
        status=this.status(here.now) if this else None,
        answer=found.answer,
    )
    st.markdown(step.words)
    if step.label and st.button(step.label, type="primary"):
        st.switch_page(screens.page(step.screen), query_params=address.query(id=step.item))


def choose() -> str:
    """Draw the choice of views, kept in the address, and return the one chosen."""
    view = st.segmented_control(
        t("View"),
        list(VIEWS),
        default=address.choice("view", VIEWS) or SUMMARY,
        required=True,
        format_func=lambda one: t(VIEWS[one]),
        label_visibility="collapsed",
        key=address.followed("view"),
    )
    address.keep("view", view)
    return view


def summary(text: ProposalText, champion: str) -> None:
    """Draw the summary: what is asked, for whom it matters, who could be left out."""
    with parts.reading():
        _summaries(text)
        if asked := phrases.ask(text):
            st.markdown(asked)
        for question, answer in (
            (t("What is the problem?"), text.problem),
            (t("What does it mean for a patient?"), text.patient_line),
            (t("Who could be left out?"), text.equity_note),
            (t("Who was heard?"), text.heard),
        ):
            if answer:
                st.header(question)
                st.markdown(safe.md(answer))
        st.header(t("What is it about, in short?"))
        st.markdown(safe.table_md([t("Fact"), t("Here")], _facts(text, champion)))
        if text.source:
            with parts.fold(t("Where this comes from"), key="source") as is_open:
                if is_open:  # addresses are too long for a phone: this kind of table scrolls
                    headings = [t("Field"), t("As imported")]
                    parts.table(pd.DataFrame(_source(text.source), columns=headings))


def verdict_badge(stand: Standing) -> str:
    """Return what the rule says of the round, or what kind of round it is, as a badge."""
    if stand.round.kind is not RoundKind.BINDING:
        return parts.badge_md(codes.round_kind(stand.round.kind), "gray")
    if stand.verdict is None:
        return parts.badge_md(t("Hidden until it closes"), "gray", ":material/visibility_off:")
    final = stand.frozen or stand.sight.verdict
    said = codes.outcome if final else codes.prospect
    return parts.outcome_badge(stand.verdict.outcome, said(stand.verdict.outcome))


def _summaries(text: ProposalText) -> None:
    """Draw the summary in the reader's language first; say whether the Spanish was read over."""
    english, spanish = safe.md(text.summary), _spanish(text)
    if english and language() == "es":
        st.markdown(spanish or t("There is no Spanish summary yet. This is the English one."))
        st.markdown(f":small[{t('In English:')}] {english}" if spanish else english)
    elif english:
        st.markdown(english)
        if spanish:
            with st.expander(t("In Spanish"), type="compact"):
                st.markdown(spanish)


def _spanish(text: ProposalText) -> str:
    if not text.summary_es:
        return ""
    by = safe.label(text.summary_es_by)
    told = t("Spanish, read over by {name}", name=by) if by else t("Spanish: draft, not read over")
    return f"{safe.md(text.summary_es)}  \n:small[{told}]"


def _about(detail: Detail) -> str:
    told = [detail.proposal.reference, phrases.pillars(detail.proposal.text)]
    if detail.versions:
        told.append(t("text version {n}", n=detail.versions[-1].number))
    return safe.label(" · ".join(told))


def _facts(text: ProposalText, champion: str) -> Sequence[Sequence[str]]:
    rows = (
        (t("Kind of ask"), codes.ask_type(text.ask_type or "")),
        (
            t("Instrument"),
            " ".join((codes.instrument(text.instrument_type or ""), text.instrument)),
        ),
        (t("Pillars"), phrases.pillars(text)),
        (t("Champion"), champion),
    )
    return [(name, value) for name, value in rows if value.strip()]


def _source(source: dict[str, Any]) -> Sequence[Sequence[str]]:
    """Return what was imported beside the text, with columns we know called in words."""
    return [(_column(name), str(value)) for name, value in source.items() if value]


def _column(name: str) -> str:
    return t(COLUMNS[name]) if name in COLUMNS else name.replace("_", " ")
