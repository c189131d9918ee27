"""Tables of notices: what happened, who is told of it, and the mails that tell it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from coalition.store.schema.columns import at, code, json, key, metadata, to, words

outbox = Table(  # written in the transaction of what it tells; the job works it off
    "outbox",
    metadata,
    key(),
    code("kind", 20),
    code("subject", 80),
    to("account", "made_by", null=True),
    at("at"),
    at("handled_at", null=True),
    Index(
        "ix_outbox_pending",
        "id",
        sqlite_where=text("handled_at IS NULL"),
        postgresql_where=text("handled_at IS NULL"),
    ),
)

mail = Table(
    "mail",
    metadata,
    key(),
    code("purpose", 20),
    to("account", null=True),
    to("inquiry", null=True),
    code("occasion", 80),  # what makes the same mail twice one
    code("state", 20, "waiting"),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    at("made_at"),
    at("next_at"),
    at("expires_at"),
    at("claimed_at", null=True),
    at("sent_at", null=True),
    words("fault"),  # what the server said, where it refused
    UniqueConstraint("purpose", "occasion"),
    Index(
        "ix_mail_pending",
        "next_at",
        sqlite_where=text("state IN ('waiting', 'sending')"),
        postgresql_where=text("state IN ('waiting', 'sending')"),
    ),
    Index(None, "account_id", "purpose", "made_at"),
    Index(None, "state", "made_at"),
)

notice = Table(  # one person is told of one thing, once
    "notice",
    metadata,
    key(),
    to("account"),
    code("kind", 20),
    code("subject", 80),
    code("occasion", 80),
    code("pace", 10),
    at("at"),
    Column("mail_id", ForeignKey("mail.id")),
    UniqueConstraint("account_id", "kind", "occasion"),
    Index(None, "account_id", "at"),
    Index(
        "ix_notice_unmailed",
        "account_id",
        sqlite_where=text("mail_id IS NULL AND pace <> 'never'"),
        postgresql_where=text("mail_id IS NULL AND pace <> 'never'"),
    ),
    Index(None, "mail_id"),
)

notice_choice = Table(
    "notice_choice",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("kind", code("kind", 20).type, primary_key=True),
    code("pace", 10),
)

quiet_days = Table(
    "quiet_days",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    json("weekdays"),
)
