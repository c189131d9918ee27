"""Faults of the database, told as refusals a person can act on."""

from sqlalchemy.exc import DBAPIError, IntegrityError

from coalition.domain.ground.errors import CoalitionError, Conflict, Unavailable


class DatabaseBusy(Unavailable):
    """Another writer held the database for too long."""

    code = "database.busy"


class DatabaseReadOnly(Unavailable):
    """The file or its folder may not be written."""

    code = "database.read_only"


class DatabaseFull(Unavailable):
    """The disk has no room."""

    code = "database.full"


class DatabaseUnreachable(Unavailable):
    """The server does not answer, or the file cannot be opened."""

    code = "database.unreachable"


class DatabaseUnknown(Unavailable):
    """The address names no database that this program knows."""

    code = "database.unknown"


class DatabaseDamaged(Unavailable):
    """The file is no SQLite database, or parts of it were overwritten."""

    code = "database.damaged"


class DatabaseNewer(Unavailable):
    """A newer version of this program has migrated the database."""

    code = "database.newer"


class DatabaseUnmigrated(Unavailable):
    """The database has no table yet, or one from an older version."""

    code = "database.unmigrated"


class AlreadyThere(Conflict):
    """What was to be unique exists already; somebody was first."""

    code = "database.already_there"


class HistoryKept(CoalitionError):
    """Something tried to change a row of history; the database refused."""

    code = "database.history_kept"


_SIGNS = (  # what the drivers say, SQLite's and PostgreSQL's, and what it means
    ("is append-only", HistoryKept),
    ("database is locked", DatabaseBusy),
    ("lock timeout", DatabaseBusy),
    ("readonly database", DatabaseReadOnly),
    ("read-only transaction", DatabaseReadOnly),
    ("disk is full", DatabaseFull),
    ("no space left", DatabaseFull),
    ("no such table", DatabaseUnmigrated),
    ("does not exist", DatabaseUnmigrated),
    ("disk image is malformed", DatabaseDamaged),
    ("file is not a database", DatabaseDamaged),
    ("unable to open database", DatabaseUnreachable),
    ("connection refused", DatabaseUnreachable),
    ("could not translate host", DatabaseUnreachable),
    ("connection failed", DatabaseUnreachable),
)


def translated(fault: DBAPIError) -> Exception:
    """Return the refusal that ``fault`` means, or the fault itself if it is a bug."""
    said = str(fault.orig).lower()
    for sign, kind in _SIGNS:
        if sign in said:
            return kind()
    return AlreadyThere() if isinstance(fault, IntegrityError) and "unique" in said else fault
