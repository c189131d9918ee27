"""Tables of the people wing: accounts, sessions, organisations, seats, inquiries."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from coalition.store.schema.columns import at, code, flag, json, key, metadata, to, words

account = Table(
    "account",
    metadata,
    key(),
    Column("name", String(200), nullable=False),
    Column("email", String(254), nullable=False),
    Column("email_key", String(254), nullable=False),
    code("role"),
    Column("password_hash", String(100)),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    code("language", 8, ""),
    code("zone", 60, ""),
    at("created_at"),
    at("erased_at", null=True),
    flag("sample"),
    UniqueConstraint("email_key"),
    CheckConstraint("role IN ('member', 'observer', 'convener', 'administrator')", name="role"),
)

invitation = Table(  # a one-use link; only the hash of its secret is kept
    "invitation",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    to("account"),
    to("account", "made_by", null=True),
    at("made_at"),
    at("expires_at"),
    at("used_at", null=True),
    Index(None, "account_id"),
)

ticket = Table(  # from the form to the cookie: thirty seconds, one use
    "ticket",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    to("account"),
    at("expires_at"),
    at("used_at", null=True),
    code("way", 20, ""),  # how the person proved who they are
)

session = Table(
    "session",
    metadata,
    key(),
    Column("secret_hash", String(64), nullable=False),
    to("account"),
    code("agent", 120),
    at("created_at"),
    at("seen_at"),
    at("expires_at"),
    at("revoked_at", null=True),
    code("way", 20, ""),
    UniqueConstraint("secret_hash"),
    Index(None, "account_id"),
    Index(None, "expires_at"),
)

organisation = Table(
    "organisation",
    metadata,
    key(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    Column("short_name", String(80), nullable=False),
    code("kind"),
    Column("votes", Boolean, nullable=False),
    code("status", 30, "active"),
    json("pillars"),
    json("conditions"),
    Column("website", String(254), nullable=False, server_default=""),
    Column("since", Date),
    code("size", 20, ""),
    code("region", 20, ""),
    json("perspectives", "[]"),
    Column("good_until", Date),
    code("dues_tier", 80, ""),
    Column("parent", String(200), nullable=False, server_default=""),
    Column("parent_key", String(200), nullable=False, server_default=""),
    to("organisation", "merged_into", null=True),
    Column("import_id", String(80)),
    at("created_at"),
    flag("sample"),
    UniqueConstraint("name_key"),
    UniqueConstraint("import_id"),
    Index(None, "parent_key"),
    Index(None, "merged_into"),
)

former_name = Table(
    "former_name",
    metadata,
    key(),
    to("organisation"),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    UniqueConstraint("organisation_id", "name_key"),
)

seat = Table(  # who may act for an organisation's one seat, and from when to when
    "seat",
    metadata,
    key(),
    to("organisation"),
    to("account"),
    Column("rank", Integer, nullable=False),  # 0 primary, 1.. alternates in order
    at("from_at"),
    at("to_at", null=True),
    CheckConstraint("rank >= 0", name="rank"),
    CheckConstraint("to_at IS NULL OR to_at >= from_at", name="dates"),
    Index(
        "uq_seat_rank",
        "organisation_id",
        "rank",
        unique=True,
        sqlite_where=text("to_at IS NULL"),
        postgresql_where=text("to_at IS NULL"),
    ),
    Index(
        "uq_seat_account",
        "account_id",
        unique=True,
        sqlite_where=text("to_at IS NULL"),
        postgresql_where=text("to_at IS NULL"),
    ),
    Index(None, "account_id"),
)

inquiry = Table(
    "inquiry",
    metadata,
    key(),
    code("receipt", 20),
    code("topic"),
    json("pillars"),
    code("state", 30, "new"),
    to("account", "assigned_to", null=True),
    words("name"),
    words("email"),
    words("email_key"),
    words("organisation"),
    words("organisation_key"),
    words("role"),
    words("message"),
    code("language", 8, "en"),
    at("consented_at"),
    at("created_at"),
    at("due_at"),
    at("answered_at", null=True),
    at("closed_at", null=True),
    at("erased_at", null=True),
    flag("sample"),
    UniqueConstraint("receipt"),
    Index(None, "state", "created_at"),
    Index(None, "organisation_key"),
)

inquiry_note = Table(  # notes stay inside; answers are what the applicant reads
    "inquiry_note",
    metadata,
    key(),
    to("inquiry"),
    code("kind"),
    to("account", "written_by", null=True),
    at("at"),
    words("words"),
    Index(None, "inquiry_id"),
)

interest = Table(  # what an organisation declares, by topic, from and until a day
    "interest",
    metadata,
    key(),
    to("organisation"),
    Column("topic", String(200), nullable=False),
    json("pillars"),
    words("statement"),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    to("account", "declared_by"),
    at("at"),
    Index(None, "organisation_id"),
)
