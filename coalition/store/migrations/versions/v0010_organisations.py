"""Standing, dues and parent of an organisation, and which one it merged into."""

import sqlalchemy as sa
from alembic import op

from coalition.store import triggers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("good_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("dues_tier", sa.String(length=80), server_default="", nullable=False)
        )
        for name in ("parent", "parent_key"):
            column = sa.Column(name, sa.String(length=200), server_default="", nullable=False)
            batch_op.add_column(column)
        batch_op.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_organisation_parent_key"), ["parent_key"])
        batch_op.create_index(batch_op.f("ix_organisation_merged_into"), ["merged_into"])
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_merged_into"), "organisation", ["merged_into"], ["id"]
        )
    triggers.install(op.get_bind())
