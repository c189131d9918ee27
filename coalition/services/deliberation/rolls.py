"""The roll after a round was opened: adding who may vote, taking off who has not answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from coalition.domain.deliberation.rolls import (
    Change,
    ChangeMissing,
    MayNotVote,
    RollChange,
    require_changeable,
    require_removable,
)
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground import text as hygiene
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.store.database import Connection, Database
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import roll_changes as store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.ground import audit
from coalition.store.people import organisations as organisations_store

__all__ = ["Change", "Choices", "RollChange", "change_roll", "choices"]


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom a convener can add or take off, by name in the order of names."""

    addable: Mapping[OrganisationId, str]
    removable: Mapping[OrganisationId, str]


def change_roll(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    round_id: RoundId,
    organisation_id: OrganisationId | None,
    change: Change | None,
    reason: str,
) -> None:
    """Add an organisation to a round's roll, or take one off, with a reason members read.

    Doing it twice does it once. Audited as ``roll.added`` or ``roll.removed``.

    Raises:
        PermissionMissing: only conveners.
        ChangeMissing: what to do, or with whom, was not chosen.
        TextMissing: the reason is blank.
        RoundNotFound, RoundClosed: the round has ended.
        OrganisationNotFound, MayNotVote: it cannot be added.
        HasAnswered, LastOnRoll: it cannot be taken off.
    """
    person = require(actor, Permission.RUN_ROUND)
    if organisation_id is None or change is None:
        raise ChangeMissing(field="change")
    why = hygiene.paragraphs(reason, "reason")
    with db.writing() as conn:
        now = clock()
        this = rounds_store.undecided(conn, round_id)
        require_changeable(this, now=now)
        roll = rounds_store.rolls(conn, [round_id])[round_id]
        if (organisation_id in roll) is (change is Change.ADDED):
            return
        _require(conn, round_id, organisation_id, change, roll)
        store.record(
            conn,
            round_id,
            organisation_id,
            change,
            reason=why,
            made_by=person.account_id,
            at=now,
        )
        detail = {"organisation": organisation_id}
        subject = f"round:{round_id}"
        audit.append(conn, person.label, f"roll.{change}", subject, at=now, detail=detail)


def choices(db: Database, *, actor: Actor | None, round_id: RoundId) -> Choices:
    """Return whom a convener can add to a round's roll or take off it.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.RUN_ROUND)
    with db.reading() as conn:
        roll = rounds_store.roll(conn, round_id)
        voting = frozenset(organisations_store.voting_ids(conn))
        names = organisations_store.names(conn)
        given = tallies_store.stances(conn, [round_id])
    return Choices(
        {one: name for one, name in names.items() if one in voting and one not in roll},
        {one: name for one, name in roll.items() if (round_id, one) not in given},
    )


def _require(
    conn: Connection,
    round_id: RoundId,
    organisation_id: OrganisationId,
    change: Change,
    roll: frozenset[OrganisationId],
) -> None:
    if change is Change.ADDED:
        organisations_store.get(conn, organisation_id)
        if organisation_id not in organisations_store.voting_ids(conn):
            raise MayNotVote
        return
    latest = ballots_store.standing(conn, round_id, organisation_id)
    require_removable(roll, has_answered=latest is not None and latest.stance is not None)
