"""What the board groups by: size, region, whose views an organisation and a proposal carry."""

import sqlalchemy as sa
from alembic import op

from coalition.store import triggers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        for name in ("size", "region"):
            column = sa.Column(name, sa.String(length=20), server_default="", nullable=False)
            batch_op.add_column(column)
        batch_op.add_column(
            sa.Column("perspectives", sa.JSON(), server_default="[]", nullable=False)
        )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("perspectives", sa.JSON(), server_default="[]", nullable=False)
        )
    triggers.install(op.get_bind())
