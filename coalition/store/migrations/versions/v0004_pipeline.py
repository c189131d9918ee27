"""The board's pipeline counts proposals by stage and pillar along an index, not their texts."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposal_stage_pillar_latest_round_id"),
            ["stage", "pillar", "latest_round_id"],
            unique=False,
        )
