"""Every round replayed: its frozen terms, its ballots one by one, its verdict."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from coalition.domain.deliberation.ballots import BallotId
from coalition.domain.deliberation.rolls import Change
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.ground.audit import fingerprint
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.table.findings import Finding
from coalition.services.deliberation.freezing import judged
from coalition.services.deliberation.rounds import frozen_fingerprint
from coalition.services.table.verifying import ballots, evidence, windows
from coalition.services.table.verifying.chain import Told
from coalition.services.table.verifying.rolls import Roll
from coalition.services.table.verifying.versions import Numbers, Texts
from coalition.store.database import Connection
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import recordings as recordings_store
from coalition.store.deliberation import roll_changes as roll_changes_store
from coalition.store.deliberation import rounds as store
from coalition.store.deliberation import verdicts as verdicts_store
from coalition.store.deliberation.ballots import Kept
from coalition.store.deliberation.verdicts import Frozen
from coalition.store.table import history
from coalition.store.table.history import KeptClock
from coalition.store.table.soundness import SPOILT

PIECE = 200  # rounds read at once
UNREADABLE = (CoalitionError, *SPOILT)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rounds with all that belongs to them but their ballots."""

    rolls: dict[RoundId, frozenset[OrganisationId]]
    roll_changes: dict[RoundId, list[tuple[Change, OrganisationId]]]
    evidence: dict[BallotId, str]
    hashes: dict[RoundId, str]
    numbers: Numbers
    extensions: dict[RoundId, list[datetime]]
    clocks: dict[RoundId, list[KeptClock]]
    verdicts: dict[RoundId, Frozen]
    outcomes: dict[RoundId, str]
    sent_back: frozenset[RoundId]


class Replay:
    """Goes through the rounds in pieces and holds each against what the chain told."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.findings: list[Finding] = []
        self.rounds = self.ballots = self.verdicts = 0

    def run(self, conn: Connection) -> None:
        """Replay everything, then name what the chain knows and nobody met."""
        ids = history.round_ids(conn)
        for start in range(0, len(ids), PIECE):
            self._piece(conn, ids[start : start + PIECE])
        if history.ballots_kept(conn) != self.ballots:
            self._found("ballot.homeless", "ballots")
        met = set(ids)
        self._missing("round.gone", "round", set(self.told.openings) - met)
        self._missing("verdict.gone", "round", self.told.verdicts)
        self._missing("ballot.gone", "ballot", self.told.ballots)
        self._missing(
            "objection.gone", "objection", self.told.objections - history.objections(conn)
        )

    def _piece(self, conn: Connection, ids: Sequence[RoundId]) -> None:
        rounds = self._readable(conn, ids)
        piece = self._gather(conn, ids)
        given = groupby(ballots_store.walk(conn, ids), key=lambda kept: kept.ballot.round_id)
        waiting = next(given, None)
        for round_id in ids:
            kept: list[Kept] = []
            if waiting and waiting[0] == round_id:
                kept = list(waiting[1])
                waiting = next(given, None)
            self.rounds += 1
            self.ballots += len(kept)
            if one := rounds.get(round_id):
                self._round(one, kept, piece)

    def _readable(self, conn: Connection, ids: Sequence[RoundId]) -> dict[RoundId, Round]:
        try:
            return store.get_many(conn, ids)
        except UNREADABLE:
            if len(ids) == 1:
                self._found("round.unreadable", f"round:{ids[0]}")
                return {}
        return {key: one for each in ids for key, one in self._readable(conn, [each]).items()}

    def _verdicts(self, conn: Connection, ids: Sequence[RoundId]) -> dict[RoundId, Frozen]:
        try:
            return verdicts_store.verdicts(conn, ids)
        except UNREADABLE:
            if len(ids) == 1:
                self._found("verdict.unreadable", f"round:{ids[0]}")
                return {}
        return {key: one for each in ids for key, one in self._verdicts(conn, [each]).items()}

    def _gather(self, conn: Connection, ids: Sequence[RoundId]) -> Piece:
        return Piece(
            rolls=store.rolls(conn, ids),
            roll_changes=roll_changes_store.of_rounds(conn, ids),
            evidence=evidence.seals(recordings_store.walk(conn, ids)),
            hashes=history.content_hashes(conn, ids),
            numbers=history.numbers(conn, ids),
            extensions=history.extensions(conn, ids),
            clocks=history.clocks(conn, ids),
            verdicts=self._verdicts(conn, ids),
            outcomes=history.outcomes(conn, ids),
            sent_back=verdicts_store.sent_back(conn, ids),
        )

    def _round(self, this: Round, kept: list[Kept], piece: Piece) -> None:
        where = f"round:{this.id}"
        told = self.told.rolls.get(this.id, [])
        roll = Roll(piece.rolls[this.id], piece.roll_changes.get(this.id, []), told)
        opened = self.told.openings.get(this.id)
        if opened is None:
            self._found("round.untold", where)
        elif frozen_fingerprint(this, roll.at_opening, piece.hashes[this.id]) != opened:
            self._found("round.frozen", where)
        if len(roll.now) != this.roll_size or not roll.is_told:
            self._found("round.roll", where)
        extensions, clocks = piece.extensions.get(this.id, []), piece.clocks.get(this.id, [])
        self.findings += windows.check(this, extensions, clocks, self.told)
        texts = Texts(this, self.told, piece.numbers)
        if not texts.is_told:
            self._found("round.text", where)
        count = ballots.Count(this, roll, texts, self.told, piece.evidence)
        for one in kept:
            count.take(one)
        self.findings += count.findings
        if frozen := piece.verdicts.get(this.id):
            self.verdicts += 1
            again = this.id in piece.sent_back
            self.findings += self._verdict(this, frozen, count, recirculated=again)
            if piece.outcomes.get(this.id) != frozen.verdict.outcome:
                self._found("verdict.outcome", where)

    def _verdict(
        self, this: Round, frozen: Frozen, count: ballots.Count, *, recirculated: bool
    ) -> Iterator[Finding]:
        where = f"round:{this.id}"
        entry = self.told.verdicts.pop(this.id, None)
        written = fingerprint([frozen.verdict.to_json(), frozen.tally.to_json()])
        if entry is None:
            yield Finding("verdict.untold", where)
        elif entry != written:
            yield Finding("verdict.entry", where)
        if this.rule is None or this.ending == "cancelled" or frozen.frozen_at < this.closes_at:
            yield Finding("verdict.undue", where)
            return
        try:
            tally = count.tally()
        except UNREADABLE:  # more ballots than the round says it has seats
            yield Finding("verdict.tally", where)
            return
        if tally.to_json() != frozen.tally.to_json():
            yield Finding("verdict.tally", where)
        computed = judged(this, tally, recirculated=recirculated, now=frozen.frozen_at)
        if computed.to_json() != frozen.verdict.to_json():
            yield Finding("verdict.answer", where)

    def _missing(self, code: str, noun: str, numbers: Iterable[int]) -> None:
        self.findings += [Finding(code, f"{noun}:{number}") for number in sorted(numbers)]

    def _found(self, code: str, where: str) -> None:
        self.findings.append(Finding(code, where))
