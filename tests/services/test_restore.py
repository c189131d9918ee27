"""The restore that docs/deploy.md describes, tried on a filled table."""

import shutil

from coalition.domain.table.findings import Head
from coalition.services.table import backups, verifying
from coalition.store.database import Database
from coalition.store.ground import audit
from tests.builders import a_person
from tests.conftest import SettableClock


def test_a_backup_takes_the_place_of_a_table_that_was_lost(demo, tmp_path):
    path = tmp_path / "demo.db"
    before = verifying.verify(demo)
    kept = Head(before.head.seq, before.head.digest)
    backups.back_up(demo, tmp_path / "copy.db")
    a_person(demo, name="Somebody after the backup")
    demo.dispose()
    path.write_bytes(b"a disk that failed")
    for left in ("demo.db-wal", "demo.db-shm"):
        (tmp_path / left).unlink(missing_ok=True)

    shutil.copy(tmp_path / "copy.db", path)
    restored = Database(f"sqlite:///{path}")

    after = verifying.verify(restored, kept=kept)
    assert after.findings == ()
    assert (after.ballots, after.verdicts) == (before.ballots, before.verdicts)
    with restored.writing() as conn:  # and it goes on from there
        entry = audit.append(conn, "operator", "table.founded", "table:1", at=SettableClock()())
    assert entry.previous == kept.digest
    restored.dispose()
