"""Tables of the discussion wing: suggested changes, comments, mentions, reactions."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from coalition.store.schema.columns import at, code, key, metadata, to, words

suggestion = Table(
    "suggestion",
    metadata,
    key(),
    to("proposal"),
    to("text_version", "version_id"),  # the text it was made on
    to("organisation", null=True),  # none where an observer without one suggests
    to("account", "made_by"),
    code("field", 20),  # the part of the text: ask, body
    Column("start", Integer, nullable=False),  # of the passage, in characters from 0
    words("quote"),  # the passage, as the version has it
    at("at"),
    words("wording"),
    words("reason"),
    code("state", 20, "open"),  # open, accepted, in_part, declined, withdrawn
    to("account", "answered_by", null=True),
    at("answered_at", null=True),
    words("answer"),  # the reason of whoever answered
    words("agreed"),  # the wording that goes into the text
    to("text_version", "applied_version_id", null=True),
    to("proposal", "became_id", null=True),  # the proposal a declined one became
    at("erased_at", null=True),
    Index(None, "proposal_id", "state"),
    Index(None, "applied_version_id"),
)

comment = Table(
    "comment",
    metadata,
    key(),
    to("proposal"),
    Column("root_id", ForeignKey("comment.id"), nullable=True),  # null: it begins a thread
    to("text_version", "version_id", null=True),  # where the thread is about a passage
    code("field", 20, ""),
    Column("start", Integer, nullable=False, server_default="0"),
    words("quote"),
    to("account", "written_by"),
    to("organisation", null=True),
    code("audience", 20),  # table, or conveners alone
    words("body"),
    at("at"),
    at("edited_at", null=True),
    at("removed_at", null=True),
    to("account", "removed_by", null=True),
    words("removal_reason"),
    at("erased_at", null=True),
    Index(None, "proposal_id", "audience", "root_id", "id"),
    Index(None, "root_id", "id"),
    Index(None, "written_by"),
)

mention = Table(
    "mention",
    metadata,
    key(),
    to("comment"),
    to("account", null=True),
    to("organisation", null=True),
    at("at"),
    UniqueConstraint("comment_id", "account_id"),
    UniqueConstraint("comment_id", "organisation_id"),
    Index(None, "account_id", "at"),
    Index(None, "organisation_id", "at"),
)

reaction = Table(
    "reaction",
    metadata,
    Column("comment_id", ForeignKey("comment.id"), primary_key=True),
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("code", String(20), primary_key=True),
    at("at"),
)
