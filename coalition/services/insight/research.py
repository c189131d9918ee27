"""The research export: the archive as files from which a stranger computes every figure again."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from io import BytesIO, StringIO
from typing import TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.counts import counts
from coalition.domain.deliberation.proposals import Proposal, ProposalId, VersionId
from coalition.domain.deliberation.rounds import NEVER, Round, RoundId, RoundKind, Status
from coalition.domain.deliberation.stances import STANCES
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.ground.sheet_cells import csv_cell
from coalition.domain.insight import codebook, measures
from coalition.domain.insight.wishes import Grouping, groups_of
from coalition.domain.people.organisations import Organisation
from coalition.services.deliberation.objection_access import is_told
from coalition.services.deliberation.standings import Standing, standings
from coalition.services.insight import least_on_board, stance_bars
from coalition.services.insight.least_on_board import Support
from coalition.services.insight.research_courses import courses
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.deliberation import objections as objections_store
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.insight import archive
from coalition.store.people import organisations as organisations_store
from coalition.store.people import seats as seats_store

BATCH = 1_000  # rounds or proposals asked for at once: databases bound a statement's numbers
T = TypeVar("T")
Row = Sequence[object]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some rounds with what stands beside each."""

    rounds: Sequence[Round]
    stand: Mapping[RoundId, Standing]
    proposals: Mapping[ProposalId, Proposal]
    numbers: Mapping[VersionId, int]
    groups: Mapping[Grouping, Mapping[RoundId, Support]]

    @property
    def shown(self) -> dict[RoundId, Round]:
        """The rounds whose stances the person may see."""
        return {one.id: one for one in self.rounds if self.stand[one.id].sight.stances}


