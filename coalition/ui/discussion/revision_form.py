"""The form of the next version: filled with what was accepted, kept whoever else saves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from coalition.domain.deliberation.proposals import ProposalId, Stage, VersionId, may_edit
from coalition.domain.deliberation.versions import Mark, Revision, require_revisable
from coalition.domain.discussion import weaving
from coalition.domain.discussion.suggestions import Suggestion, SuggestionId
from coalition.domain.ground import text as limits
from coalition.domain.ground.errors import CoalitionError
from coalition.services.deliberation.proposals import Detail
from coalition.services.discussion import suggestions
from coalition.ui import feedback, forms, safe
from coalition.ui.deliberation import text_compare
from coalition.ui.discussion import suggestion_forms
from coalition.ui.entry import Entry
from coalition.words import mark, t
from coalition.words.refusals import refusal

LABELS = {
    "title": mark("Title"),
    "ask": mark("Ask"),
    "body": mark("Text"),
    "note": mark("What changed"),
    "mark": mark("The kind of change"),
}
MARKS = {
    Mark.EDITORIAL: mark("Editorial: it says the same, better"),
    Mark.SUBSTANTIVE: mark("Substantive: it changes what is asked"),
}
MEANINGS = {
    Mark.EDITORIAL: mark(
        "Answers given before stand. For 48 hours any delegate can say that it does change "
        "something; then it counts as substantive."
    ),
    Mark.SUBSTANTIVE: mark(
        "Answers given before are marked with their version, and their organisations are asked "
        "to confirm, change or withdraw them."
    ),
}
SHORT = 80  # characters of a wording beside its tick


@dataclass(frozen=True, slots=True)
class Opened:
    """What the form was opened on.

    Args:
        base: The version it goes on from.
        taken: Suggestions whose wording stands in the text it was opened with.
    """

    base: VersionId
    title: str
    ask: str
    body: str
    taken: tuple[SuggestionId, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form holds.

    Args:
        including: The suggestions ticked.
    """

    revision: Revision
    including: tuple[SuggestionId, ...]


def draw(detail: Detail, every: Sequence[Suggestion], here: Entry) -> None:
    """Offer the next version to those who may write it; go to it once it is made."""
    this = detail.proposal
    if detail.stage in {Stage.DRAFT, Stage.WITHDRAWN, Stage.DECIDED}:
        return
    if not may_edit(here.actor, this):
        return
    name = f"revision-{this.id}"
    if not forms.was_opened(name) and not _wanted(detail, here, name):
        return
    waiting = [one for one in every if one.is_waiting]
    opened = forms.opened_on(name, _begun(detail, waiting))
    st.header(t("What does the next version say?"))
    opened = _moved(detail, opened, name)
    filled = _fields(name, opened, waiting)
    below = st.container()
    _begin_again(name, this.id)
    if filled is None:
        return
    with below, feedback.told(**_labels()):
        suggestions.revise(
            here.db,
            here.clock,
            actor=here.actor,
            proposal_id=this.id,
            revision=filled.revision,
            token=forms.token(name),
            including=filled.including,
        )
        forms.renew(name)
        suggestion_forms.open_proposal(this.id)


def _wanted(detail: Detail, here: Entry, name: str) -> bool:
    """Offer to begin, or say why the text cannot change now."""
    try:
        require_revisable(detail.proposal, detail.round, settled=False, now=here.now)
    except CoalitionError as refused:
        st.caption(refusal(refused))
        return False
    if forms.was_pressed(f"open-{name}"):
        return True
    st.button(t("Write the next version"), key=f"open-{name}")
    return False


def _begun(detail: Detail, waiting: Sequence[Suggestion]) -> Opened:
    newest = detail.versions[-1]
    made = weaving.prefilled(newest, waiting, {one.id: one for one in detail.versions})
    taken = tuple(one.id for one in made.applied)
    return Opened(newest.id, newest.title, made.ask, made.body, taken)


