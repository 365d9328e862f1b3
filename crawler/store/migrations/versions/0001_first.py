"""The first tables: registers, runs, sightings, images, results, intervals of findings, adoptions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# PostgreSQL sorts by code point, as SQLite does, whatever the language of its server.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """From nothing to the first version."""
    _registers()
    _runs()
    _sightings()
    _images()
    _results()
    _intervals()
    _adoptions()


def _registers() -> None:
    op.create_table(
        "register_version",
        sa.Column("digest", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_register_version"),
    )
    op.create_table(
        "register_import",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("imported_at", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["register_version.digest"], name="fk_register_import_digest_register_version"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "register_account",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("account_id", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("digest", "position", name="pk_register_account"),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["register_version.digest"],
            name="fk_register_account_digest_register_version",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_register_account_account_id", "register_account", ["account_id"])


def _runs() -> None:
    op.create_table(
        "run",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("run_id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("started_at", WORDS, nullable=False),
        sa.Column("finished_at", WORDS),
        sa.Column("register_digest", WORDS, nullable=False),
        sa.Column("policy_id", WORDS, nullable=False),
        sa.Column("policy_sha256", WORDS, nullable=False),
        sa.Column("complete", sa.Boolean),
        sa.Column("settings_json", WORDS, nullable=False),
        sa.Column("record", WORDS),
        sa.Column("advanced_at", WORDS),
        sa.UniqueConstraint("run_id", name="uq_run_run_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "run_platform",
        sa.Column("run_id", WORDS, nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("planned", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("coverage", sa.Float, nullable=False),
        sa.Column("blind", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "platform", name="pk_run_platform"),
        _of_run("run_platform"),
    )


def _sightings() -> None:
    op.create_table(
        "sighting",
        sa.Column("run_id", WORDS, nullable=False),
        sa.Column("account_id", WORDS, nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("handle", WORDS, nullable=False),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("observations", WORDS, nullable=False),
        sa.Column("observed_at", WORDS, nullable=False),
        sa.Column("image_sha256", WORDS),
        sa.Column("image_gap", WORDS),
        sa.PrimaryKeyConstraint("run_id", "account_id", name="pk_sighting"),
        _of_run("sighting"),
    )
    columns = ["run_id", "account_id", "platform", "outcome"]
    op.create_index("ix_sighting_run_id_account_id_platform_outcome", "sighting", columns)


def _images() -> None:
    op.create_table(
        "image",
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("format", WORDS),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("stored_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_image"),
    )
    op.create_table(
        "image_key",
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("remembered_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("platform", "key", name="pk_image_key"),
        sa.ForeignKeyConstraint(["sha256"], ["image.sha256"], name="fk_image_key_sha256_image", ondelete="CASCADE"),
    )
    op.create_index("ix_image_key_sha256", "image_key", ["sha256"])
    op.create_table(
        "logo_verdict",
        sa.Column("set_digest", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("verdict", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("set_digest", "sha256", name="pk_logo_verdict"),
    )


def _results() -> None:
    op.create_table(
        "result",
        sa.Column("run_id", WORDS, nullable=False),
        sa.Column("account_id", WORDS, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("result", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "account_id", name="pk_result"),
        _of_run("result"),
    )


def _intervals() -> None:
    runs = ("first_run", "last_run", "ended_run")
    op.create_table(
        "finding_interval",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("account_id", WORDS, nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("rule", WORDS, nullable=False),
        sa.Column("verdict", WORDS, nullable=False),
        sa.Column("seen", WORDS),
        sa.Column("first_seen", WORDS, nullable=False),
        sa.Column("first_run", WORDS, nullable=False),
        sa.Column("last_seen", WORDS, nullable=False),
        sa.Column("last_run", WORDS, nullable=False),
        sa.Column("ended_at", WORDS),
        sa.Column("ended_run", WORDS),
        sa.Column("end_reason", WORDS),
        *(sa.ForeignKeyConstraint([name], ["run.run_id"], name=f"fk_finding_interval_{name}_run") for name in runs),
        sqlite_autoincrement=True,
    )
    still_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_finding_interval_open",
        "finding_interval",
        ["account_id", "rule"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index("ix_finding_interval_account_id", "finding_interval", ["account_id"])


def _adoptions() -> None:
    columns = ["sha256", "policy_id", "adopted_by", "adopted_on"]
    op.create_table(
        "adoption",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("policy_id", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("adopted_by", WORDS, nullable=False),
        sa.Column("adopted_on", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.UniqueConstraint(*columns, name="uq_adoption_" + "_".join(columns)),
        sqlite_autoincrement=True,
    )


def _of_run(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=f"fk_{name}_run_id_run", ondelete="CASCADE")
