"""The table of meetings: what is said of each, and what the public is told of one withdrawn."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table

from coalition.store.schema.columns import at, flag, key, metadata, to, words

meeting = Table(
    "meeting",
    metadata,
    key(),
    Column("title", String(200), nullable=False),
    at("begins_at"),
    Column("minutes", Integer, nullable=False),
    Column("place", String(200), nullable=False),
    words("link"),
    words("about"),
    flag("public"),
    Column("sequence", Integer, nullable=False),
    to("account", "called_by"),
    at("called_at"),
    at("changed_at"),
    flag("cancelled"),
    words("reason"),
    at("withdrawn_from", null=True),  # the beginning the public was last told
    Column("withdrawn_sequence", Integer),
    at("withdrawn_at", null=True),
    flag("sample"),
    CheckConstraint("minutes > 0", name="length"),
    Index(None, "begins_at"),
)
