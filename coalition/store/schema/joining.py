"""Tables of joining: applications with their steps, the checklist, templates, onboarding."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table
from sqlalchemy import UniqueConstraint as Unique

from coalition.store.schema.columns import at, code, flag, key, metadata, to, words

application = Table(  # where an inquiry about joining stands now
    "application",
    metadata,
    key(),
    to("inquiry"),
    code("stage"),
    to("account", "owner_id"),
    words("next_step"),
    Column("due_on", Date, nullable=False),
    Column("moves", Integer, nullable=False),
    code("ending", 30, ""),
    at("ended_at", null=True),
    Unique("inquiry_id"),
    CheckConstraint("moves >= 1", name="moves"),
)

application_step = Table(  # who moved it where, and when
    "application_step",
    metadata,
    key(),
    to("application"),
    Column("number", Integer, nullable=False),
    code("stage"),
    to("account", "owner_id"),
    words("next_step"),
    Column("due_on", Date, nullable=False),
    to("account", "moved_by", null=True),  # None: the applicant
    at("at"),
    Unique("application_id", "number"),
)

application_decision = Table(
    "application_decision",
    metadata,
    Column("application_id", ForeignKey("application.id"), primary_key=True),
    flag("accepted"),
    words("reason"),
    Column("reapply_on", Date),  # of a refusal alone
    Column("decided_in", String(200), nullable=False, server_default=""),
    to("organisation", null=True),  # of an acceptance alone
    to("account", "decided_by"),
    at("at"),
    CheckConstraint(
        "(accepted AND organisation_id IS NOT NULL AND reapply_on IS NULL) OR "
        "(NOT accepted AND organisation_id IS NULL AND reapply_on IS NOT NULL)",
        name="outcome",
    ),
    Index(None, "organisation_id"),
)

screening_item = Table(  # what is asked of every applicant; its words lie in its versions
    "screening_item",
    metadata,
    key(),
    Column("place", Integer, nullable=False),
    at("created_at"),
)

screening_version = Table(
    "screening_version",
    metadata,
    key(),
    to("screening_item", "item_id"),
    Column("number", Integer, nullable=False),
    words("question"),
    flag("required"),
    flag("retired"),
    to("account", "made_by"),
    at("at"),
    Unique("item_id", "number"),
)

screening_answer = Table(  # on the version it was given on
    "screening_answer",
    metadata,
    key(),
    to("application"),
    to("screening_item", "item_id"),
    to("screening_version", "version_id"),
    code("answer"),  # yes, no, waived
    words("note"),
    to("account", "answered_by"),
    at("at"),
    Unique("application_id", "item_id"),
)

reply_template = Table(
    "reply_template",
    metadata,
    key(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    words("body"),
    to("account", "saved_by"),
    at("at"),
    Unique("name_key"),
)

onboarding = Table(
    "onboarding",
    metadata,
    Column("application_id", ForeignKey("application.id"), primary_key=True),
    to("account", "buddy_id"),
    at("at"),
)

practice_vote = Table(  # that it was done, and nothing of what was answered
    "practice_vote",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    at("at"),
)
