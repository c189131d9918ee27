"""Leaving the table, alone or into another organisation; what was said before stands.

Source: ``docs/organisations.md``, "Leaving and merging".
"""

from datetime import datetime

from coalition.domain.deliberation.rolls import Change
from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.domain.people import departures as rules
from coalition.domain.people.departures import Departure
from coalition.domain.people.organisations import OrganisationStatus
from coalition.domain.people.seats import ending
from coalition.store.database import Connection, Database
from coalition.store.deliberation import departures as store
from coalition.store.deliberation import roll_changes
from coalition.store.ground import audit, tokens
from coalition.store.people import organisations, seats


def leave(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    organisation_id: OrganisationId,
    successor_id: OrganisationId | None = None,
    reason: str,
    token: str,
) -> None:
    """Note that an organisation leaves now: nobody acts for it any more.

    It is taken off the roll of each round that has not ended and that it has not answered,
    unless nobody else is on it. An answer it gave stands and counts, an objection among them:
    it was given by an organisation of the table. Its name stays its own, so a successor is found
    by its own name.

    Args:
        successor_id: The organisation it merges into, or None.
        reason: What members read beside the rolls.

    Audited as ``organisation.left``, with ``seat.ended`` and ``roll.removed`` for what it ends.

    Raises:
        PermissionMissing: only conveners and administrators.
        TextMissing, TextTooLong, TextUnreadable: the reason.
        OrganisationNotFound, LeftAlready, SuccessorUnfit.
    """
    person = require(actor, Permission.EDIT_ORGANISATION)
    why = text.paragraphs(reason, "reason")
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "organisation.leave"):
            return
        this = organisations.get(conn, organisation_id)
        successor = organisations.get(conn, successor_id) if successor_id is not None else None
        rules.require_leaving(this, successor)
        _end_seats(conn, person, organisation_id, now)
        _leave_rolls(conn, person, organisation_id, why, now)
        left = OrganisationStatus.LEFT
        organisations.set_status(conn, organisation_id, left, merged_into=successor_id)
        _record(conn, person, "organisation.left", organisation_id, now, merged_into=successor_id)
        tokens.keep(conn, token, "organisation.leave", str(organisation_id), at=now)


def foresee(
    db: Database, *, actor: Actor | None, organisation_id: OrganisationId, now: datetime
) -> Departure:
    """Return what the leaving of an organisation would touch, before it is done.

    Raises:
        PermissionMissing: only conveners and administrators.
    """
    require(actor, Permission.EDIT_ORGANISATION)
    with db.reading() as conn:
        return Departure(
            holders=len(seats.list_unended(conn, now, organisation_id=organisation_id)),
            rounds=len(store.on_rolls(conn, organisation_id, now)),
            championed=store.championing(conn, organisation_id, now),
        )


def _end_seats(
    conn: Connection, person: Actor, organisation_id: OrganisationId, now: datetime
) -> None:
    for holding in seats.list_unended(conn, now, organisation_id=organisation_id):
        seats.end(conn, holding.id, at=ending(holding.window, now).to_at or now)
        detail = {"seat": holding.id, "account": holding.account_id}
        _record(conn, person, "seat.ended", organisation_id, now, **detail)


def _leave_rolls(
    conn: Connection, person: Actor, organisation_id: OrganisationId, why: str, now: datetime
) -> None:
    for one in store.on_rolls(conn, organisation_id, now):
        if one.answered or one.roll_size == 1:
            continue
        roll_changes.record(
            conn,
            one.round_id,
            organisation_id,
            Change.REMOVED,
            reason=why,
            made_by=person.account_id,
            at=now,
        )
        detail = {"organisation": organisation_id}
        subject = f"round:{one.round_id}"
        audit.append(conn, person.label, "roll.removed", subject, at=now, detail=detail)


def _record(
    conn: Connection,
    person: Actor,
    action: str,
    organisation_id: OrganisationId,
    now: datetime,
    **detail: object,
) -> None:
    subject = f"organisation:{organisation_id}"
    audit.append(conn, person.label, action, subject, at=now, detail=detail)
