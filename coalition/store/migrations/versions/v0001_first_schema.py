"""The first schema."""

import sqlalchemy as sa
from alembic import op

from coalition.store import triggers
from coalition.store.schema import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("password_hash", sa.String(length=100), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("language", sa.String(length=8), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=60), server_default="", nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.CheckConstraint(
            "role IN ('member', 'observer', 'convener', 'administrator')",
            name=op.f("ck_account_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_account_email_key")),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_last_at"), ["last_at"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_entry_digest")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_entry_previous")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_action_seq"), ["action", "seq"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_audit_entry_subject_seq"), ["subject", "seq"], unique=False
        )

    op.create_table(
        "coalition_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_coalition_table_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coalition_table")),
    )
    op.create_table(
        "deed_token",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("result", sa.String(length=80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_deed_token")),
    )
    with op.batch_alter_table("deed_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deed_token_at"), ["at"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=30), server_default="active", nullable=False),
        sa.Column("pillars", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("website", sa.String(length=254), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("import_id", sa.String(length=80), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("import_id", name=op.f("uq_organisation_import_id")),
        sa.UniqueConstraint("name_key", name=op.f("uq_organisation_name_key")),
    )
    op.create_table(
        "reference_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_reference_counter")),
    )
    op.create_table(
        "former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_former_name_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
        sa.UniqueConstraint(
            "organisation_id", "name_key", name=op.f("uq_former_name_organisation_id_name_key")
        ),
    )
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=30), nullable=False),
        sa.Column("pillars", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=30), server_default="new", nullable=False),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("email_key", sa.Text(), server_default="", nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("organisation_key", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=8), server_default="en", nullable=False),
        sa.Column("consented_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["account.id"], name=op.f("fk_inquiry_assigned_to")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("receipt", name=op.f("uq_inquiry_receipt")),
    )
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inquiry_organisation_key"), ["organisation_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inquiry_state_created_at"), ["state", "created_at"], unique=False
        )

    op.create_table(
        "invitation",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_invitation_made_by")),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_account_id"), ["account_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("pillar", sa.String(length=30), nullable=False),
        sa.Column("further_pillars", sa.JSON(), nullable=False),
        sa.Column("champion_id", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("ask", sa.Text(), server_default="", nullable=False),
        sa.Column("ask_type", sa.String(length=40), server_default="", nullable=False),
        sa.Column("target", sa.Text(), server_default="", nullable=False),
        sa.Column("instrument_type", sa.String(length=40), server_default="", nullable=False),
        sa.Column("instrument", sa.Text(), server_default="", nullable=False),
        sa.Column("patient_line", sa.Text(), server_default="", nullable=False),
        sa.Column("equity_note", sa.Text(), server_default="", nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("search_key", sa.Text(), server_default="", nullable=False),
        sa.Column("stage", sa.String(length=20), server_default="draft", nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("latest_round_id", sa.Integer(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.String(length=80), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("sample", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(
            ["champion_id"], ["organisation.id"], name=op.f("fk_proposal_champion_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["account.id"], name=op.f("fk_proposal_drafted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("import_id", name=op.f("uq_proposal_import_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_proposal_reference")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_champion_id"), ["champion_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposal_latest_round_id"), ["latest_round_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_proposal_stage_champion_id_drafted_by_latest_round_id"),
            ["stage", "champion_id", "drafted_by", "latest_round_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_proposal_updated_at_id"), ["updated_at", "id"], unique=False
        )

    op.create_table(
        "rule_preset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_rule_preset_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_preset")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_rule_preset_code_number")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("to_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("rank >= 0", name=op.f("ck_seat_rank")),
        sa.CheckConstraint("to_at IS NULL OR to_at >= from_at", name=op.f("ck_seat_dates")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_seat_account_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_seat_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "uq_seat_account",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("to_at IS NULL"),
            postgresql_where=sa.text("to_at IS NULL"),
        )
        batch_op.create_index(
            "uq_seat_rank",
            ["organisation_id", "rank"],
            unique=True,
            sqlite_where=sa.text("to_at IS NULL"),
            postgresql_where=sa.text("to_at IS NULL"),
        )

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_session_secret_hash")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ticket_account_id")),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_ticket")),
    )
    op.create_table(
        "inquiry_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_note_inquiry_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_inquiry_note_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_note")),
    )
    with op.batch_alter_table("inquiry_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inquiry_note_inquiry_id"), ["inquiry_id"], unique=False
        )

    op.create_table(
        "text_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("ask", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_text_version_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_text_version_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_version")),
        sa.UniqueConstraint(
            "proposal_id", "number", name=op.f("uq_text_version_proposal_id_number")
        ),
    )
    op.create_table(
        "consensus_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("preset", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("results", sa.String(length=30), nullable=False),
        sa.Column("roll_size", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("first_closes_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("ending", sa.String(length=20), nullable=True),
        sa.Column("ending_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("opens_at < first_closes_at", name=op.f("ck_consensus_round_window")),
        sa.CheckConstraint("roll_size > 0", name=op.f("ck_consensus_round_roll")),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["account.id"], name=op.f("fk_consensus_round_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_consensus_round_proposal_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_consensus_round_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus_round")),
    )
    with op.batch_alter_table("consensus_round", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consensus_round_closes_at"), ["closes_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consensus_round_proposal_id"), ["proposal_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consensus_round_published_at"), ["published_at"], unique=False
        )

    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=30), nullable=False),
        sa.Column("cast_by", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=30), nullable=False),
        sa.Column("cast_at", UtcDateTime(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "stance IN ('support', 'support_with_reservations', 'abstain', 'stand_aside', 'object', 'recused', 'withdrawn')",
            name=op.f("ck_ballot_stance"),
        ),
        sa.ForeignKeyConstraint(["cast_by"], ["account.id"], name=op.f("fk_ballot_cast_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ballot_organisation_id")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["ballot.id"], name=op.f("fk_ballot_replaces_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_ballot_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_ballot_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("receipt", name=op.f("uq_ballot_receipt")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_ballot_replaces_id")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballot_organisation_id_cast_at"),
            ["organisation_id", "cast_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_ballot_round_id_organisation_id"),
            ["round_id", "organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_ballot_first",
            ["round_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("replaces_id IS NULL"),
            postgresql_where=sa.text("replaces_id IS NULL"),
        )

    op.create_table(
        "round_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_round_extension_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_round_extension_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_extension")),
    )
    with op.batch_alter_table("round_extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_extension_round_id"), ["round_id"], unique=False)

    op.create_table(
        "round_roll",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_round_roll_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_round_roll_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", "organisation_id", name=op.f("pk_round_roll")),
    )
    with op.batch_alter_table("round_roll", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_round_roll_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "verdict",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consensus_round.id"], name=op.f("fk_verdict_round_id")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_verdict")),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_outcome"), ["outcome"], unique=False)

    op.create_table(
        "ballot_words",
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("remedy", sa.Text(), server_default="", nullable=False),
        sa.Column("authority", sa.Text(), server_default="", nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_words_ballot_id")
        ),
        sa.PrimaryKeyConstraint("ballot_id", name=op.f("pk_ballot_words")),
    )
    triggers.install(op.get_bind())
