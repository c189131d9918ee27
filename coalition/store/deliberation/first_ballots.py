"""The first ballot of an organisation's own seat, out of the history of ballots."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from coalition.domain.ground.permissions import Capacity, OrganisationId
from coalition.store.schema import ballot as ballots


def first_ballot_at(conn: Connection, organisation_id: OrganisationId) -> datetime | None:
    """Return when an organisation's own seat first cast a ballot, or None.

    One that a convener recorded for it is not its own.
    """
    at: datetime | None = conn.scalar(
        select(func.min(ballots.c.cast_at)).where(
            ballots.c.organisation_id == organisation_id,
            ballots.c.capacity != Capacity.RECORDED,
        )
    )
    return at
