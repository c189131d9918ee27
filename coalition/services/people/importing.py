"""Organisations from a file: all rows or none, and a second run changes nothing."""

from dataclasses import dataclass

from coalition.domain.ground import text
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.sheets import Fault, Row, SheetRefused
from coalition.domain.people import importing as rules
from coalition.domain.people.organisations import OrganisationNameTaken, Profile
from coalition.store.database import Connection, Database
from coalition.store.ground import audit
from coalition.store.people import organisations as store

OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row imported before that now says something else; the table's word stays.

    Args:
        field: The first column that differs.
    """

    line: int
    field: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Args:
        added: Rows stored.
        known: Rows that an earlier run stored; nothing of them was changed.
        differences: Those of ``known`` that differ from the table.
    """

    added: int
    known: int
    differences: tuple[Difference, ...]


def import_organisations(db: Database, clock: Clock, *, data: bytes) -> Imported:
    """Store the organisations of a CSV file that are not at the table yet.

    A row is known again by its own id. What is at the table is never overwritten by a
    file: people may have corrected it there, so a row that differs is only named.
    Each is audited as ``organisation.added`` by ``operator``.

    Raises:
        SheetRefused: with every fault; nothing was stored.
    """
    rows = rules.read(data)
    with db.writing() as conn:
        now = clock()
        known = store.by_import_id(conn)
        new = [row for row in rows if row.import_id not in known]
        _require_free(conn, new)
        for row in new:
            organisation_id = store.add(conn, row.content, at=now, import_id=row.import_id)
            audit.append(
                conn,
                OPERATOR,
                "organisation.added",
                f"organisation:{organisation_id}",
                at=now,
                detail={"kind": row.content.kind, "votes": row.content.votes},
            )
    differences = [
        Difference(row.line, column)
        for row in rows
        if row.import_id in known
        and (column := rules.differs_in(known[row.import_id].profile, row.content))
    ]
    return Imported(len(new), len(rows) - len(new), tuple(differences))


def _require_free(conn: Connection, rows: list[Row[Profile]]) -> None:
    taken = store.names_taken(conn)
    faults = [
        Fault(row.line, "name", OrganisationNameTaken(field="name", name=row.content.name))
        for row in rows
        if text.key(row.content.name) in taken
    ]
    if faults:
        raise SheetRefused(faults)
