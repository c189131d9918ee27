"""The ballots of one round, replayed one by one against roll, window, text and chain."""

from collections.abc import Iterator, Mapping

from coalition.domain.deliberation.ballots import Ballot, BallotId, Words
from coalition.domain.deliberation.counts import counts, is_carried
from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.ground.permissions import Capacity, OrganisationId
from coalition.domain.table.findings import Finding
from coalition.services.table.verifying.chain import Cast, Told
from coalition.services.table.verifying.rolls import Roll
from coalition.services.table.verifying.versions import Texts
from coalition.store.deliberation.ballots import Kept


class Count:
    """Takes a round's ballots in the order they were cast and counts what stands."""

    def __init__(
        self, this: Round, roll: Roll, texts: Texts, told: Told, seals: Mapping[BallotId, str]
    ) -> None:
        self.this = this
        self.texts = texts
        self.seals = seals
        self.roll = roll
        self.told = told
        self.findings: list[Finding] = []
        self._standing: dict[OrganisationId, Kept] = {}

    def take(self, kept: Kept) -> None:
        """Check one ballot and let it stand in place of its organisation's last."""
        cast = kept.ballot
        entry = self.told.ballots.pop(cast.id, None)
        if not self.roll.held(cast.organisation_id, entry.changes if entry else 0):
            self.findings.append(Finding("ballot.roll", f"ballot:{cast.id}"))
        codes = (*self._on_terms(cast), *self._in_chain(cast, entry), *self._words(kept))
        self.findings += [Finding(code, f"ballot:{cast.id}") for code in codes]
        self._standing[cast.organisation_id] = kept

    def tally(self) -> Tally:
        """Return the count of what stands; the roll keeps out who is not on it."""
        standing = [
            kept
            for org, kept in self._standing.items()
            if org in self.roll.now and self._counts(kept.ballot)
        ]
        stances = [kept.ballot.stance for kept in standing if kept.ballot.stance]
        return Tally.of(
            stances,
            eligible=self.this.roll_size,
            objections_without_reason=sum(_is_reasonless(kept) for kept in standing),
        )

    def _on_terms(self, cast: Ballot) -> Iterator[str]:
        if cast.stance is not None and cast.stance not in self.this.stances:
            yield "ballot.stance"
        before = self._standing.get(cast.organisation_id)
        if cast.replaces != (before.ballot.id if before else None):
            yield "ballot.replaces"

    def _counts(self, cast: Ballot) -> bool:
        return counts(
            self.this.terms,
            carried=is_carried(self.this, cast.version_id, cast.stance),
            recorded=cast.capacity is Capacity.RECORDED,
        )

    def _in_chain(self, cast: Ballot, entry: Cast | None) -> Iterator[str]:
        if entry is None:
            yield "ballot.untold"
            return
        if entry.digest != cast.digest() or entry.round_id != cast.round_id:
            yield "ballot.digest"
        if entry.evidence != self.seals.get(cast.id, ""):
            yield "ballot.evidence"
        if not self.texts.was_in_force(cast.version_id, entry.seq):
            yield "ballot.version"
        closes_at = entry.closes_at or self.this.first_closes_at
        is_inside = self.this.opens_at <= cast.cast_at < closes_at
        if entry.was_ended or not is_inside:
            yield "ballot.window"

    def _words(self, kept: Kept) -> Iterator[str]:
        if kept.words is None:
            yield "ballot.words_gone"
        elif kept.erased_at is None:
            if kept.words.sealed(kept.salt) != kept.ballot.words_hash:
                yield "ballot.words"
        elif kept.words != Words() or kept.salt:
            yield "ballot.words"
        elif kept.ballot.cast_by not in self.told.erased:
            yield "ballot.erased_untold"


def _is_reasonless(kept: Kept) -> bool:
    """Say whether an objection stands without a reason; erasing words takes none away."""
    if kept.ballot.stance is not Stance.OBJECT or kept.erased_at is not None:
        return False
    return kept.words is None or not kept.words.reason
