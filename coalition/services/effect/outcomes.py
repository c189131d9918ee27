"""Outcome statements of closed rounds, and the announcement of their reviews."""

from dataclasses import dataclass
from datetime import date, datetime

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.outcomes import (
    OutcomeId,
    OutcomeStatement,
    require_statable,
    today,
)
from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Connection, Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.effect import outcomes as store
from coalition.store.ground import audit, profile, tokens


@dataclass(frozen=True, slots=True)
class OutcomeForm:
    """What a convener sends.

    Args:
        words: What followed; the public reads it once the round's result is published.
        review_on: The day to look again, on the table's calendar, or None.
        token: One per rendered form, so that a double click states once.
    """

    round_id: RoundId
    words: str
    review_on: date | None
    token: str


def state_outcome(
    db: Database, clock: Clock, *, actor: Actor | None, form: OutcomeForm
) -> OutcomeId:
    """State what followed from a closed round; earlier statements stay readable under it.

    Audited as ``outcome.stated``.

    Raises:
        PermissionMissing: only conveners.
        RoundNotFound, OutcomeTooEarly: there is nothing to state an outcome of.
        ReviewPast: the review day has come already.
        Invalid: the words are blank, too long or unreadable.
    """
    person = require(actor, Permission.RUN_ROUND)
    words = text.paragraphs(form.words, "statement")
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, form.token, "outcome.stated"):
            return OutcomeId(int(done))
        this = rounds_store.get(conn, form.round_id)
        require_statable(this, form.review_on, now=now, on=_today(conn, now))
        new = OutcomeStatement(OutcomeId(0), this.id, 0, words, form.review_on, now)
        kept = store.add(conn, new, made_by=person.account_id)
        detail = {
            "number": kept.number,
            "review_on": kept.review_on.isoformat() if kept.review_on else None,
        }
        subject = f"round:{this.id}"
        audit.append(conn, person.label, "outcome.stated", subject, at=now, detail=detail)
        tokens.keep(conn, form.token, "outcome.stated", str(kept.id), at=now)
    return kept.id


def announce_due(db: Database, clock: Clock) -> int:
    """Announce every review whose day has come at the table, each once; return how many.

    For the clock, not for a person. Audited as ``review.announced``.
    """
    with db.writing() as conn:
        now = clock()
        found = store.announce(conn, _today(conn, now), at=now)
        for outcome_id, round_id in found.items():
            subject, detail = f"round:{round_id}", {"outcome": outcome_id}
            audit.append(conn, "clock", "review.announced", subject, at=now, detail=detail)
    return len(found)


def reviews_due(conn: Connection, now: datetime) -> tuple[RoundId, ...]:
    """Return the rounds whose review is due, the earliest day first, whether announced or not."""
    return store.reviews_due(conn, _today(conn, now))


def _today(conn: Connection, now: datetime) -> date:
    laid = profile.find(conn)
    return today(now, laid.zone if laid else "UTC")
