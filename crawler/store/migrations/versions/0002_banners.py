"""Banners: the content of the banner that was seen with an account, or why there is none."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# PostgreSQL sorts by code point, as SQLite does, whatever the language of its server.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Two columns more; in what was seen before they are empty."""
    op.add_column("sighting", sa.Column("banner_sha256", WORDS))
    op.add_column("sighting", sa.Column("banner_gap", WORDS))
