"""Taking the demonstration away, and nothing that people have added."""

from coalition.domain.ground.errors import RuleBroken
from coalition.services.table import readiness
from coalition.services.table.demonstration import is_half_loaded, logins
from coalition.store.database import Database
from coalition.store.table import samples


class OwnTable(RuleBroken):
    """The table is a coalition's own, not the demonstration."""

    code = "table.own"


class OwnRows(RuleBroken):
    """People have added something of their own to the demonstration."""

    code = "table.own_rows"


def require_removable(db: Database) -> None:
    """Stop unless everything in the database belongs to the demonstration.

    Raises:
        OwnTable: it holds another table.
        OwnRows: with what was added, by kind, and how many deeds people did since the loading.
        TableMissing, DatabaseMissing: there is nothing to remove.
    """
    if not readiness.require_table(db).is_demonstration:
        raise OwnTable
    if is_half_loaded(db):
        return
    with db.reading() as conn:
        added = samples.own_rows(conn)
        deeds = samples.own_deeds(conn)
    if deeds:
        added["deeds"] = deeds
    if added:
        raise OwnRows(rows=", ".join(f"{name} {n}" for name, n in added.items()))


def remove(db: Database) -> None:
    """Delete the demonstration's database: the SQLite file and what lies beside it, or our tables.

    Nothing can be audited here: the chain goes with its table.

    Raises:
        As ``require_removable``; then nothing was removed.
    """
    require_removable(db)
    accounts = logins.path(db)
    file = readiness.file_of(db)
    if file is None:
        samples.drop_all(db)
    else:
        db.dispose()
        for suffix in ("", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    accounts.unlink(missing_ok=True)
