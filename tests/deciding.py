"""Decisions for tests, and what is said of them afterwards, each made in one line."""

from dataclasses import dataclass
from itertools import count

from coalition.domain.deliberation.rounds import Round
from coalition.domain.effect.dissents import DissentKind
from coalition.domain.ground.permissions import Actor
from coalition.services.deliberation import rounds
from coalition.services.effect import dissents, outcomes, supersessions
from coalition.services.effect.aftermath import aftermath
from coalition.services.effect.dissents import DissentForm
from coalition.services.effect.outcomes import OutcomeForm
from coalition.services.effect.supersessions import SupersessionForm
from coalition.store.deliberation import proposals
from tests import builders

STATEMENT, DISSOCIATION = DissentKind.MINORITY_STATEMENT, DissentKind.DISSOCIATION
_number = count(1)


@dataclass(frozen=True)
class Decision:
    """A closed round with its people, in the order of their stances."""

    round: Round
    convener: Actor
    delegates: list[Actor]

    def reference(self, db) -> str:
        """Return the reference of the proposal it is about."""
        with db.reading() as conn:
            return proposals.get(conn, self.round.proposal_id).reference


def a_decision(
    db,
    clock,
    *stances,
    table=None,
    publish=True,
    freeze=True,
    rule=builders.QUICK,
    terms=None,
    **text,
) -> Decision:
    """Let a table of as many delegates decide a proposal within the hour."""
    said = stances or ("support", "support", "abstain")
    convener, delegates = table or builders.a_table(db, organisations=len(said))
    number = builders.a_proposal(db, clock, convener, **text)
    plan = {"terms": terms} if terms else {}
    this = builders.a_round(db, clock, convener, proposal_id=number, rule=rule, days=1 / 24, **plan)
    for delegate, stance in zip(delegates, said, strict=False):
        if stance:
            builders.a_ballot(db, clock, delegate, this, stance)
    clock.move(hours=1)
    if publish:
        rounds.publish(db, clock, actor=convener, round_id=this.id)
    elif freeze:
        rounds.freeze_due(db, clock)
    return Decision(this, convener, delegates)


def a_dissent(
    db, clock, delegate, this, kind=STATEMENT, *, words="It is too slow.", replaces=None, token=None
):
    """Set a dissent of a delegate's organisation beside a decision and return its id."""
    form = DissentForm(this.id, kind, words, replaces, token or f"dissent {next(_number)}")
    return dissents.attach(db, clock, actor=delegate, form=form)


def taken_back(db, clock, delegate, this, kind=STATEMENT, *, token=None):
    """Take a dissent back."""
    used = token or f"back {next(_number)}"
    dissents.take_back(db, clock, actor=delegate, round_id=this.id, kind=kind, token=used)


def an_outcome(db, clock, convener, this, *, words="The letter went out.", on=None, token=None):
    """State what followed from a round and return the statement's id."""
    form = OutcomeForm(this.id, words, on, token or f"outcome {next(_number)}")
    return outcomes.state_outcome(db, clock, actor=convener, form=form)


def superseded(db, clock, convener, older, newer, *, reason="One text is enough.", token=None):
    """Mark one decision as superseded by another."""
    by = newer.id if newer else None
    form = SupersessionForm(older.id, by, reason, token or f"supersession {next(_number)}")
    supersessions.supersede(db, clock, actor=convener, form=form)


def since(db, clock, this, *, as_=None):
    """Return what travels with a round for a person, or for the public."""
    with db.reading() as conn:
        now = builders.rounds_store.get(conn, this.id)
    return aftermath(db, actor=as_, now=clock(), rounds=[now])[this.id]
