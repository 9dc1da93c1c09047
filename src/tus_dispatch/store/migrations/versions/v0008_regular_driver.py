"""Who usually drives a participant, where that is wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; nobody has a usual driver before."""
    op.add_column("participant", sa.Column("regular_driver", sa.String(), nullable=True))
