"""Tables of coming in: second factors, sign-ins that wait for a code, history, and the policy."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from coalition.store.schema.columns import at, code, flag, key, metadata, to

sign_in_policy = Table(  # the one row an administrator sets; none of it holds before there is one
    "sign_in_policy",
    metadata,
    key(),
    flag("second_factor"),
    flag("trusts_provider"),
    CheckConstraint("id = 1", name="one"),
)

second_factor = Table(  # at most one an account; it counts once it is confirmed
    "second_factor",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("sealed", String(200), nullable=False),  # under the table's key, never in the clear
    Column("last_step", Integer, nullable=False, server_default=text("0")),
    at("made_at"),
    at("confirmed_at", null=True),
)

recovery_code = Table(  # ten an account, each used once; only hashes are kept
    "recovery_code",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    to("account"),
    at("used_at", null=True),
    Index(None, "account_id"),
)

sign_in_try = Table(  # what its owner sees of who came in or tried to; dropped after its term
    "sign_in_try",
    metadata,
    key(),
    to("account"),
    at("at"),
    code("outcome"),
    code("way", 20),
    code("agent", 120, ""),
    Index(None, "account_id", "at"),
    Index(None, "at"),
)

sign_in_challenge = Table(  # the password was right, the code is still asked for
    "sign_in_challenge",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    to("account"),
    to("sign_in_try", "try_id", null=True),
    at("expires_at"),
    at("used_at", null=True),
    Index(None, "account_id"),
)
