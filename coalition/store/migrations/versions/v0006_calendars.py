"""Secret calendar addresses."""

import sqlalchemy as sa
from alembic import op

from coalition.store import triggers
from coalition.store.schema import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_key",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_calendar_key_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_calendar_key")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_key_secret_hash")),
    )
    triggers.install(op.get_bind())
