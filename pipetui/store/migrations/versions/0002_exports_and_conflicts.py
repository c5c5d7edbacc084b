"""What was exported when, and where people and the CRM disagree: until now a note beside each import."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of exports and conflicts, with what the imports so far tell."""
    export = op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_export_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_source.id"], name=op.f("fk_export_source_id_import_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_batch_id"), "export", ["batch_id"])
    op.create_index("ix_export_source", "export", ["source_id", "as_of"])
    conflict = op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("ours", sa.Text(), nullable=True),
        sa.Column("theirs", sa.Text(), nullable=True),
        sa.Column("as_of", sa.DateTime(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_conflict_batch_id_batch")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_conflict_deal_id_deal")),
        sa.ForeignKeyConstraint(["settled_by"], ["batch.id"], name=op.f("fk_conflict_settled_by_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    for column in ("batch_id", "deal_id", "settled_by"):
        op.create_index(op.f(f"ix_conflict_{column}"), "conflict", [column])
    op.create_index(
        "ix_deal_event_superseded",
        "deal_event",
        ["superseded_by"],
        sqlite_where=sa.text("superseded_by IS NOT NULL"),
    )
    _tell(export, conflict)


def _tell(export: sa.Table, conflict: sa.Table) -> None:
    """Fill the tables from the summaries of the imports."""
    connection = op.get_bind()
    batch = sa.table(
        "batch", *map(sa.column, ("id", "kind", "because", "summary")), sa.column("as_of", sa.DateTime)
    )
    rows = connection.execute(sa.text("SELECT name, id FROM import_source")).all()
    sources: dict[str, int] = {row.name: row.id for row in rows}
    imports = connection.execute(sa.select(batch).where(batch.c.kind == "import").order_by(batch.c.id))
    for row in imports.all():
        told = json.loads(row.summary or "{}")
        exports = list(_exports(row, told.get("moments", {}), sources))
        disputed = [
            {**dispute, "as_of": row.as_of, "batch_id": row.id} for dispute in told.get("disputed", ())
        ]
        if exports:
            connection.execute(export.insert(), exports)
        if disputed and row.as_of is not None:
            connection.execute(conflict.insert(), disputed)


def _exports(row: Any, moments: dict[str, str], sources: dict[str, int]) -> Iterator[dict[str, Any]]:
    for name, moment in moments.items():
        if name in sources:
            yield {
                "source_id": sources[name],
                "as_of": datetime.fromisoformat(moment),
                "name": row.because,
                "is_whole": True,
                "heard": "[]",
                "unread": "[]",
                "batch_id": row.id,
            }
