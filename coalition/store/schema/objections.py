"""Tables of objections: what is raised, what becomes of it, and the words of both."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, text

from coalition.store.schema.columns import at, code, flag, key, metadata, to, words

_UNRESOLVED = text("state IN ('open', 'answered')")

objection = Table(
    "objection",
    metadata,
    key(),
    to("proposal"),
    to("text_version", "version_id"),
    to("consensus_round", "round_id", null=True),  # the round it was raised in
    to("organisation"),
    to("account", "raised_by"),
    to("ballot", null=True),  # the ballot that objects, where there is one
    code("severity", 20),  # must, should, comment
    code("field", 20),  # the part of the text the passage is in: ask, body
    Column("start", Integer, nullable=False),  # of the passage, in characters from 0
    words("quote"),  # the passage, as the version has it; "" is the whole text
    code("digest", 64),  # what makes the same objection twice one
    at("raised_at"),
    code("state", 20, "open"),
    to("account", "owner_id", null=True),
    to("text_version", "met_version_id", null=True),
    flag("named"),  # the objector agrees to be named in public
    at("changed_at"),
    Index(
        "uq_objection_unresolved",
        "proposal_id",
        "organisation_id",
        "digest",
        unique=True,
        sqlite_where=_UNRESOLVED,
        postgresql_where=_UNRESOLVED,
    ),
    Index(None, "proposal_id", "state"),
    Index(None, "round_id", "state"),
    Index(None, "state", "owner_id"),
    Index(None, "organisation_id"),
)

objection_words = Table(  # erasable; the step keeps that it was raised
    "objection_words",
    metadata,
    Column("objection_id", ForeignKey("objection.id"), primary_key=True),
    words("reason"),
    words("wording"),  # the wording the objector proposes for the passage
    words("remedy"),  # what would remove it
    at("erased_at", null=True),
)

objection_step = Table(  # every state it came to; ``note`` alone may be erased
    "objection_step",
    metadata,
    key(),
    to("objection"),
    code("state", 20),
    to("text_version", "version_id", null=True),
    to("account", "made_by", null=True),  # null: the rule, when the round closed
    words("note"),
    at("at"),
    Index(None, "objection_id"),
)
