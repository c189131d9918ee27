"""Texts that change, objections, suggestions, comments, and what follows a decision."""

import sqlalchemy as sa
from alembic import op

from coalition.store import triggers
from coalition.store.schema import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("pillars", sa.JSON(), nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("declared_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["account.id"], name=op.f("fk_interest_declared_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_interest_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interest_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("interested", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_disclosure_made_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_disclosure_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_disclosure_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosure_proposal_id_organisation_id"),
            ["proposal_id", "organisation_id"],
            unique=False,
        )

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=20), server_default="", nullable=False),
        sa.Column("start", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.Column("removal_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_comment_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_comment_proposal_id")
        ),
        sa.ForeignKeyConstraint(["removed_by"], ["account.id"], name=op.f("fk_comment_removed_by")),
        sa.ForeignKeyConstraint(["root_id"], ["comment.id"], name=op.f("fk_comment_root_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_comment_version_id")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_comment_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_comment_proposal_id_audience_root_id_id"),
            ["proposal_id", "audience", "root_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_comment_root_id_id"), ["root_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_written_by"), ["written_by"], unique=False)

    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("wording", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=20), server_default="open", nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("agreed", sa.Text(), server_default="", nullable=False),
        sa.Column("applied_version_id", sa.Integer(), nullable=True),
        sa.Column("became_id", sa.Integer(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_suggestion_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["applied_version_id"],
            ["text_version.id"],
            name=op.f("fk_suggestion_applied_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["became_id"], ["proposal.id"], name=op.f("fk_suggestion_became_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_suggestion_made_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_suggestion_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_suggestion_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_suggestion_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suggestion_applied_version_id"), ["applied_version_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_suggestion_proposal_id_state"), ["proposal_id", "state"], unique=False
        )

    op.create_table(
        "version_contest",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contested_by", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contested_by"], ["account.id"], name=op.f("fk_version_contest_contested_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_version_contest_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_version_contest_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_contest")),
    )
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["marked_by"], ["account.id"], name=op.f("fk_clearance_marked_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_clearance_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_clearance_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clearance_round_id_organisation_id"),
            ["round_id", "organisation_id"],
            unique=False,
        )

    op.create_table(
        "dissent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_dissent_made_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_dissent_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_dissent_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent")),
    )
    with op.batch_alter_table("dissent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dissent_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "uq_dissent_standing",
            ["round_id", "organisation_id", "kind"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mention_account_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_mention_comment_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_mention_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint(
            "comment_id", "account_id", name=op.f("uq_mention_comment_id_account_id")
        ),
        sa.UniqueConstraint(
            "comment_id", "organisation_id", name=op.f("uq_mention_comment_id_organisation_id")
        ),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mention_account_id_at"), ["account_id", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_mention_organisation_id_at"), ["organisation_id", "at"], unique=False
        )

    op.create_table(
        "outcome_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_outcome_statement_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_outcome_statement_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_statement")),
        sa.UniqueConstraint(
            "round_id", "number", name=op.f("uq_outcome_statement_round_id_number")
        ),
    )
    with op.batch_alter_table("outcome_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_statement_review_on"), ["review_on"], unique=False
        )

    op.create_table(
        "reaction",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reaction_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_reaction_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", "account_id", "code", name=op.f("pk_reaction")),
    )
    op.create_table(
        "roll_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_roll_change_made_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_roll_change_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_roll_change_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_change")),
    )
    with op.batch_alter_table("roll_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_change_round_id"), ["round_id"], unique=False)

    op.create_table(
        "round_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_round_clock_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_clock")),
    )
    with op.batch_alter_table("round_clock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_clock_round_id"), ["round_id"], unique=False)

    op.create_table(
        "round_waiver",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_round_waiver_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "item", name=op.f("pk_round_waiver")),
    )
    op.create_table(
        "supersession",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("by_round_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_round_id"], ["consensus_round.id"], name=op.f("fk_supersession_by_round_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_supersession_made_by")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_supersession_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_supersession")),
    )
    with op.batch_alter_table("supersession", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supersession_by_round_id"), ["by_round_id"], unique=False
        )

    op.create_table(
        "evidence",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("said_by", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("file_name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("media_type", sa.String(length=60), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_evidence_ballot_id")),
        sa.PrimaryKeyConstraint("ballot_id", name=op.f("pk_evidence")),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=True),
        sa.Column("severity", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), server_default="open", nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("met_version_id", sa.Integer(), nullable=True),
        sa.Column("named", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_objection_ballot_id")),
        sa.ForeignKeyConstraint(
            ["met_version_id"], ["text_version.id"], name=op.f("fk_objection_met_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_objection_organisation_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_objection_owner_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_objection_proposal_id")
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["account.id"], name=op.f("fk_objection_raised_by")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_objection_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_objection_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_proposal_id_state"), ["proposal_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_round_id_state"), ["round_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_objection_state_owner_id"), ["state", "owner_id"], unique=False
        )
        batch_op.create_index(
            "uq_objection_unresolved",
            ["proposal_id", "organisation_id", "digest"],
            unique=True,
            sqlite_where=sa.text("state IN ('open', 'answered')"),
            postgresql_where=sa.text("state IN ('open', 'answered')"),
        )

    op.create_table(
        "review_notice",
        sa.Column("outcome_statement_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_statement_id"],
            ["outcome_statement.id"],
            name=op.f("fk_review_notice_outcome_statement_id"),
        ),
        sa.PrimaryKeyConstraint("outcome_statement_id", name=op.f("pk_review_notice")),
    )
    op.create_table(
        "objection_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_objection_step_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_step_objection_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_objection_step_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_step")),
    )
    with op.batch_alter_table("objection_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_step_objection_id"), ["objection_id"], unique=False
        )

    op.create_table(
        "objection_words",
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("wording", sa.Text(), server_default="", nullable=False),
        sa.Column("remedy", sa.Text(), server_default="", nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_words_objection_id")
        ),
        sa.PrimaryKeyConstraint("objection_id", name=op.f("pk_objection_words")),
    )
    _more_of_rounds()
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heard", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("summary_es", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("summary_es_by", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("stage_reason", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("text_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("mark", sa.String(length=20), server_default="first", nullable=False)
        )
        batch_op.add_column(sa.Column("round_id", sa.Integer(), nullable=True))

    _free_the_roll()
    triggers.install(op.get_bind())


def _more_of_rounds() -> None:
    """Add what a round needs once its text can change; those there are hold the text they had."""
    with op.batch_alter_table("consensus_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("current_version_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("substantive_version_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("runs_from", UtcDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("stopped", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )
    op.execute(
        "UPDATE consensus_round SET current_version_id = version_id,"
        " substantive_version_id = version_id, runs_from = opens_at"
    )
    with op.batch_alter_table("consensus_round", schema=None) as batch_op:
        for name in ("current_version_id", "substantive_version_id"):
            batch_op.alter_column(name, existing_type=sa.Integer(), nullable=False)
            key = batch_op.f(f"fk_consensus_round_{name}")
            batch_op.create_foreign_key(key, "text_version", [name], ["id"])
        batch_op.alter_column("runs_from", existing_type=UtcDateTime(), nullable=False)


def _free_the_roll() -> None:
    """Drop the guards of the roll: since it can change, its log and its fingerprint guard it."""
    for deed in ("update", "delete", "truncate"):
        name = f"kept_round_roll_{deed}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS {name} ON round_roll")
