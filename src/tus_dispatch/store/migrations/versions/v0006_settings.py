"""Settings of an association that came later: where its holidays are, what it asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; associations made before are in mainland France and ask for nothing."""
    for column in (
        sa.Column("holiday_area", sa.String(), nullable=False, server_default="mainland"),
        sa.Column("participation_per_km", sa.BigInteger(), nullable=False, server_default="0"),
    ):
        op.add_column("organisation", column)
