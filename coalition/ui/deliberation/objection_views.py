"""The objections to a proposal: what stands, what became of each, and what can be done."""

import streamlit as st

from coalition.domain.deliberation.objections import Severity, State
from coalition.services.deliberation import ledger
from coalition.services.deliberation.ledger import Raised
from coalition.services.deliberation.proposals import Detail
from coalition.ui import parts, safe
from coalition.ui.deliberation import objection_acts, text_compare
from coalition.ui.entry import Entry
from coalition.ui.palette import BadgeColour
from coalition.words import moments, t, tn
from coalition.words import objections as words

SHOWN = 10  # objections on one page
GLYPHS = {
    State.OPEN: "○",
    State.ANSWERED: "↩",
    State.WITHDRAWN: "–",
    State.MET: "✓",
    State.UPHELD: "▲",
    State.OVERRIDDEN: "✕",
}
COLOURS: dict[State, BadgeColour] = {
    State.OPEN: "orange",
    State.ANSWERED: "blue",
    State.WITHDRAWN: "gray",
    State.MET: "green",
    State.UPHELD: "violet",
    State.OVERRIDDEN: "gray",
}
WEIGHT = {Severity.MUST: 0, Severity.SHOULD: 1, Severity.COMMENT: 2}


def draw(detail: Detail, here: Entry) -> None:
    """Draw what stands first and by weight, then what was resolved, then what can be done.

    What stands is drawn last, into its place, so that it shows what was done just now.
    """
    st.header(t("What stands against it?"))
    shelf = st.container()
    found = _found(detail, here)
    with parts.reading():
        done = objection_acts.draw(detail, found, here)
    with shelf:
        _ledger(_found(detail, here) if done else found, here)


def _found(detail: Detail, here: Entry) -> tuple[Raised, ...]:
    return ledger.of_proposal(
        here.db, actor=here.actor, now=here.now, proposal_id=detail.proposal.id
    )


def _ledger(found: tuple[Raised, ...], here: Entry) -> None:
    if found:
        st.markdown(_sentence(found))
        every = sorted(found, key=_order)
        pages = -(-len(every) // SHOWN)
        shelf = st.container()
        page = st.pagination(pages, key="objections") if pages > 1 else 1
        with shelf, parts.reading():
            for one in every[(page - 1) * SHOWN : page * SHOWN]:
                _card(one, here)
    else:
        parts.empty(
            t("No objection"),
            t("Nobody has said what must or should change."),
        )


def _order(one: Raised) -> tuple[bool, int, float]:
    this = one.objection
    return (not this.is_unresolved, WEIGHT[this.severity], -this.changed_at.timestamp())


def _sentence(found: tuple[Raised, ...]) -> str:
    """Return how many stand and how many are resolved."""
    stand = sum(one.objection.is_unresolved for one in found)
    musts = sum(one.objection.is_concern for one in found)
    told = tn("{n} unresolved", "{n} unresolved", stand)
    if musts:
        told += ", " + tn("{n} of them must be met", "{n} of them must be met", musts)
    resolved = len(found) - stand
    return t("{stand}. {resolved} resolved.", stand=told, resolved=resolved)


def _card(one: Raised, here: Entry) -> None:
    this = one.objection
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            state = f"{GLYPHS[this.state]} {words.state(this.state)}"
            if this.met_version:
                state = t("{state} by version {n}", state=state, n=this.met_version)
            st.badge(safe.label(state), color=COLOURS[this.state])
            said = f"**{words.severity(this.severity)} · {safe.label(this.organisation)}**"
            st.markdown(said, width="content")
        _about(one)
        if this.words.reason:
            st.markdown(safe.md(this.words.reason))
        if this.words.wording:
            st.markdown(t("**Proposed wording:**"))
            st.markdown(text_compare.inline(this.passage.quote, this.words.wording))
        if this.words.remedy:
            remedy = safe.md(this.words.remedy)
            st.markdown(t("**What would remove the objection:** {remedy}", remedy=remedy))
        _steps(one, here)
        st.caption(_caption(one, here))


def _about(one: Raised) -> None:
    """Say which words it is about, and whether they still stand there."""
    this = one.objection
    if this.passage.is_whole:
        st.caption(t("About the text as a whole, version {n}", n=this.version))
        return
    st.markdown(f"> {safe.label(this.passage.quote)}")
    if one.here is None:
        st.caption(t("The text has moved on: these words are of version {n}.", n=this.version))


def _steps(one: Raised, here: Entry) -> None:
    for step in one.steps:
        if step.note:
            when = moments.day(step.at, here.zone)
            who = safe.label(step.by) if step.by else t("the rule")
            said = words.state(step.state)
            note = safe.md(step.note)
            st.markdown(f"**{GLYPHS[step.state]} {said}** · {who}, {when}  \n{note}")


def _caption(one: Raised, here: Entry) -> str:
    this = one.objection
    told = [
        t(
            "Raised {when} on version {n}",
            when=moments.day(this.raised_at, here.zone),
            n=this.version,
        )
    ]
    if this.ballot:
        told.append(t("with a ballot that objects"))
    if this.is_unresolved:
        owner = safe.label(this.owner)
        told.append(t("{owner} answers for it", owner=owner) if owner else t("nobody owns it yet"))
    return " · ".join(told)
