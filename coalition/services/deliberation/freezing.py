"""Verdicts: computed from a round's frozen rule, and frozen once it has closed."""

from datetime import datetime
from functools import lru_cache

from coalition.domain.deliberation.decisions import Verdict, decide
from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.domain.ground.audit import fingerprint
from coalition.domain.ground.moments import hours_between
from coalition.services.deliberation.objecting import settle
from coalition.store.database import Connection
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.deliberation import verdicts as verdicts_store
from coalition.store.deliberation.verdicts import Frozen
from coalition.store.ground import audit


def freeze(conn: Connection, this: Round, *, now: datetime) -> Frozen | None:
    """Freeze the verdict of a closed binding round inside the caller's transaction."""
    if this.rule is None:
        return None
    tally = tallies_store.tallies(conn, [this])[this.id]
    recirculated = this.id in verdicts_store.sent_back(conn, [this.id])
    verdict = judged(this, tally, recirculated=recirculated, now=now)
    frozen = Frozen(this.id, verdict, tally, now)
    verdicts_store.freeze(conn, frozen)
    settle(conn, this, verdict, now=now)
    detail = {"verdict": fingerprint([frozen.verdict.to_json(), tally.to_json()])}
    audit.append(conn, "clock", "verdict.frozen", f"round:{this.id}", at=now, detail=detail)
    return frozen


def judged(
    this: Round, tally: Tally, *, recirculated: bool, now: datetime, concerns: int = 0
) -> Verdict:
    """Return the verdict of a binding round from its frozen rule and a tally.

    The hours that count are those from its opening, or from when its clock was
    restarted, to ``now``, or to its close once that has passed.

    Args:
        concerns: Unresolved objections that a last call waits for; it closes on none.

    Raises:
        ValueError: the round has no rule.
    """
    if this.rule is None:
        raise ValueError("only a binding round has a verdict")
    hours = max(0, hours_between(this.runs_from, min(now, this.closes_at)))
    state = Case(tally, open_concerns=concerns, hours_open=hours, recirculated=recirculated)
    return _decided(this.rule, state)


_decided = lru_cache(maxsize=4_096)(decide)  # pure; a board asks the same of forty rounds a run
