"""Standing ballots, counted: tallies, stances by organisation, supporters."""

from collections.abc import Collection, Iterable

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
)

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.counts import Count, Given, Group
from coalition.domain.deliberation.counts import counts as may_count
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.ground.permissions import Capacity, OrganisationId
from coalition.store.schema import (
    ballot,
    ballot_words,
    consensus_round,
    dissent,
    organisation,
    text_version,
)

# Built once: building a statement costs more than running it.
_LATER = ballot.alias("later")


NOT_REPLACED = ~select(_LATER.c.id).where(_LATER.c.replaces_id == ballot.c.id).exists()
# What ``counts.is_carried`` says of a ballot, in SQL.
CARRIED = and_(
    ballot.c.version_id < consensus_round.c.substantive_version_id,
    ballot.c.stance != Stance.RECUSED,
)
RECORDED = ballot.c.capacity == Capacity.RECORDED
# One whose words were erased had its reason: it could not have been cast without, so
# erasing a person's words never moves a verdict.
_NO_REASON = and_(
    ballot.c.stance == Stance.OBJECT,
    ballot_words.c.reason == "",
    ballot_words.c.erased_at.is_(None),
)
_STANCE = {one.value: one for one in Stance}
_STANDS = and_(NOT_REPLACED, ballot.c.stance != WITHDRAWN)
_WITH_ROUND = ballot.join(consensus_round, consensus_round.c.id == ballot.c.round_id)
_KIND = (ballot.c.round_id, ballot.c.stance, CARRIED.label("carried"), RECORDED.label("recorded"))
_COUNTS = (
    select(
        *_KIND,
        func.count().label("n"),
        func.sum(case((_NO_REASON, 1), else_=0)).label("without"),
    )
    .select_from(
        _WITH_ROUND.outerjoin(  # an objection's words alone matter: no others are looked for
            ballot_words,
            and_(ballot_words.c.ballot_id == ballot.c.id, ballot.c.stance == Stance.OBJECT),
        )
    )
    .where(ballot.c.round_id.in_(bindparam("ids", expanding=True)), _STANDS)
    .group_by(*_KIND)
)
_IN_ROUNDS = ballot.c.round_id.in_(bindparam("ids", expanding=True))
_OF_ONE = ballot.c.organisation_id == bindparam("organisation_id")
_GIVEN = (
    select(*_KIND, ballot.c.organisation_id, text_version.c.number)
    .select_from(_WITH_ROUND.join(text_version, text_version.c.id == ballot.c.version_id))
    .where(_STANDS, _IN_ROUNDS)
)
_GIVEN_OF = _GIVEN.where(_OF_ONE)
_STANCES = select(ballot.c.round_id, ballot.c.organisation_id, ballot.c.stance).where(
    _IN_ROUNDS, _STANDS
)
_STANCES_OF = _STANCES.where(_OF_ONE)
_LEFT = (
    select(dissent.c.id)
    .where(
        dissent.c.round_id == ballot.c.round_id,
        dissent.c.organisation_id == ballot.c.organisation_id,
        dissent.c.kind == "dissociation",
        dissent.c.withdrawn_at.is_(None),
    )
    .exists()
)
_SUPPORTERS = (
    select(*_KIND, organisation.c.name)
    .select_from(_WITH_ROUND.join(organisation, organisation.c.id == ballot.c.organisation_id))
    .where(
        ballot.c.round_id.in_(bindparam("ids", expanding=True)),
        ballot.c.stance.in_([Stance.SUPPORT, Stance.SUPPORT_WITH_RESERVATIONS]),
        NOT_REPLACED,
        ~_LEFT,
    )
    .order_by(organisation.c.name_key)
)


def has_answered(
    organisation_id: OrganisationId | BindParameter[int],
) -> ColumnElement[bool]:
    """Return the condition that an organisation's own answer to a round stands confirmed.

    To be asked of ``consensus_round``: an answer on an earlier text, or one that a
    convener entered, still waits for the organisation.
    """
    return exists().where(
        ballot.c.round_id == consensus_round.c.id,
        ballot.c.organisation_id == organisation_id,
        _STANDS,
        ~RECORDED,
        ~CARRIED,
    )


def counts(conn: Connection, rounds: Iterable[Round]) -> dict[RoundId, Count]:
    """Return the standing ballots of several rounds, counted, in one query."""
    found: dict[RoundId, list[Group]] = {one.id: [] for one in rounds}
    for row in conn.execute(_COUNTS, {"ids": list(found)}):
        group = Group(Stance(row.stance), row.carried, row.recorded, row.n, row.without)
        found[RoundId(row.round_id)].append(group)
    return {round_id: Count(tuple(groups)) for round_id, groups in found.items()}


def tallies(conn: Connection, rounds: Collection[Round]) -> dict[RoundId, Tally]:
    """Return what reaches the engine of several rounds under their terms, in one query."""
    found = counts(conn, rounds)
    return {one.id: found[one.id].tally(one.terms, eligible=one.roll_size) for one in rounds}


def given(
    conn: Connection, ids: Iterable[int], *, organisation_id: OrganisationId | None = None
) -> dict[tuple[RoundId, OrganisationId], Given]:
    """Return every standing stance of several rounds with what is unconfirmed about it.

    Args:
        organisation_id: Only this organisation's.
    """
    query = _GIVEN if organisation_id is None else _GIVEN_OF
    asked = {"ids": list(ids), "organisation_id": organisation_id}
    return {
        (row.round_id, row.organisation_id): Given(
            Stance(row.stance), row.number, carried=row.carried, recorded=row.recorded
        )
        for row in conn.execute(query, asked)
    }


def stances(
    conn: Connection, ids: Iterable[int], *, organisation_id: OrganisationId | None = None
) -> dict[tuple[RoundId, OrganisationId], Stance]:
    """Return every standing stance of several rounds, in one query.

    Args:
        organisation_id: Only this organisation's.
    """
    query = _STANCES if organisation_id is None else _STANCES_OF
    asked = {"ids": list(ids), "organisation_id": organisation_id}
    return {
        (round_id, who): _STANCE[stance]
        for round_id, who, stance in conn.execute(query, asked).all()
    }


def supporters(conn: Connection, rounds: Iterable[Round]) -> dict[RoundId, tuple[str, ...]]:
    """Return the names of the organisations that support, by round, in the order of names.

    Whose ballot the round's terms leave out is not among them, nor who has dissociated.
    """
    terms = {one.id: one.terms for one in rounds}
    found: dict[RoundId, tuple[str, ...]] = {}
    for row in conn.execute(_SUPPORTERS, {"ids": list(terms)}):
        if may_count(terms[row.round_id], carried=row.carried, recorded=row.recorded):
            found[row.round_id] = (*found.get(row.round_id, ()), row.name)
    return found
