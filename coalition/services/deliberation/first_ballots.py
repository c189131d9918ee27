"""When an organisation first answered by its own seat."""

from datetime import datetime

from coalition.domain.ground.permissions import Actor, OrganisationId, Permission, require
from coalition.store.database import Database
from coalition.store.deliberation import first_ballots as store


def first_ballot_at(
    db: Database, *, actor: Actor | None, organisation_id: OrganisationId
) -> datetime | None:
    """Return when an organisation's own seat first cast a ballot, or None.

    What it said is not told, nor in which round: a convener may know who has answered.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        return store.first_ballot_at(conn, organisation_id)
