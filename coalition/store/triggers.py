"""The guards that live in the database: history is written once.

Dropped by any rebuild of their table (SQLite's batch migrations rebuild), so
every migration ends with ``install``.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Inspector, inspect, text

from coalition.store.schema import APPEND_ONLY, FROZEN

_FUNCTION = """
CREATE OR REPLACE FUNCTION history_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END
$$
"""


def install(connection: Connection) -> None:
    """Install every guard on the tables and columns there are, in place of what was there.

    An old migration runs before later tables exist, hence only those there are.
    """
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text(_FUNCTION))
    for table, deed in _guards(inspect(connection)):
        if sqlite and deed != "TRUNCATE":
            connection.execute(text(f"DROP TRIGGER IF EXISTS {_name(table, deed)}"))
            connection.execute(text(_sqlite(table, deed)))
        elif not sqlite:
            connection.execute(text(_postgres(table, deed)))


def installed(connection: Connection) -> tuple[str, ...]:
    """Return the names of the guards that are there, sorted."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kept_%'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'kept_%'"
    )
    return tuple(sorted(connection.scalars(text(query))))


def missing(connection: Connection) -> tuple[str, ...]:
    """Return the names of the guards that are not there, or not as they were installed."""
    if connection.dialect.name == "sqlite":
        said = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = {row.name: row.sql for row in connection.execute(said)}
        wanted = [one for one in _guards(inspect(connection)) if one[1] != "TRUNCATE"]
        return tuple(
            sorted(_name(*one) for one in wanted if found.get(_name(*one)) != _sqlite(*one))
        )
    names = {_name(table, deed) for table, deed in _guards(inspect(connection))}
    active = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
    return tuple(sorted(names - set(connection.scalars(active))))


def _guards(there: Inspector) -> Iterator[tuple[str, str]]:
    tables = set(there.get_table_names())
    for table in (name for name in (*APPEND_ONLY, *FROZEN) if name in tables):
        fixed = [c["name"] for c in there.get_columns(table) if c["name"] in FROZEN.get(table, ())]
        yield table, f"UPDATE OF {', '.join(fixed)}" if fixed else "UPDATE"
        yield table, "DELETE"
        yield table, "TRUNCATE"


def _name(table: str, deed: str) -> str:
    return f"kept_{table}_{deed.split(maxsplit=1)[0].lower()}"


def _sqlite(table: str, deed: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _postgres(table: str, deed: str) -> str:
    each = "STATEMENT" if deed == "TRUNCATE" else "ROW"
    return (
        f"CREATE OR REPLACE TRIGGER {_name(table, deed)} BEFORE {deed} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION history_is_kept()"
    )
