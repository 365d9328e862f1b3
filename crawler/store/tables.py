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
from sqlalchemy.types import TypeEngine

from adapters.model import Observation
from audits.model import Account, LogoVerdict, Result
from audits.report.model import Run


class Words(TypeDecorator[str]):
    """Text. PostgreSQL keeps no NUL, so both keep U+FFFD in its place; both sort by code point."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Without a language PostgreSQL would sort as its server was set up, and read a run in another order."""
        return Text(collation="C") if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the same for each
        """The text without NUL."""
        return None if value is None else str(value).replace("\x00", "\ufffd")


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

REGISTER_VERSION = Table("register_version", METADATA, Column("digest", Words, primary_key=True))

# Apart from the version, because an earlier register can be imported again.
REGISTER_IMPORT = Table(
    "register_import",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("digest", Words, ForeignKey("register_version.digest"), nullable=False),
    Column("imported_at", Words, nullable=False),
    sqlite_autoincrement=True,
)

REGISTER_ACCOUNT = Table(
    "register_account",
    METADATA,
    Column("digest", Words, ForeignKey("register_version.digest", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("account_id", Words, nullable=False, index=True),
    Column("account", Json(Account), nullable=False),
)

# `sequence` is the order of starting: under a fixed clock the times are all equal.
# `register_digest` may name a register that is not kept: an account asked for by hand has none.
# `advanced_at` is set when the run's findings were taken into the baseline.
RUN = Table(
    "run",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("run_id", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("started_at", Words, nullable=False),
    Column("finished_at", Words),
    Column("register_digest", Words, nullable=False),
    Column("policy_id", Words, nullable=False),
    Column("policy_sha256", Words, nullable=False),
    Column("complete", Boolean),
    Column("settings_json", Words, nullable=False),
    Column("record", Json(Run)),
    Column("advanced_at", Words),
    sqlite_autoincrement=True,
)

# How each platform did in a finished run: what a blind one said must not count in later runs.
RUN_PLATFORM = Table(
    "run_platform",
    METADATA,
    Column("run_id", Words, ForeignKey("run.run_id", ondelete="CASCADE"), primary_key=True),
    Column("platform", Words, primary_key=True),
    Column("planned", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("coverage", Float, nullable=False),
    Column("blind", Boolean, nullable=False),
)

# `image_sha256` (the avatar) and `banner_sha256` are no foreign keys: pictures are thrown away before the record of
# what was seen.
SIGHTING = Table(
    "sighting",
    METADATA,
    Column("run_id", Words, ForeignKey("run.run_id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Words, primary_key=True),
    Column("platform", Words, nullable=False),
    Column("handle", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("observations", Json(tuple[Observation, ...]), nullable=False),
    Column("observed_at", Words, nullable=False),
    Column("image_sha256", Words),
    Column("image_gap", Words),
    Column("banner_sha256", Words),
    Column("banner_gap", Words),
    # Holds all that streaks read, so that years of wide rows need not be touched.
    Index(None, "run_id", "account_id", "platform", "outcome"),
)

# The columns of a sighting that name pictures by their content.
SHOWN = (SIGHTING.c.image_sha256, SIGHTING.c.banner_sha256)

IMAGE = Table(
    "image",
    METADATA,
    Column("sha256", Words, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("format", Words),
    Column("width", Integer),
    Column("height", Integer),
    Column("stored_at", Words, nullable=False),
)

IMAGE_KEY = Table(
    "image_key",
    METADATA,
    Column("platform", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("sha256", Words, ForeignKey("image.sha256", ondelete="CASCADE"), nullable=False, index=True),
    Column("remembered_at", Words, nullable=False),
)

# A verdict depends on the content alone and outlives the bytes.
LOGO_VERDICT = Table(
    "logo_verdict",
    METADATA,
    Column("set_digest", Words, primary_key=True),
    Column("sha256", Words, primary_key=True),
    Column("verdict", Json(LogoVerdict), nullable=False),
)

RESULT = Table(
    "result",
    METADATA,
    Column("run_id", Words, ForeignKey("run.run_id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Words, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("platform", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("result", Json(Result), nullable=False),
)

FINDING_INTERVAL = Table(
    "finding_interval",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("account_id", Words, nullable=False),
    Column("platform", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("seen", Words),
    Column("first_seen", Words, nullable=False),
    Column("first_run", Words, ForeignKey("run.run_id"), nullable=False),
    Column("last_seen", Words, nullable=False),
    Column("last_run", Words, ForeignKey("run.run_id"), nullable=False),
    Column("ended_at", Words),
    Column("ended_run", Words, ForeignKey("run.run_id")),
    Column("end_reason", Words),
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
    Column("policy_id", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("adopted_by", Words, nullable=False),
    Column("adopted_on", Words, nullable=False),
    Column("recorded_at", Words, nullable=False),
    UniqueConstraint("sha256", "policy_id", "adopted_by", "adopted_on"),
    sqlite_autoincrement=True,
)