def research(db: Database, *, actor: Actor | None, now: datetime) -> bytes:
    """Return a ZIP of UTF-8 CSV files, described column by column in ``dictionary.csv``.

    Of a round that hides its stances there is the round and who on its roll has answered, no
    ballot, no objection that a ballot raised, and no measure. Of a draft there is its pillar
    and when it was begun. What people wrote in their own words is in none: it
    can be erased here, and not in a file that was taken away. No cell is a formula.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    tables: Tables = {name: [] for name in codebook.FILES}
    with db.reading() as conn:
        rounds = archive.rounds(conn)
        for these in _batches(rounds):
            _add_rounds(tables, conn, _batch(conn, person, these, now), now)
        for ids in _batches(archive.proposal_ids(conn)):
            proposals = proposals_store.get_many(conn, ids)
            tables["objections"] += _objections(conn, proposals, now)
            asked = {one.proposal_id for one in rounds if one.is_open(now)}.intersection(ids)
            for name, added in courses(conn, proposals, asked).items():
                tables[name] += added
        covered = seats_store.covered(conn, now)
        tables["organisations"] += [
            (*_organisation(one), *covered.get(one.id, (None, None)))
            for one in organisations_store.list_all(conn)
        ]
    tables["export"].append((now,))
    tables["dictionary"] += codebook.described()
    return _zipped(tables, now)


def _batches(every: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]


def _batch(conn: Connection, person: Actor, these: Sequence[Round], now: datetime) -> _Batch:
    stand = standings(conn, person, these, now=now)
    proposals = proposals_store.get_many(conn, {one.proposal_id for one in these})
    texts = {one.first_version_id for one in these} | {one.substantive_version_id for one in these}
    shown = [one for one in these if stand[one.id].sight.stances]
    groups = {
        by: {
            one.round.id: one
            for one in least_on_board.supports(conn, shown, proposals, grouping=by)
        }
        for by in Grouping
    }
    return _Batch(these, stand, proposals, archive.numbers(conn, texts), groups)


def _add_rounds(tables: Tables, conn: Connection, batch: _Batch, now: datetime) -> None:
    rolls = rounds_store.rolls(conn, [one.id for one in batch.rounds])
    known = [one.id for one in batch.rounds if batch.stand[one.id].sight.answered]
    heard = archive.answered(conn, known)
    reviews = clearances_store.in_force(conn, known, now)
    for one in batch.rounds:
        tables["rounds"].append(_round(one, batch))
        told = batch.stand[one.id].sight.answered
        for who in sorted(rolls[one.id]):
            at = one.id, who
            tables["roll"].append((*at, *((at in heard, at in reviews) if told else (None, None))))
    for one in batch.shown.values():
        tables["measures"].append(_measures(one, batch, now))
    tables["ballots"] += _ballots(archive.ballots(conn, list(batch.shown)), batch.shown)


def _round(this: Round, batch: _Batch) -> Row:
    standing, proposal = batch.stand[this.id], batch.proposals[this.proposal_id]
    verdict = standing.verdict if standing.status is Status.CLOSED else None
    return (
        this.id,
        proposal.reference,
        proposal.text.title,
        proposal.text.pillar.value,
        this.kind.value,
        standing.status.value,
        this.results.value,
        standing.sight.stances,
        _json(this.rule.to_json()) if this.rule else None,
        this.terms.unconfirmed,
        this.terms.recorded,
        this.roll_size,
        this.version,
        batch.numbers[this.first_version_id],
        batch.numbers[this.substantive_version_id],
        this.opens_at,
        this.runs_from,
        this.first_closes_at,
        None if this.closes_at == NEVER else this.closes_at,
        this.ending.value if this.ending else None,
        verdict.outcome.value if verdict else None,
        verdict.reason if verdict else None,
        _json(dict(verdict.numbers)) if verdict else None,
        standing.frozen,
    )


def _ballots(cast: Iterable[archive.Cast], rounds: Mapping[RoundId, Round]) -> Iterator[Row]:
    places: dict[tuple[int, int], int] = defaultdict(int)
    for one in cast:
        chain = one.round_id, one.organisation_id
        places[chain] += 1
        stands = not one.replaced and one.stance != WITHDRAWN
        terms = rounds[one.round_id].terms
        yield (
            *chain,
            places[chain],
            one.stance,
            one.version,
            one.cast_at,
            one.replaced,
            one.carried,
            one.recorded,
            one.reasoned,
            stands and counts(terms, carried=one.carried, recorded=one.recorded),
        )


def _measures(this: Round, batch: _Batch, now: datetime) -> Row:
    """Return the measures the board shows, of a round whose stances may be seen.

    Where one can only lend a name everybody agrees, so nothing is measured.
    """
    tally = batch.stand[this.id].tally
    if tally is None:
        raise ValueError("stances are hidden")
    counted = (this.id, *(tally.counts[stance] for stance in STANCES), tally.missing)
    if this.kind is RoundKind.SIGN_ON:
        return (*counted, *[None] * (len(codebook.MEASURES) - len(counted)))
    share = stance_bars.bounds(tally, is_open=this.is_open(now))
    scale = measures.on_scale(tally.counts)
    accord = measures.accord(scale)
    return (
        *counted,
        share.now,
        share.worst,
        share.best,
        measures.agreement(scale),
        accord.value if accord else None,
        measures.rice(scale),
        measures.hnr(scale),
        *(cell for by in Grouping for cell in _group(batch.groups[by][this.id])),
    )


def _group(support: Support) -> tuple[Fraction | None, str | None, Fraction | None]:
    least = support.least
    if least is None:
        return None, None, None
    return least.group.share, least.code, support.consensus


def _organisation(this: Organisation) -> Row:
    told = this.profile
    return (
        this.id,
        this.name,
        told.kind.value if told.kind else None,
        this.status.value,
        bool(told.votes),
        told.size.value if told.size else None,
        told.region.value if told.region else None,
        _json(groups_of(told, Grouping.CONDITION)),
        _json([one.value for one in told.perspectives]),
    )


def _objections(
    conn: Connection, proposals: Mapping[ProposalId, Proposal], now: datetime
) -> Iterator[Row]:
    """Yield the objections everybody at the table may know of: the file is passed on."""
    every = objections_store.of_proposals(conn, list(proposals))
    rounds = rounds_store.get_many(conn, {one.round_id for one in every})
    for one in every:
        if is_told(one, rounds, now=now):
            yield (
                one.id,
                proposals[one.proposal_id].reference,
                one.round_id,
                one.organisation_id,
                one.severity.value,
                one.ballot,
                one.version,
                one.raised_at,
                one.state.value,
                one.changed_at,
                one.owner_id is not None,
                one.met_version,
            )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _zipped(tables: Tables, now: datetime) -> bytes:
    told = BytesIO()
    with ZipFile(told, "w") as archived:
        for name, columns in codebook.FILES.items():
            content = _csv([one.name for one in columns], tables[name])
            entry = ZipInfo(f"{name}.csv", now.timetuple()[:6])
            archived.writestr(entry, content, ZIP_DEFLATED)
    return told.getvalue()


def _csv(headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    told = StringIO(newline="")
    writer = csv.writer(told, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return told.getvalue().encode()


def _cell(cell: object) -> object:
    """Return a cell as it is written; numbers first, a large table has a million of them."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return cell
    if isinstance(cell, Fraction):
        return float(cell)
    return cell.isoformat() if isinstance(cell, datetime) else csv_cell(cell)
