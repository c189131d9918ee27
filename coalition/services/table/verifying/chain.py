"""The chain itself, and what it tells of the rows it was written with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from coalition.domain.deliberation.rolls import Change
from coalition.domain.deliberation.rounds import NEVER
from coalition.domain.deliberation.versions import Mark
from coalition.domain.ground.audit import FIRST, AuditEntry, chained
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.table.findings import Finding, Head
from coalition.store.table.soundness import SPOILT

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Cast:
    """What the chain tells of one ballot.

    Args:
        seq: Where in the chain it was told.
        closes_at: The close that an extension or a restarted clock had set by then, or None.
        was_ended: Whether the round had been closed or cancelled by then.
        changes: How many changes of the round's roll the chain had told of by then.
        evidence: Seal of the evidence, for a recorded one; else "".
    """

    round_id: int
    digest: str
    at: datetime
    seq: int
    closes_at: datetime | None
    was_ended: bool
    changes: int = 0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What the chain tells of one text.

    Args:
        round_id: The round whose text it changed, or None.
        seq: Where in the chain it was told.
    """

    digest: str
    mark: str
    round_id: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class Contested:
    """What the chain tells of one contested mark, as ``Written``."""

    round_id: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class Clock:
    """What the chain tells of a clock that was stopped or restarted.

    Args:
        closes_at: The close it was restarted to, or None.
    """

    change: str
    objection_id: int
    closes_at: datetime | None
    at: datetime


@dataclass(slots=True)
class Told:
    """All that the chain tells of rows elsewhere, by the rows' own numbers."""

    ballots: dict[int, Cast] = field(default_factory=dict)
    openings: dict[int, str] = field(default_factory=dict)
    opened: dict[int, int] = field(default_factory=dict)  # where in the chain
    extensions: dict[int, list[datetime]] = field(default_factory=dict)
    endings: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    verdicts: dict[int, str] = field(default_factory=dict)
    published: dict[int, datetime] = field(default_factory=dict)
    closes: dict[int, datetime] = field(default_factory=dict)  # by the latest word on each
    clocks: dict[int, list[Clock]] = field(default_factory=dict)
    texts: dict[int, dict[int, Written]] = field(default_factory=dict)  # by proposal and number
    contests: dict[int, dict[int, Contested]] = field(default_factory=dict)
    objections: set[int] = field(default_factory=set)
    rolls: dict[int, list[tuple[Change, OrganisationId]]] = field(default_factory=dict)
    erased: set[int] = field(default_factory=set)  # accounts whose words were erased


class Reading:
    """Reads the chain entry by entry, holding only what it tells of other rows."""

    def __init__(self, kept: Head | None) -> None:
        self.kept = kept
        self.told = Told()
        self.findings: list[Finding] = []
        self.previous = FIRST
        self.seq = 0
        self.entries = 0

    def read(self, entry: AuditEntry) -> None:
        """Check one entry's links and note what it tells."""
        where = f"entry:{entry.seq}"
        if entry.seq != self.seq + 1:
            self._found("chain.gap", where)
        if entry.previous != self.previous:
            self._found("chain.previous", where)
        if chained(entry, entry.previous, entry.seq) != entry.digest:
            self._found("chain.digest", where)
        if self.kept and entry.seq == self.kept.seq and entry.digest != self.kept.digest:
            self._found("chain.head_differs", where)
        self.seq, self.previous = entry.seq, entry.digest
        self.entries += 1
        self._note(entry, where)

    def finish(self) -> None:
        """Say whether the chain still reaches the head that was kept outside."""
        if self.kept and self.seq < self.kept.seq:
            self._found("chain.cut", f"entry:{self.kept.seq}")

    def _note(self, entry: AuditEntry, where: str) -> None:
        noting = NOTED.get(entry.action)
        if noting is None:
            return
        try:
            is_new = noting(self.told, entry, int(entry.subject.rpartition(":")[2]))
        except SPOILT:
            self._found("chain.unreadable", where)
        else:
            if not is_new:
                self._found("chain.twice", where)

    def _found(self, code: str, where: str) -> None:
        self.findings.append(Finding(code, where))


