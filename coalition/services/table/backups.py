"""A backup that was read again before it counts as one."""

import os
from dataclasses import dataclass
from pathlib import Path

from coalition.domain.ground.errors import Conflict, NotFound, RuleBroken
from coalition.domain.table.findings import Finding, Head
from coalition.services.table.verifying import verify_within
from coalition.store.database import Database
from coalition.store.table import backups as store
from coalition.store.table import history


class BackupExists(Conflict):
    """A file of that name is there; a backup never overwrites one."""

    code = "backup.exists"


class BackupFolderMissing(NotFound):
    """The folder the backup should lie in cannot be written, or is not there."""

    code = "backup.folder_missing"


class BackupElsewhere(RuleBroken):
    """PostgreSQL is backed up by its own tools."""

    code = "backup.elsewhere"


@dataclass(frozen=True, slots=True)
class Backup:
    """What was copied and what the copy says of itself.

    Args:
        rows: Of all tables together.
        damage: What SQLite finds wrong with the copy.
        findings: What ``verify`` finds wrong with its history.
    """

    rows: int
    size: int
    head: Head
    damage: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether the copy can be trusted."""
        return not (self.damage or self.findings)


def back_up(db: Database, path: Path) -> Backup:
    """Copy the database to ``path`` and read the copy again, page by page and entry by entry.

    The file is readable by its owner alone: it holds what the database holds.

    Raises:
        BackupElsewhere: the database is PostgreSQL; use ``pg_dump``.
        BackupExists, BackupFolderMissing: nothing was written.
    """
    if not db.is_sqlite:
        raise BackupElsewhere
    _claim(path)
    store.copy(db, path)
    copied = Database(f"sqlite:///{path}")
    try:
        with copied.reading() as conn:
            damage = store.faults(conn)
            report = verify_within(conn)
            rows = sum(history.row_counts(conn).values())
    finally:
        copied.dispose()
    return Backup(rows, path.stat().st_size, report.head, damage, report.findings)


def _claim(path: Path) -> None:
    """Make the file, empty, unless there is one; nobody else can then take the name."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise BackupExists(path=str(path)) from None
    except OSError as fault:
        raise BackupFolderMissing(path=str(path.parent)) from fault
