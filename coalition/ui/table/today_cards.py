"""Today: one card for each thing that waits, and a line for each thing decided lately."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.permissions import Actor
from coalition.services.discussion.mentions import Call
from coalition.services.table.today import News, Task, Waits, Withdrawn
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import draft_form, phrases, proposal_views, review_phrases
from coalition.ui.entry import Entry
from coalition.words import codes, moments, t, tn

WORDS_A_MINUTE = 200  # that a reader takes in; plain texts are read a little faster


def whose(actor: Actor) -> str:
    """Return for whom the person acts, and as what."""
    if actor.seat is None:
        return t("You read along as {role}.", role=codes.role(actor.role).lower())
    return t(
        "For {organisation} · {capacity}",
        organisation=safe.label(actor.seat.organisation),
        capacity=codes.capacity(actor.seat.capacity).lower(),
    )


def cards(tasks: Sequence[Task], here: Entry) -> None:
    """Draw one card a task, the first with the one primary button of the page."""
    for place, task in enumerate(tasks):
        with st.container(border=True):
            card(task, here, is_first=place == 0)


def card(task: Task, here: Entry, *, is_first: bool) -> None:
    """Draw one task: what it is, what is missing, by when, and the button that leads there."""
    words, act = st.columns([7, 3], vertical_alignment="center")
    with words:
        st.subheader(safe.label(task.proposal.text.title))
        st.markdown(_what(task))
        if task.clearance:
            st.markdown(review_phrases.ours(task.clearance, here))
        if task.round:
            parts.deadline(phrases.deadline(task.round, here.now, here.table.zone, here.zone))
    with act:
        act_now = is_first and task.waits_for is not Waits.READING
        key = f"{task.waits_for}-{task.proposal.id}"
        kind: Literal["primary", "secondary"] = "primary" if act_now else "secondary"
        if st.button(_label(task), type=kind, width="stretch", key=key):
            screen, item = _where(task)
            st.switch_page(screens.page(screen), query_params=address.query(id=item))


def news(found: Sequence[News], here: Entry) -> None:
    """Draw one line a round that closed lately: its proposal, its result, when."""
    for one in found:
        with st.container(key=f"titled-news-{one.standing.round.id}", gap="xxsmall"):
            st.page_link(
                screens.page("proposal"),
                label=f"**{safe.label(one.proposal.text.title)}**",
                icon="",
                query_params=address.query(id=one.proposal.id),
            )
            day = moments.day(one.standing.round.closes_at, here.table.zone)
            told = safe.label(f"{one.proposal.reference} · {t('closed {day}', day=day)}")
            st.markdown(f"{proposal_views.verdict_badge(one.standing)} :small[{told}]")


def mentions(found: Sequence[Call], here: Entry) -> None:
    """Draw one line a comment that calls on the reader: its proposal, who wrote it, when."""
    for place, one in enumerate(found):
        with st.container(key=f"titled-mention-{place}", gap="xxsmall"):
            st.page_link(
                screens.page("proposal"),
                label=f"**{safe.label(one.title)}**",
                icon="",
                query_params=address.query(
                    id=one.proposal_id, view=proposal_views.DISCUSSION, thread=one.thread_id
                ),
            )
            who = " · ".join(filter(None, (one.writer, one.seat, one.reference)))
            st.markdown(f":small[{safe.label(who)} · {moments.ago(one.at, here.now)}]")


def withdrawn(found: Sequence[Withdrawn]) -> None:
    """Tell what went while our answer stood, and why."""
    for one in found:
        title = safe.label(one.proposal.text.title)
        with st.container(border=True, gap="xxsmall"):
            st.page_link(
                screens.page("proposal"),
                label=f"**{title}**",
                icon="",
                query_params=address.query(id=one.proposal.id),
            )
            st.markdown(t("Withdrawn: {reason}", reason=safe.md(one.reason)))


def _what(task: Task) -> str:
    if task.waits_for is Waits.DRAFT:
        return _draft(task)
    if task.waits_for is Waits.RECORDED:
        return t("A position was recorded for you: confirm or replace it.")
    if task.waits_for is Waits.CARRIED:
        return t(
            "The text has changed. Our answer was given on version {n}: confirm or change it.",
            n=task.version,
        )
    minutes = max(1, round(len(task.proposal.text.body.split()) / WORDS_A_MINUTE))
    read = tn("The text takes {n} minute to read.", "The text takes {n} minutes to read.", minutes)
    if task.waits_for is Waits.READING:
        return read
    is_sign_on = task.round is not None and task.round.kind is RoundKind.SIGN_ON
    missing = t("Our organisation has not signed.") if is_sign_on else t("No answer from us yet.")
    return f"{missing} {read}"


def _draft(task: Task) -> str:
    if not task.missing:
        return t("Your draft is complete. Submit it when it is ready.")
    field = t(draft_form.LABELS[task.missing])
    return t("A draft of yours. Next: {field}.", field=field)


def _label(task: Task) -> str:
    if task.waits_for is Waits.DRAFT:
        return t("Continue the draft")
    if task.waits_for is Waits.READING or task.round is None:
        return t("Read the proposal")
    if task.waits_for in {Waits.RECORDED, Waits.CARRIED}:
        return t("Confirm or change")
    if task.round.kind is RoundKind.SIGN_ON:
        return t("Read and sign")
    return phrases.answering(task.round)


def _where(task: Task) -> tuple[str, int]:
    if task.waits_for is Waits.DRAFT:
        return "draft", task.proposal.id
    if task.waits_for is Waits.READING or task.round is None:
        return "proposal", task.proposal.id
    return "stance", task.round.id
