"""The change stamp of a table: it moves with every deed, because every deed is audited."""

from coalition.store.database import Database
from coalition.store.ground import audit


def head(db: Database) -> str:
    """Return the digest of the last audit entry, which stands for all of history before it.

    The digest and not the number: a database put back from a copy reaches the same number
    again with another history.
    """
    with db.reading() as conn:
        return audit.head(conn)[1]
