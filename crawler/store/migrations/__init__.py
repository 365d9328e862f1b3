"""The steps by which a database of an earlier version becomes one of today's."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str) -> None:
    """Brings the database behind `connection` to `revision`, within the transaction that is under way."""
    command.upgrade(configured(connection), revision)


def configured(connection: Connection | None = None) -> Config:
    """Alembic's settings for this folder; there is no ini file."""
    config = Config()
    # Alembic reads % as the start of a substitution.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
