"""The demonstration's accounts, kept where its owner alone can read them.

Only for the demonstration: so that a later run can print the accounts again. The
file names the database it belongs to by the first entry of its chain.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from coalition import settings
from coalition.services.table.demonstration.people import Login
from coalition.services.table.readiness import file_of
from coalition.store.database import Database
from coalition.store.ground import audit

SUFFIX = "-accounts"  # after the name of the database's file


def path(db: Database) -> Path:
    """Return where the accounts of this database's demonstration are kept."""
    file = file_of(db)
    if file is None:
        return settings.from_environment().key_file.parent / f"demonstration.db{SUFFIX}"
    return file.with_name(file.name + SUFFIX)


def keep(db: Database, made: Sequence[Login]) -> Path:
    """Write the accounts to a file that only its owner can read; return where."""
    home = path(db)
    home.unlink(missing_ok=True)
    handle = os.open(home, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with db.reading() as conn:
        told = {"of": audit.birthmark(conn), "accounts": [asdict(one) for one in made]}
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(told, file, indent=1)
    return home


def find(db: Database) -> tuple[Login, ...]:
    """Return the accounts kept for this very database; none where the file is of another."""
    try:
        told = json.loads(path(db).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    with db.reading() as conn:
        if told.get("of") != audit.birthmark(conn):
            return ()
    return tuple(Login(**one) for one in told["accounts"])
