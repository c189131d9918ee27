"""Whether there is a database, of this program's version, with a table in it."""

from pathlib import Path

from coalition.domain.ground.errors import NotFound, RuleBroken
from coalition.domain.ground.profile import TableProfile
from coalition.store import migration
from coalition.store.database import Database
from coalition.store.ground import profile
from coalition.store.table import soundness


class DatabaseMissing(NotFound):
    """The SQLite file does not exist; ``facts["path"]`` is where it was looked for."""

    code = "table.database_missing"


class TableMissing(NotFound):
    """The database is there and ready, but holds no table yet."""

    code = "table.missing"


class FolderMissing(RuleBroken):
    """The folder of the SQLite file does not exist and cannot be made."""

    code = "table.folder_missing"


def missing_guards(db: Database) -> tuple[str, ...]:
    """Return the names of guards of history and of unique indexes that are gone or changed.

    Raises:
        Unavailable: the database cannot be read.
    """
    with db.reading() as conn:
        return soundness.missing_guards(conn)


def file_of(db: Database) -> Path | None:
    """Return the file a SQLite database lies in; None for PostgreSQL and for memory."""
    named = db.url.database if db.is_sqlite else None
    if not named or ":memory:" in named:
        return None
    return Path(named.removeprefix("file:").partition("?")[0])


def require_ready(db: Database) -> None:
    """Stop unless ``db`` can be worked with as it is.

    Looks before it connects: connecting would make an empty file.

    Raises:
        DatabaseMissing: there is no such file.
        DatabaseUnmigrated, DatabaseNewer: it is of another version.
        Unavailable: it cannot be read.
    """
    path = file_of(db)
    if path is not None and not path.exists():
        raise DatabaseMissing(path=str(path))
    migration.require_current(db)


def require_table(db: Database) -> TableProfile:
    """Return whose table it is.

    Raises:
        TableMissing: neither ``init`` nor ``demo`` has made one; and as ``require_ready``.
    """
    require_ready(db)
    found = find_table(db)
    if found is None:
        raise TableMissing
    return found


def find_table(db: Database) -> TableProfile | None:
    """Return whose table it is, or None before there is one."""
    with db.reading() as conn:
        return profile.find(conn)


def prepare(db: Database) -> bool:
    """Bring the database to this program's version; return whether anything had to be done.

    A new SQLite file is made readable by its owner alone.

    Raises:
        FolderMissing: its folder cannot be made.
        DatabaseNewer, Unavailable: nothing was changed.
    """
    path = file_of(db)
    if path is not None and not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        except OSError as fault:
            raise FolderMissing(path=str(path.parent)) from fault
    return migration.migrate(db)


def differences(url: str) -> tuple[str, ...]:
    """Migrate the empty database at ``url`` and return what it and the schema disagree about."""
    db = Database(url)
    try:
        migration.migrate(db)
        with db.reading() as conn:
            return tuple(str(one) for one in migration.differences(conn))
    finally:
        db.dispose()


def write_migration(url: str, message: str, number: str) -> None:
    """Write a migration from what the schema has and the migrations do not yet make.

    Args:
        url: An empty database to migrate and compare.
        number: The new revision's name, such as ``0002``.
    """
    db = Database(url)
    try:
        migration.migrate(db)
        migration.write_revision(db, message, number)
    finally:
        db.dispose()
