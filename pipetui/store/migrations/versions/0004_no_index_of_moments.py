"""Events are asked for by deal or by batch: an index of their moments alone only slows imports down."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index less."""
    op.drop_index("ix_deal_event_at", "deal_event")
