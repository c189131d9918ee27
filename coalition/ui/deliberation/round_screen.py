"""Run a round: the proposal, its latest round if any, and what can be done now."""

from functools import partial

import streamlit as st

from coalition.domain.deliberation.proposals import Proposal, Stage
from coalition.domain.deliberation.rounds import Status
from coalition.domain.deliberation.successions import NextRound
from coalition.services.deliberation import agendas, checklists, rounds, standings
from coalition.services.deliberation.proposals import Detail
from coalition.services.deliberation.standings import Standing
from coalition.ui import address, forms, parts, screens
from coalition.ui.deliberation import (
    phrases,
    plan_form,
    recording_form,
    roll_acts,
    round_acts,
    sequels,
)
from coalition.ui.deliberation.round_acts import Deed
from coalition.ui.entry import Entry
from coalition.words import moments, t

ENDED = frozenset({Status.CLOSED, Status.CANCELLED})


def form_name(proposal: Proposal) -> str:
    """Return what the form for a new round of a proposal is called."""
    return f"plan-{proposal.id}"


def draw(detail: Detail, here: Entry) -> Deed | None:
    """Draw the proposal, its latest round and what can be done; return the deed asked for."""
    this = detail.proposal
    with st.container(key=f"titled-{this.id}"):
        screens.lead("proposal", phrases.heading(this), id=this.id)
    if this.stage is not Stage.SUBMITTED:
        _not_here(detail)
        return None
    if detail.round is None:
        return _plan(detail, here)
    stand = standings.standing(here.db, actor=here.actor, now=here.now, round_id=detail.round.id)
    round_acts.status(stand, here)
    sequels.follows(detail.rounds, here)
    return _ended(detail, stand, here) if stand.status in ENDED else _running(stand, here)


def buttons(detail: Detail) -> list[str]:
    """Return the keys of the buttons that ask for a deed."""
    return [forms.button_key(name) for name in _form_names(detail)]


def labels() -> dict[str, str]:
    """Return what the forms of this screen call each field, for refusals."""
    return plan_form.labels() | round_acts.labels() | recording_form.labels()


def onward(detail: Detail) -> None:
    """Offer where to go from here, once something was done."""
    item = address.query(id=detail.proposal.id)
    with st.container(horizontal=True):
        st.page_link(screens.page("round"), label=t("Look after this round"), query_params=item)
        st.page_link(screens.page("board"), query_params=address.query())
        st.page_link(screens.page("proposal"), query_params=item)


def renew(detail: Detail) -> None:
    """Empty every form of this screen after a deed was done."""
    for name in _form_names(detail):
        forms.renew(name)


def _form_names(detail: Detail) -> list[str]:
    this, opening = detail.round, form_name(detail.proposal)
    if this is None:
        return [opening]
    after = (roll_acts.form_name(this), recording_form.form_name(this))
    return [opening, *round_acts.form_names(this), *after]


def _not_here(detail: Detail) -> None:
    if detail.proposal.stage is Stage.DRAFT:
        parts.empty(
            t("It is still a draft"),
            t("A round can be opened once it is submitted: its text then becomes version 1."),
        )
        st.page_link(
            screens.page("draft"),
            label=t("Continue the draft"),
            query_params=address.query(id=detail.proposal.id),
        )
    else:
        parts.empty(t("It was withdrawn"), t("No round can be opened on it any more."))


def _running(stand: Standing, here: Entry) -> Deed | None:
    """Draw what can be done with a round that has not ended; return the deed asked for."""
    deed = round_acts.running(stand, here)
    changed = roll_acts.change(stand.round, here)
    recorded = recording_form.draw(stand.round, here)
    return deed or changed or recorded


def _ended(detail: Detail, stand: Standing, here: Entry) -> Deed | None:
    """Draw verdict and publishing of a round that ended, and the way to another one."""
    deed = None
    if stand.status is Status.CLOSED:
        if stand.verdict is not None:
            round_acts.verdict(stand.verdict)
        deed = round_acts.publishing(stand.round, here)
    suggestion = sequels.suggestion(stand)
    again = st.toggle(sequels.label(suggestion), key=f"again-{stand.round.id}")
    return (again and _plan(detail, here, suggestion)) or deed


def _plan(detail: Detail, here: Entry, suggestion: NextRound | None = None) -> Deed | None:
    this, name = detail.proposal, form_name(detail.proposal)
    means = agendas.means(here.db, actor=here.actor)
    made = plan_form.fields(name, means, here, suggestion=suggestion)
    found = checklists.checklist(here.db, actor=here.actor, proposal_id=this.id)
    plan_form.readiness(made, found, name)
    plan_form.roll(means.roll)
    pressed = plan_form.review(made, this, len(means.roll), here, name)
    plan = made.plan()
    if not pressed or plan is None:
        return None
    opening = partial(rounds.open_round, here.db, here.clock, actor=here.actor)
    until = moments.when(plan.closes_at, here.table.zone)
    return Deed(
        partial(opening, proposal_id=this.id, plan=plan, token=forms.token(name)),
        t("The round is opened. It closes {when}.", when=until),
    )