def _cast(told: Told, entry: AuditEntry, round_id: int) -> bool:
    number = int(entry.detail["ballot"])
    is_new = number not in told.ballots
    told.ballots[number] = Cast(
        round_id,
        entry.detail["digest"],
        entry.at,
        entry.seq,
        told.closes.get(round_id),
        round_id in told.endings,
        len(told.rolls.get(round_id, ())),
        entry.detail.get("evidence", ""),
    )
    return is_new


def _opened(told: Told, entry: AuditEntry, round_id: int) -> bool:
    told.opened[round_id] = entry.seq
    return _once(told.openings, round_id, entry.detail["frozen"])


def _extended(told: Told, entry: AuditEntry, round_id: int) -> bool:
    closes_at = datetime.fromisoformat(entry.detail["closes_at"])
    told.extensions.setdefault(round_id, []).append(closes_at)
    told.closes[round_id] = closes_at
    return True


def _stopped(told: Told, entry: AuditEntry, round_id: int) -> bool:
    made = Clock("stopped", int(entry.detail["objection"]), None, entry.at)
    told.clocks.setdefault(round_id, []).append(made)
    told.closes[round_id] = NEVER
    return True


def _restarted(told: Told, entry: AuditEntry, round_id: int) -> bool:
    closes_at = datetime.fromisoformat(entry.detail["closes_at"])
    made = Clock("restarted", int(entry.detail["objection"]), closes_at, entry.at)
    told.clocks.setdefault(round_id, []).append(made)
    told.closes[round_id] = closes_at
    return True


def _roll(told: Told, entry: AuditEntry, round_id: int) -> bool:
    change = Change(entry.action.removeprefix("roll."))
    told.rolls.setdefault(round_id, []).append(
        (change, OrganisationId(int(entry.detail["organisation"])))
    )
    return True


def _closed_early(told: Told, entry: AuditEntry, round_id: int) -> bool:
    return _once(told.endings, round_id, ("closed_early", entry.at))


def _cancelled(told: Told, entry: AuditEntry, round_id: int) -> bool:
    return _once(told.endings, round_id, ("cancelled", entry.at))


def _published(told: Told, entry: AuditEntry, round_id: int) -> bool:
    return _once(told.published, round_id, entry.at)


def _frozen(told: Told, entry: AuditEntry, round_id: int) -> bool:
    return _once(told.verdicts, round_id, entry.detail["verdict"])


def _written(told: Told, entry: AuditEntry, proposal_id: int) -> bool:
    mark, number = entry.detail.get("mark", Mark.FIRST), int(entry.detail["version"])
    made = Written(entry.detail["text"], mark, entry.detail.get("round"), entry.seq)
    return _once(told.texts.setdefault(proposal_id, {}), number, made)


def _contested(told: Told, entry: AuditEntry, proposal_id: int) -> bool:
    made = Contested(entry.detail.get("round"), entry.seq)
    return _once(told.contests.setdefault(proposal_id, {}), int(entry.detail["version"]), made)


def _raised(told: Told, _entry: AuditEntry, objection_id: int) -> bool:
    is_new = objection_id not in told.objections
    told.objections.add(objection_id)
    return is_new


def _erased(told: Told, _entry: AuditEntry, account_id: int) -> bool:
    told.erased.add(account_id)
    return True


def _once(kept: dict[K, V], key: K, value: V) -> bool:
    """Keep a value and say whether it is the first for its key."""
    is_new = key not in kept
    kept[key] = value
    return is_new


NOTED: dict[str, Callable[[Told, AuditEntry, int], bool]] = {
    "ballot.cast": _cast,
    "ballot.recorded": _cast,
    "ballot.withdrawn": _cast,
    "roll.added": _roll,
    "roll.removed": _roll,
    "round.opened": _opened,
    "round.extended": _extended,
    "round.clock_stopped": _stopped,
    "round.clock_restarted": _restarted,
    "round.closed_early": _closed_early,
    "round.cancelled": _cancelled,
    "round.published": _published,
    "verdict.frozen": _frozen,
    "proposal.submitted": _written,
    "version.contested": _contested,
    "version.written": _written,
    "objection.raised": _raised,
    "account.erased": _erased,
}
