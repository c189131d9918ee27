"""Tables of the effect wing: what is said of a decision after it was made."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from coalition.store.schema.columns import at, code, flag, key, metadata, to, words

dissent = Table(
    "dissent",
    metadata,
    key(),
    to("consensus_round", "round_id"),
    to("organisation"),
    code("kind", 30),  # minority_statement, dissociation
    words("statement"),
    to("account", "made_by"),
    at("at"),
    at("withdrawn_at", null=True),
    Index(None, "round_id"),
    Index(
        "uq_dissent_standing",
        "round_id",
        "organisation_id",
        "kind",
        unique=True,
        sqlite_where=text("withdrawn_at IS NULL"),
        postgresql_where=text("withdrawn_at IS NULL"),
    ),
)

outcome_statement = Table(  # the latest of a round is the current one
    "outcome_statement",
    metadata,
    key(),
    to("consensus_round", "round_id"),
    Column("number", Integer, nullable=False),
    words("statement"),
    Column("review_on", Date),  # a day in the table's zone
    to("account", "made_by"),
    at("at"),
    UniqueConstraint("round_id", "number"),
    Index(None, "review_on"),
)

review_notice = Table(  # a review is announced once, however often the job runs
    "review_notice",
    metadata,
    Column("outcome_statement_id", ForeignKey("outcome_statement.id"), primary_key=True),
    at("at"),
)

supersession = Table(
    "supersession",
    metadata,
    Column("round_id", ForeignKey("consensus_round.id"), primary_key=True),  # the older decision
    to("consensus_round", "by_round_id"),
    words("reason"),
    to("account", "made_by"),
    at("at"),
    Index(None, "by_round_id"),
)

lesson = Table(
    "lesson",
    metadata,
    key(),
    to("organisation", null=True),  # none for a convener
    to("account", "written_by"),
    at("written_at"),
    Column("title", String(200), nullable=False),
    words("challenge"),
    words("tried"),
    words("happened"),
    code("pillar", 20),
    to("consensus_round", "round_id", null=True),  # the decision it was learned from
    code("state", 20),  # draft, public, withdrawn
    Column("changes", Integer, nullable=False, server_default="0"),
    at("changed_at", null=True),
    at("published_at", null=True),
    to("account", "withdrawn_by", null=True),
    words("reason"),  # of taking it back
    at("erased_at", null=True),
    flag("sample"),
    CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="published"),
    Index(None, "state", "published_at"),
    Index(None, "round_id"),
)
