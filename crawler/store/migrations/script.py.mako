"""${message}. Add the revision to REVISIONS in crawler/store/schema.py."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """From the revision before to this one; there is no way back but a copy."""
    ${upgrades if upgrades else "pass"}
