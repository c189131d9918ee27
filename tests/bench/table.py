"""A table to measure: filled in bulk, with a session for each of its people."""

from datetime import timedelta
from pathlib import Path

from coalition.domain.ground.permissions import AccountId
from coalition.services.people import sessions as sign_in
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.people import sessions
from tests.bench import seed

THICK = "a proposal with 30 versions, 500 comments, 60 objections"
VIEWS = ("summary", "text", "objections", "discussion", "stances", "history")
Query = dict[str, int | str]


class Bench:
    """A table of one size with a session for each role."""

    def __init__(self, folder: Path, size: seed.Size) -> None:
        self.path = folder / "bench.db"
        folder.mkdir(parents=True)
        self.size = size
        self.now = seed.this_hour()
        db = Database(self.url)
        seed.lay(db, size, self.now)
        self._sign_everybody_in(db)
        db.dispose()

    @property
    def url(self) -> str:
        """Where its database lies."""
        return f"sqlite:///{self.path}"

    def touch(self, db: Database) -> None:
        """Write an entry of the trail: whatever was kept of this table is out of date."""
        with db.writing() as conn:
            audit.append(conn, "operator", "bench.touched", "table:1", at=self.now)

    def secret(self, account: int) -> str:
        """Return the session cookie of an account."""
        return f"table_session=bench-{account}"

    @property
    def convener(self) -> int:
        """The convener's account; the administrator's is the next."""
        return self.size.organisations + 1

    def pages(self) -> dict[str, tuple[str, int, Query]]:
        """Return every page measured by name: its address, who opens it, with which query."""
        newest = self.size.proposals
        member, convener, administrator = 1, self.convener, self.convener + 1
        plain: dict[str, tuple[int, Query]] = {
            "today": (member, {}),
            "proposals": (member, {}),
            "proposal": (member, {"id": newest}),
            "stance": (member, {"id": newest}),
            "organisation": (member, {}),
            "positions": (member, {}),
            "calendar": (member, {}),
            "lessons": (member, {}),
            "members": (member, {}),
            "desk": (convener, {}),
            "board": (convener, {}),
            "round": (convener, {"id": newest}),
            "inquiries": (convener, {}),
            "accounts": (administrator, {}),
            "audit": (administrator, {}),
        }
        thick = seed.thick_one(self.size)
        views = {
            f"{THICK}, {view}": ("proposal", member, {"id": thick, "view": view}) for view in VIEWS
        }
        return {page: (page, *asked) for page, asked in plain.items()} | views

    def _sign_everybody_in(self, db: Database) -> None:
        with db.writing() as conn:
            for account in range(1, self.size.organisations + 4):
                sessions.begin(
                    conn,
                    AccountId(account),
                    sign_in.fingerprint(f"bench-{account}"),
                    agent="bench",
                    at=self.now,
                    expires_at=self.now + timedelta(days=30),
                )
