"""Proposals from a file: all rows or none, each a draft without a champion."""

from coalition.domain.deliberation import importing as rules
from coalition.domain.ground.moments import Clock
from coalition.services.people.importing import OPERATOR, Difference, Imported
from coalition.store.database import Database
from coalition.store.deliberation import proposals as store
from coalition.store.ground import audit


def import_proposals(db: Database, clock: Clock, *, data: bytes) -> Imported:
    """Store the proposals of a CSV file that are not at the table yet, as drafts.

    Each gets the next reference number, in the order of the file. A row is known
    again by its own id; what is at the table is never overwritten by a file, so a
    row that differs is only named. Each is audited as ``proposal.imported`` by
    ``operator``.

    Raises:
        SheetRefused: with every fault; nothing was stored.
    """
    rows = rules.read(data)
    with db.writing() as conn:
        now = clock()
        known = store.by_import_id(conn)
        new = [row for row in rows if row.import_id not in known]
        for row in new:
            proposal_id = store.add(
                conn,
                row.content,
                reference=store.next_reference(conn, now.year),
                champion_id=None,
                drafted_by=None,
                at=now,
                import_id=row.import_id,
            )
            subject = f"proposal:{proposal_id}"
            audit.append(conn, OPERATOR, "proposal.imported", subject, at=now)
    differences = [
        Difference(row.line, column)
        for row in rows
        if row.import_id in known
        and (column := rules.differs_in(known[row.import_id].text, row.content))
    ]
    return Imported(len(new), len(rows) - len(new), tuple(differences))
