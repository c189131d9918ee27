"""The table of secret calendar addresses; only the hash of a secret is kept."""

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint

from coalition.store.schema.columns import at, code, metadata

calendar_key = Table(
    "calendar_key",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    code("secret_hash", 64),
    at("made_at"),
    UniqueConstraint("secret_hash"),
)
