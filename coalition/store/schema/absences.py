"""The table of absences: who is away, from when to when."""

from sqlalchemy import CheckConstraint, Index, Table

from coalition.store.schema.columns import at, key, metadata, to

absence = Table(
    "absence",
    metadata,
    key(),
    to("account"),
    at("from_at"),
    at("until_at"),  # moved to the moment somebody comes back early
    at("at"),
    CheckConstraint("until_at >= from_at", name="dates"),
    Index(None, "account_id", "until_at"),
)
