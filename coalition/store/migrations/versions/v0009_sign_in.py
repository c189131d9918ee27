"""Second factors, the history of sign-ins, and the policy for both."""

import sqlalchemy as sa
from alembic import op

from coalition.store import triggers
from coalition.store.schema import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("second_factor", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column(
            "trusts_provider", sa.Boolean(), server_default=sa.text("(false)"), nullable=False
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_sign_in_policy_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_policy")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_code_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.String(length=200), nullable=False),
        sa.Column("last_step", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("agent", sa.String(length=120), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_try_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
    )
    with op.batch_alter_table("sign_in_try", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_try_account_id_at"), ["account_id", "at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sign_in_try_at"), ["at"], unique=False)

    op.create_table(
        "sign_in_challenge",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("try_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_challenge_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["try_id"], ["sign_in_try.id"], name=op.f("fk_sign_in_challenge_try_id")
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_sign_in_challenge")),
    )
    with op.batch_alter_table("sign_in_challenge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_challenge_account_id"), ["account_id"], unique=False
        )

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("way", sa.String(length=20), server_default="", nullable=False)
        )

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("way", sa.String(length=20), server_default="", nullable=False)
        )

    triggers.install(op.get_bind())
