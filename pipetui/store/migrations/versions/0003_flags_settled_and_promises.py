"""Flags that somebody settled, and what buyers and we undertook."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column of deals, and a table."""
    op.add_column("deal", sa.Column("accepted", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_promise_batch_id_batch")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_promise_deal_id_deal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    for column in ("batch_id", "deal_id", "thread"):
        op.create_index(op.f(f"ix_promise_{column}"), "promise", [column])
