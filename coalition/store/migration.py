"""From whatever schema a database has to the one this program needs."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from coalition.store.database import Database
from coalition.store.faults import DatabaseNewer, DatabaseUnmigrated, translated
from coalition.store.schema import UtcDateTime, metadata

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(db: Database) -> bool:
    """Bring ``db`` to the newest schema; return whether anything had to be done.

    One transaction, foreign keys off on SQLite while tables may be rebuilt and
    checked before it commits, so that a failed migration leaves all as it was.

    Raises:
        DatabaseNewer: a newer program has migrated it already; nothing was done.
        Unavailable: it cannot be written.
    """
    try:
        with db.engine.connect() as connection:
            if _revision(connection) == _newest():
                return False
            connection.rollback()
            if db.is_sqlite:
                _loosen(connection)
            with connection.begin():
                if db.is_sqlite:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                config = _config()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if db.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("a migration broke a foreign key; it was undone")
            connection.invalidate()  # its foreign keys are off; no one else may have it
    except CommandError as unknown:
        raise DatabaseNewer from unknown
    except DBAPIError as fault:
        raise translated(fault) from fault
    return True


def require_current(db: Database) -> None:
    """Stop unless ``db`` has exactly the schema this program needs.

    Raises:
        DatabaseUnmigrated: it is older or empty: ``python -m coalition migrate``.
        DatabaseNewer: it is newer: install the newer program.
    """
    with db.reading() as connection:
        found = _revision(connection)
    if found == _newest():
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    raise DatabaseUnmigrated if found is None or found in known else DatabaseNewer


def differences(connection: Connection) -> list[Any]:
    """Return what the tables in ``schema`` and a migrated database disagree about."""
    there = MigrationContext.configure(connection, opts=compare())
    return list(compare_metadata(there, metadata))


def compare() -> dict[str, Any]:
    """Return Alembic's options, shared by the check and by new migrations."""
    return {"compare_type": True, "render_item": _rendered, "render_as_batch": True}


def write_revision(db: Database, message: str, number: str) -> None:
    """Write a new migration from what a migrated database lacks; a developer reads and mends it.

    Args:
        number: The new revision's name, such as ``0002``.
    """
    with db.engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.revision(config, message=message, autogenerate=True, rev_id=number)


def _loosen(connection: Connection) -> None:
    """Switch SQLite's foreign keys off on this connection, while no transaction is open.

    Inside one the pragma does nothing.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.rollback()


def _rendered(kind: str, item: object, _context: object) -> str | bool:
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config
