"""Joining: applications, checklist, templates, onboarding."""

import sqlalchemy as sa
from alembic import op

from coalition.store import triggers
from coalition.store.schema import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screening_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_item")),
    )
    op.create_table(
        "practice_vote",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_practice_vote_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_practice_vote")),
    )
    op.create_table(
        "reply_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["account.id"], name=op.f("fk_reply_template_saved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_template")),
        sa.UniqueConstraint("name_key", name=op.f("uq_reply_template_name_key")),
    )
    op.create_table(
        "screening_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["screening_item.id"], name=op.f("fk_screening_version_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_screening_version_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_version")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_screening_version_item_id_number")),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("next_step", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("ending", sa.String(length=30), server_default="", nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("moves >= 1", name=op.f("ck_application_moves")),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_application_inquiry_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_application_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("inquiry_id", name=op.f("uq_application_inquiry_id")),
    )
    op.create_table(
        "application_decision",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("reapply_on", sa.Date(), nullable=True),
        sa.Column("decided_in", sa.String(length=200), server_default="", nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(accepted AND organisation_id IS NOT NULL AND reapply_on IS NULL) OR (NOT accepted AND organisation_id IS NULL AND reapply_on IS NOT NULL)",
            name=op.f("ck_application_decision_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_decision_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_application_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_application_decision_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_decision")),
    )
    with op.batch_alter_table("application_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_decision_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "application_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("next_step", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_by", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_step_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["account.id"], name=op.f("fk_application_step_moved_by")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_application_step_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
        sa.UniqueConstraint(
            "application_id", "number", name=op.f("uq_application_step_application_id_number")
        ),
    )
    op.create_table(
        "onboarding",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("buddy_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_onboarding_application_id")
        ),
        sa.ForeignKeyConstraint(["buddy_id"], ["account.id"], name=op.f("fk_onboarding_buddy_id")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_onboarding")),
    )
    op.create_table(
        "screening_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_screening_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_screening_answer_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["screening_item.id"], name=op.f("fk_screening_answer_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["screening_version.id"], name=op.f("fk_screening_answer_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_answer")),
        sa.UniqueConstraint(
            "application_id", "item_id", name=op.f("uq_screening_answer_application_id_item_id")
        ),
    )
    triggers.install(op.get_bind())
