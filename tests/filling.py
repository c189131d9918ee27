"""A table with something in every part of its history, made through the services."""

from datetime import timedelta

from sqlalchemy import insert

from coalition.domain.deliberation.rolls import Change
from coalition.domain.discussion.comments import Reaction
from coalition.domain.discussion.mentions import Mentions
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.admissions import Refusal
from coalition.domain.people.applications import Stage
from coalition.domain.people.interests import Declaration
from coalition.domain.people.screening import Wording
from coalition.services.deliberation import ballots, clearances, rolls, rounds
from coalition.services.discussion import comments
from coalition.services.effect import outcomes
from coalition.services.people import admissions, interests, screening
from coalition.store import schema
from coalition.store.deliberation import rounds as rounds_store
from tests import builders, convening, deciding, deliberating, joining, learning, suggesting


def a_history(db, clock):
    """Fill every table of history; return the convener, the delegates and the round decided.

    The round was extended, two ballots were replaced, one withdrawn, one is an
    objection; its verdict is frozen and published. A second round is still open. The
    clock of a third, a last call, was stopped and restarted, and its text changed
    three times. A fourth round superseded the first.
    """
    convener, delegates = builders.a_table(db, organisations=5)
    this = builders.a_round(db, clock, convener, rule=builders.QUICK)
    first = builders.a_ballot(db, clock, delegates[0], this, "abstain", reason="Not yet")
    builders.a_ballot(db, clock, delegates[0], this, "support", replaces=first.id, reason="Now")
    builders.a_ballot(db, clock, delegates[1], this, "support_with_reservations", reason="Yes, but")
    builders.a_ballot(db, clock, delegates[2], this, "support")
    ballots.withdraw_ballot(db, clock, actor=delegates[2], round_id=this.id, token="out")
    clock.move(days=1)
    rounds.extend_round(
        db,
        clock,
        actor=convener,
        round_id=this.id,
        closes_at=this.closes_at + timedelta(days=2),
        reason="One board meets late.",
    )
    clock.move(days=15)  # past the first deadline, inside the extension
    builders.a_ballot(db, clock, delegates[3], this, "stand_aside")
    clock.move(days=2)
    rounds.freeze_due(db, clock)
    rounds.publish(db, clock, actor=convener, round_id=this.id)
    running = _a_round_that_runs(db, clock, convener, delegates)
    _a_rule_of_our_own(db, clock, convener)
    _a_meeting_withdrawn(db, clock, convener)
    _an_application_refused(db, clock, convener)
    _a_text_that_moved_on(db, clock, convener, delegates)
    _what_followed(db, clock, convener, delegates, this)
    _what_was_said(db, clock, delegates, running)
    with db.reading() as conn:
        return convener, delegates, rounds_store.get(conn, this.id)


def _a_rule_of_our_own(db, clock, convener):
    with db.writing() as conn:
        preset = {
            "code": "own.1",
            "number": 1,
            "name": "Our rule",
            "rule": {},
            "made_by": convener.account_id,
            "at": clock(),
        }
        conn.execute(insert(schema.rule_preset), preset)


def _a_meeting_withdrawn(db, clock, convener):
    """Let a meeting be called for everybody, then kept for members."""
    day = clock().date() + timedelta(days=30)
    meeting = convening.called(db, clock, convener, day=day, public=True)
    convening.changed(db, clock, convener, meeting, day=day, public=False)


def _an_application_refused(db, clock, convener):
    wordings = [Wording("Does it work nationally?", required=False)]
    screening.add_items(db, clock, actor=convener, wordings=wordings, token="checklist")
    inquiry_id, _ = joining.sent(db, clock)
    joining.begun(db, clock, convener, inquiry_id, stage=Stage.DECISION, due=clock().date())
    again = clock().date() + timedelta(days=90)
    admissions.refuse(
        db, clock, actor=convener, inquiry_id=inquiry_id, refusal=Refusal("Too young.", again),
        token="refusal",
    )  # fmt: skip


def _a_round_that_runs(db, clock, convener, delegates):
    """Open a round with an objection, a change of its roll, a recorded ballot and a review."""
    running = builders.a_round(db, clock, convener)
    builders.a_ballot(db, clock, delegates[4], running, "object")
    suggesting.a_suggestion(db, clock, delegates[0], running.proposal_id)
    latecomer = builders.an_organisation(db, at=clock())
    rolls.change_roll(
        db,
        clock,
        actor=convener,
        round_id=running.id,
        organisation_id=latecomer,
        change=Change.ADDED,
        reason="It joined this week.",
    )
    builders.a_recorded(db, clock, convener, running, latecomer, "abstain")
    clearances.mark_clearance(
        db,
        clock,
        actor=delegates[3],
        round_id=running.id,
        until=clock() + timedelta(days=3),
        note="Our board meets.",
        token="review",
    )
    return running


def _a_text_that_moved_on(db, clock, convener, delegates):
    """Let a last call be contested, objected to, answered, resolved and confirmed."""
    last_call = builders.a_round(db, clock, convener, rule=deliberating.LAST_CALL)
    deliberating.voted(db, clock, delegates[0], last_call, "support")
    small = deliberating.revised(db, clock, convener, last_call, deliberating.EDITORIAL)
    deliberating.voted(db, clock, delegates[1], last_call, "support")
    deliberating.contested(db, clock, delegates[1], small)
    deliberating.confirmed(db, clock, delegates[0], last_call)
    number = deliberating.an_objection(
        db, clock, delegates[2], last_call.proposal_id, deliberating.MUST, wording="Otherwise."
    )
    deliberating.answered(db, clock, convener, number)
    clock.move(hours=1)
    deliberating.revised(db, clock, convener, last_call, deliberating.SUBSTANTIVE)
    deliberating.resolved(db, clock, delegates[2], number, met=True)
    deliberating.revised(db, clock, convener, last_call, deliberating.EDITORIAL)
    deliberating.confirmed(db, clock, delegates[0], last_call)


def _what_followed(db, clock, convener, delegates, this):
    """Let a decision be dissented from, reviewed and superseded, and something learned from it."""
    deciding.a_dissent(db, clock, delegates[3], this)
    deciding.an_outcome(db, clock, convener, this, on=clock().date() + timedelta(days=1))
    clock.move(days=1)
    outcomes.announce_due(db, clock)
    table = (convener, delegates)
    newer = deciding.a_decision(db, clock, *["support"] * 5, table=table)
    deciding.superseded(db, clock, convener, this, newer.round)
    learning.a_public_lesson(db, clock, convener, writer=delegates[0], round_id=this.id)


def _what_was_said(db, clock, delegates, running):
    """Let somebody be called by a comment and answer it without words, and declare an interest."""
    called = Mentions(people=frozenset({delegates[1].account_id}))
    comment = builders.a_comment(
        db, clock, delegates[0], running.proposal_id, "Which plans?", mentions=called
    )
    comments.react(
        db, clock, actor=delegates[1], comment_id=comment, reaction=Reaction.THANKS, on=True
    )
    declared = Declaration("Factor IX", (Pillar.ACCESS,), "We own shares.", clock().date(), None)
    interests.declare_interest(
        db, clock, actor=delegates[0], declared=declared, token="an interest"
    )
