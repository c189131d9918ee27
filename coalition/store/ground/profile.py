"""The one row that says whose table this is."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from coalition.domain.ground.profile import TableKind, TableProfile
from coalition.store.schema import coalition_table

_FIND = select(coalition_table)  # asked at every run of every page, so built once


def find(conn: Connection) -> TableProfile | None:
    """Return the table's profile, or None before ``init`` or ``demo`` made one."""
    row = conn.execute(_FIND).first()
    return TableProfile(row.name, row.zone, TableKind(row.kind)) if row else None


def put(conn: Connection, profile: TableProfile, *, at: datetime) -> None:
    """Make the table; a second one is refused by the database."""
    conn.execute(
        insert(coalition_table),
        {
            "id": 1,
            "name": profile.name,
            "zone": profile.zone,
            "kind": profile.kind,
            "created_at": at,
        },
    )