def _moved(detail: Detail, opened: Opened, name: str) -> Opened:
    """Show what somebody else changed meanwhile, and offer to go on from there.

    What was typed stays in the fields either way.
    """
    newest = detail.versions[-1]
    if opened.base == newest.id:
        return opened
    base = next(one for one in detail.versions if one.id == opened.base)
    place = forms.place(f"go-on-{name}")
    with place.box, st.container(border=True):
        st.warning(
            t(
                "Somebody made version {n} while you were writing. What you typed is kept below. "
                "Look at what they changed, and put it into your text where you agree.",
                n=newest.number,
            )
        )
        text_compare.legend()
        for label, before, after in (
            (t(LABELS["title"]), base.title, newest.title),
            (t(LABELS["ask"]), base.ask, newest.ask),
            (t(LABELS["body"]), base.body, newest.body),
        ):
            if before != after:
                st.markdown(f"**{label}**")
                st.markdown(text_compare.inline(before, after))
        pressed = st.button(
            t("I have seen it: go on from version {n}", n=newest.number), key=f"go-on-{name}"
        )
    if not pressed:
        return opened
    told = t("Your text now follows version {n}. Nothing is saved yet.", n=newest.number)
    place.clear().success(told)
    forms.reopen(name, replace(opened, base=newest.id))
    return replace(opened, base=newest.id)


def _fields(name: str, opened: Opened, waiting: Sequence[Suggestion]) -> Filled | None:
    """Draw the fields; return what they hold once the button is pressed."""
    key = forms.token(name)
    with forms.form(name, border=False, enter_to_submit=False):
        title = st.text_input(t("Title"), opened.title, max_chars=limits.LINE, key=f"title-{key}")
        ask = st.text_input(
            t("Ask, in one line"), opened.ask, max_chars=limits.LINE, key=f"ask-{key}"
        )
        body = st.text_area(
            t("Text: what members decide on, word for word"),
            opened.body,
            max_chars=limits.DOCUMENT,
            height=320,
            key=f"body-{key}",
        )
        including = _ticks(opened, waiting, key)
        note = st.text_area(
            t("What changed, in plain words, for the members"),
            max_chars=limits.PARAGRAPH,
            height=80,
            key=f"note-{key}",
        )
        kind = st.radio(
            t("What kind of change is it?"),
            [one.value for one in MARKS],
            index=None,
            format_func=lambda one: t(MARKS[Mark(one)]),
            captions=[t(one) for one in MEANINGS.values()],
            key=f"mark-{key}",
        )
        pressed = st.form_submit_button(t("Make this the next version"), key=f"save-{key}")
    revision = Revision(
        opened.base, title or "", ask or "", body or "", note or "", Mark(kind) if kind else None
    )
    return Filled(revision, including) if pressed else None


def _ticks(opened: Opened, waiting: Sequence[Suggestion], key: str) -> tuple[SuggestionId, ...]:
    """Draw a tick for each accepted suggestion; those not filled in are left to the person."""
    if not waiting:
        return ()
    st.markdown(t("**Accepted suggestions that this version takes in**"))
    if len(opened.taken) < len(waiting):
        st.caption(
            t(
                "Those without a tick are not in the text above: their passage has moved, they "
                "overlap, or they were accepted since. Put their words in, then tick them."
            )
        )
    return tuple(
        one.id
        for one in waiting
        if st.checkbox(_tick(one), one.id in opened.taken, key=f"take-{one.id}-{key}")
    )


def _tick(one: Suggestion) -> str:
    by = safe.label(one.by)
    if not one.agreed:
        return t("{by}: take out “{words}”", by=by, words=safe.label(one.passage.quote[:SHORT]))
    return t("{by}: “{words}”", by=by, words=safe.label(one.agreed[:SHORT]))


def _begin_again(name: str, number: ProposalId) -> None:
    """Offer to throw away what was typed."""
    with st.expander(t("Begin again, or stop writing")):
        st.markdown(t("What you typed in this form goes. No version is changed."))
        if st.button(t("Throw away what I typed"), key=f"away-{name}-{forms.token(name)}"):
            forms.renew(name)
            suggestion_forms.open_proposal(number)


def _labels() -> dict[str, str]:
    return {name: t(label) for name, label in LABELS.items()}
