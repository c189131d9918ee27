"""Tables under every wing: whose table it is, the audit trail, tokens, attempts."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from coalition.store.schema.columns import at, code, json, key, metadata

coalition_table = Table(  # the one row that says whose table this is
    "coalition_table",
    metadata,
    key(),
    Column("name", String(200), nullable=False),
    code("zone", 60),
    code("kind"),
    at("created_at"),
    CheckConstraint("id = 1", name="one"),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    code("actor", 40),
    code("action", 60),
    code("subject", 80),
    at("at"),
    json("detail"),
    code("previous", 64),
    code("digest", 64),
    UniqueConstraint("previous"),
    UniqueConstraint("digest"),
    Index(None, "subject", "seq"),
    Index(None, "action", "seq"),
)

deed_token = Table(  # one row a rendered form that was acted on: a double click acts once
    "deed_token",
    metadata,
    Column("token", String(64), primary_key=True),
    code("action", 60),
    code("result", 80),
    at("at"),
    Index(None, "at"),
)

attempt = Table(  # failures and floods, by hashed key: ``account:…``, ``source:…``
    "attempt",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("count", Integer, nullable=False),
    at("first_at"),
    at("last_at"),
    at("locked_until", null=True),
    Index(None, "last_at"),
)

job = Table(  # who does the due work just now, and when it was last done
    "job",
    metadata,
    Column("name", String(30), primary_key=True),
    code("holder", 40, ""),
    at("held_until", null=True),
    at("done_at", null=True),
)
