"""The tables, in words both SQLite and PostgreSQL understand. Times are UTC ISO 8601 text, which sorts as time does."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from adapters.model import Observation
from audits.model import Account, LogoVerdict, Result
from audits.report.model import Run


class Json(TypeDecorator[Any]):
    """A value kept as JSON text and given back as `shape`, a type that msgspec can decode."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self._decoder = msgspec.json.Decoder(shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - the same for each
        """The value as text."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - the same for each
        """The text as value."""
        return None if value is None else self._decoder.decode(value)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

REGISTER_VERSION = Table("register_version", METADATA, Column("digest", Text, primary_key=True))

# Apart from the version, because an earlier register can be imported again.
REGISTER_IMPORT = Table(
    "register_import",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("digest", Text, ForeignKey("register_version.digest"), nullable=False),
    Column("imported_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

REGISTER_ACCOUNT = Table(
    "register_account",
    METADATA,
    Column("digest", Text, ForeignKey("register_version.digest", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("account_id", Text, nullable=False, index=True),
    Column("account", Json(Account), nullable=False),
)

# `sequence` is the order of starting: under a fixed clock the times are all equal.
# `register_digest` may name a register that is not kept: an account asked for by hand has none.
# `advanced_at` is set when the run's findings were taken into the baseline.
RUN = Table(
    "run",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("run_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("register_digest", Text, nullable=False),
    Column("policy_id", Text, nullable=False),
    Column("policy_sha256", Text, nullable=False),
    Column("complete", Boolean),
    Column("settings_json", Text, nullable=False),
    Column("record", Json(Run)),
    Column("advanced_at", Text),
    sqlite_autoincrement=True,
)

# How each platform did in a finished run: what a blind one said must not count in later runs.
RUN_PLATFORM = Table(
    "run_platform",
    METADATA,
    Column("run_id", Text, ForeignKey("run.run_id", ondelete="CASCADE"), primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("planned", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("coverage", Float, nullable=False),
    Column("blind", Boolean, nullable=False),
)

# `image_sha256` is no foreign key: pictures are thrown away before the record of what was seen.
SIGHTING = Table(
    "sighting",
    METADATA,
    Column("run_id", Text, ForeignKey("run.run_id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("handle", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("observations", Json(tuple[Observation, ...]), nullable=False),
    Column("observed_at", Text, nullable=False),
    Column("image_sha256", Text),
    Column("image_gap", Text),
    # Holds all that streaks read, so that years of wide rows need not be touched.
    Index(None, "run_id", "account_id", "platform", "outcome"),
)

IMAGE = Table(
    "image",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("format", Text),
    Column("width", Integer),
    Column("height", Integer),
    Column("stored_at", Text, nullable=False),
)

IMAGE_KEY = Table(
    "image_key",
    METADATA,
    Column("platform", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("sha256", Text, ForeignKey("image.sha256", ondelete="CASCADE"), nullable=False, index=True),
    Column("remembered_at", Text, nullable=False),
)

# A verdict depends on the content alone and outlives the bytes.
LOGO_VERDICT = Table(
    "logo_verdict",
    METADATA,
    Column("set_digest", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("verdict", Json(LogoVerdict), nullable=False),
)

RESULT = Table(
    "result",
    METADATA,
    Column("run_id", Text, ForeignKey("run.run_id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("platform", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("result", Json(Result), nullable=False),
)

FINDING_INTERVAL = Table(
    "finding_interval",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("account_id", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("seen", Text),
    Column("first_seen", Text, nullable=False),
    Column("first_run", Text, ForeignKey("run.run_id"), nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("last_run", Text, ForeignKey("run.run_id"), nullable=False),
    Column("ended_at", Text),
    Column("ended_run", Text, ForeignKey("run.run_id")),
    Column("end_reason", Text),
    # One clause of one account is wanting once at a time. (The migration says the same to PostgreSQL; naming it here
    # would import that dialect for everyone.)
    Index("uq_finding_interval_open", "account_id", "rule", unique=True, sqlite_where=text("ended_at IS NULL")),
    Index(None, "account_id"),
    sqlite_autoincrement=True,
)

ADOPTION = Table(
    "adoption",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("policy_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("adopted_by", Text, nullable=False),
    Column("adopted_on", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    UniqueConstraint("sha256", "policy_id", "adopted_by", "adopted_on"),
    sqlite_autoincrement=True,
)
