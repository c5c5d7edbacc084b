"""Quotas that were set here, and forecast calls: what was said in them, and what was frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five tables."""
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_quota_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
    )
    op.create_index(op.f("ix_quota_batch_id"), "quota", ["batch_id"])
    op.create_table(
        "forecast_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_forecast_call_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_call")),
    )
    op.create_index(op.f("ix_forecast_call_batch_id"), "forecast_call", ["batch_id"])
    op.create_table(
        "call_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("rep", sa.Text(), nullable=True),
        sa.Column("manager", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("condition_by", sa.Date(), nullable=True),
        sa.Column("condition_owner", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_call_line_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["forecast_call.id"], name=op.f("fk_call_line_call_id_forecast_call")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_call_line_deal_id_deal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_line")),
    )
    op.create_index(op.f("ix_call_line_batch_id"), "call_line", ["batch_id"])
    op.create_index("ix_call_line_call", "call_line", ["call_id", "deal_id"])
    op.create_index(op.f("ix_call_line_deal_id"), "call_line", ["deal_id"])
    op.create_table(
        "call_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_call_number_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["forecast_call.id"], name=op.f("fk_call_number_call_id_forecast_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_number")),
    )
    op.create_table(
        "call_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_call_revision_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["forecast_call.id"], name=op.f("fk_call_revision_call_id_forecast_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_revision")),
    )
    for table in ("call_number", "call_revision"):
        for column in ("batch_id", "call_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
