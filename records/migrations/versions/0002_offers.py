"""The editions that are offered."""

import sqlalchemy as sa
from alembic import op

from records.instants import Instant
from records.migrations.append_only import refuse_changes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offer",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("official", sa.String(), nullable=False),
        sa.Column("official_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_offer_kind_name", "offer", ["kind", "name", "number"])
    refuse_changes("offer", ("number",))
