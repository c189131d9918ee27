"""Adopted positions as the public reads them: cards, and one in full, part by part."""

from collections.abc import Mapping, Sequence

import streamlit as st

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import SUPPORTS
from coalition.domain.deliberation.tallies import Tally
from coalition.services.deliberation.positions import Position, Published
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import distances, phrases, sums
from coalition.ui.entry import Visit
from coalition.words import codes, moments, t, tn
from coalition.words.rules import preset_name, rule_in_words
from coalition.words.verdicts import explanation


def cards(found: Sequence[Position], here: Visit, *, notes: Mapping[RoundId, str]) -> None:
    """Draw one card a position: what was asked of whom, when, and by how many.

    Args:
        notes: What has been said of a position since, in one line each.
    """
    for one in found:
        with st.container(border=True, gap="xsmall", key=f"titled-{one.round.id}"):
            st.page_link(
                screens.page("positions"),
                label=f"**{safe.label(one.proposal.text.title)}**",
                icon="",
                query_params=address.query(id=one.round.id),
            )
            head(one, here)
            if asked := phrases.ask(one.proposal.text):
                st.markdown(asked)
            if one.tally:
                st.markdown(_supported(one, one.tally))
            if one.verdict:
                rule = safe.label(preset_name(one.round.preset))
                st.caption(f"{rule}: {explanation(one.verdict)}.")
            if one.round.id in notes:
                st.markdown(notes[one.round.id])
            _supporters(one.supporters)


def head(one: Position, here: Visit) -> None:
    """Draw the outcome as a badge, then reference, pillar and day."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if one.verdict:
            parts.badge(one.verdict.outcome, codes.outcome(one.verdict.outcome))
        else:
            st.badge(codes.round_kind(one.round.kind), color="gray")
        day = moments.day(one.round.closes_at, here.table.zone)
        told = (one.proposal.reference, phrases.pillars(one.proposal.text), day)
        st.markdown(f":small[{safe.label(' · '.join(told))}]", width="content")


def tally(found: Tally) -> str:
    """Return n of N in one sentence."""
    return tn(
        "**{n} of {roll}** organisations supports it.",
        "**{n} of {roll}** organisations support it.",
        found.number(SUPPORTS),
        roll=found.eligible,
    )


def _supported(one: Position, found: Tally) -> str:
    """Return n of N, said of the close alone where somebody has left the position since."""
    n = found.number(SUPPORTS)
    if n == len(one.supporters):
        return tally(found)
    return tn(
        "**{n} of {roll}** organisations supported it at the close.",
        "**{n} of {roll}** organisations supported it at the close.",
        n,
        roll=found.eligible,
    )


def asked(one: Position) -> None:
    """Draw what the position asks of whom, and what it means for a patient."""
    text = one.proposal.text
    with parts.reading():
        if text.summary:
            st.markdown(safe.md(text.summary))
        if asked := phrases.ask(text):
            st.markdown(asked)
        if text.patient_line:
            st.header(t("What does it mean for a patient?"))
            st.markdown(safe.md(text.patient_line))


def supporters(one: Position) -> None:
    """Draw the names of the organisations that support the position."""
    with parts.reading():
        st.header(t("Who supports it?"))
        if one.supporters:
            st.markdown("\n".join(f"- {safe.label(name)}" for name in one.supporters))
        else:
            st.markdown(t("No organisation is listed in support."))


def wording(found: Published) -> None:
    """Draw the text that was decided, word for word."""
    with parts.reading():
        st.header(t("What is the text, word for word?"))
        st.markdown(safe.md(found.text.body))
        st.caption(
            t(
                "Text version {n} · fingerprint {hash}",
                n=found.text.number,
                hash=found.text.content_hash,
            )
        )


def missing() -> None:
    """Say that nothing public has this number."""
    parts.empty(
        t("No public result here"),
        t("It may not be published yet, or the address has a slip in it."),
    )
    st.page_link(
        screens.page("positions"), label=t("All adopted positions"), query_params=address.query()
    )


def decision(one: Position, *, since: Mapping[str, int]) -> None:
    """Draw how it was decided: the count, the numbers behind it, the rule.

    Args:
        since: What changed after the close, for the foot of the table of the count.
    """
    st.header(t("How was it decided?"))
    if one.tally:
        parts.stance_bar(
            distances.counted(one.tally),
            roll=one.tally.eligible,
            needed=distances.needed(one.verdict) if one.verdict else None,
            sentence=f"{explanation(one.verdict)}." if one.verdict else tally(one.tally),
            name=str(one.round.id),
            since=since,
        )
    with parts.reading():
        if one.verdict:
            with st.expander(t("Add the numbers up again")):
                sums.draw(one.verdict.numbers)
        rule = safe.label(preset_name(one.round.preset))
        with st.expander(t("The rule in words: {rule}", rule=rule)):
            st.markdown("\n".join(f"- {said}" for said in rule_in_words(one.round.rule)))


def _supporters(names: Sequence[str]) -> None:
    if not names:
        return
    label = tn("{n} organisation by name", "{n} organisations by name", len(names))
    with st.expander(label, type="compact"):
        st.markdown(" · ".join(safe.label(name) for name in names))
