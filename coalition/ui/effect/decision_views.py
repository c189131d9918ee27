"""What members see under the stances of a round that has closed, and what they may do there."""

from collections.abc import Iterable

import streamlit as st

from coalition.domain.deliberation.decisions import FINAL, Outcome
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind, Status
from coalition.domain.ground.permissions import Permission, may
from coalition.services.deliberation import answers
from coalition.services.deliberation.standings import Standing
from coalition.services.effect import learned
from coalition.services.effect.aftermath import Aftermath, aftermath
from coalition.ui import parts
from coalition.ui.deliberation.round_views import Since
from coalition.ui.effect import decision_cards, dissent_forms, lesson_cards, outcome_forms
from coalition.ui.effect.decision_cards import MEMBERS
from coalition.ui.entry import Entry
from coalition.words import t


def draw(stand: Standing, here: Entry) -> Aftermath:
    """Draw what travels with a closed round and the forms of those who may add to it.

    Returns:
        What travels with it once this run's deed is done, for what stands above.
    """
    if stand.status is not Status.CLOSED:
        return Aftermath()
    place, said = st.container(), st.container()
    after = _asked(stand, here)
    with parts.reading():
        done = _acts(stand, after, here)
    if done:
        said.success(done)
        after = _asked(stand, here)
    with place:
        _show(stand.round, after, here)
        lesson_cards.beside(learned.of_round(here.db, actor=here.actor, round_id=stand.round.id))
    return after


def heading(this: Round, here: Entry) -> None:
    """Say in one line what travels with a round, whatever view of it is open."""
    found = aftermath(here.db, actor=here.actor, now=here.now, rounds=[this])
    if note := decision_cards.note(found[this.id]):
        st.markdown(note)


def notes(stands: Iterable[Standing], here: Entry) -> dict[RoundId, str]:
    """Return what has been said of each round of a board since it closed, in one line each."""
    rounds = [one.round for one in stands]
    return decision_cards.notes(aftermath(here.db, actor=here.actor, now=here.now, rounds=rounds))


def since(after: Aftermath, here: Entry) -> Since:
    """Return what stands beside the answers of a closed round."""
    return Since(decision_cards.since(after), decision_cards.marks(after, here))


def carried(this: Round, here: Entry) -> None:
    """Draw what travels with a round, for the convener who publishes it."""
    found = aftermath(here.db, actor=here.actor, now=here.now, rounds=[this])
    _show(this, found[this.id], here)


def _show(this: Round, after: Aftermath, here: Entry) -> None:
    with parts.reading():
        decision_cards.superseded(after, here, screen=MEMBERS)
        decision_cards.dissociated(after.dissociations, here)
        decision_cards.statements(after.statements, here)
        decision_cards.outcomes(after.outcomes, here)
    decision_cards.export(after, here, name=str(this.id))
    if after != Aftermath() and this.published_at is None:
        st.caption(t("The public reads none of this until the result is published."))


def _asked(stand: Standing, here: Entry) -> Aftermath:
    found = aftermath(here.db, actor=here.actor, now=here.now, rounds=[stand.round])
    return found[stand.round.id]


def _acts(stand: Standing, after: Aftermath, here: Entry) -> str:
    """Draw the forms the reader may use; return what was done in words, or ""."""
    this, outcome = stand.round, _outcome(stand)
    if may(here.actor, Permission.RUN_ROUND):
        done = outcome_forms.stating(this, here)
        if outcome is Outcome.ADOPTED and after.superseded_by is None:
            done = outcome_forms.superseding(this, here) or done
        return done
    if outcome is None or outcome not in FINAL or not may(here.actor, Permission.CAST_BALLOT):
        return ""
    ours = answers.ours(here.db, actor=here.actor, rounds=[this.id]).get(this.id)
    if ours is None or not ours.on_roll:
        return ""
    return dissent_forms.draw(this.id, outcome, after, here)


def _outcome(stand: Standing) -> Outcome | None:
    is_binding = stand.round.kind is RoundKind.BINDING
    return stand.verdict.outcome if is_binding and stand.verdict else None
