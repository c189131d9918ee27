"""The promise of an answer, measured for everybody to read."""

from datetime import datetime

from coalition.domain.people import promises as rules
from coalition.domain.people.promises import Measured
from coalition.store.database import Database
from coalition.store.ground import profile
from coalition.store.people import inquiries


def measured(db: Database, *, now: datetime) -> Measured | None:
    """Return how the promise was kept within the last year, or None where too few were answered.

    Everybody may read it: it holds counts and no inquiry.
    """
    with db.reading() as conn:
        table = profile.find(conn)
        waits = inquiries.list_waits(conn, since=now - rules.YEAR)
    return rules.measure(waits, now, table.zone if table else "UTC")
