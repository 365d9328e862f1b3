"""The tables as migrated and the tables as written down are the same."""

from __future__ import annotations

from io import StringIO

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from crawler.store import open_store
from crawler.store.engine import Database
from crawler.store.migrations import configured, upgrade
from crawler.store.schema import HEAD, REVISIONS, stored_version
from crawler.store.tables import METADATA


def test_the_migrations_make_exactly_the_tables(store):
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize("kind", ["postgresql"])
def test_postgresql_sorts_every_text_by_code_point(store):
    columns = (
        "SELECT table_name, column_name, collation_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'text'"
    )
    with store.database.reading() as connection:
        told = connection.exec_driver_sql(columns).all()
    assert len(told) > 40
    assert [row for row in told if row[2] != "C"] == []


def test_the_revisions_are_the_files_in_order():
    found = [script.revision for script in ScriptDirectory.from_config(configured()).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


@pytest.mark.parametrize("revision", [None, *REVISIONS])
def test_every_earlier_version_becomes_the_newest(url, revision):
    database = Database(url)
    if revision is not None:
        with database.migrating() as connection:
            upgrade(connection, revision)
            connection.exec_driver_sql("INSERT INTO register_version (digest) VALUES ('kept')")
    database.close()
    with open_store(url) as store, store.database.reading() as connection:
        assert stored_version(connection, url) == HEAD
        kept = connection.exec_driver_sql("SELECT digest FROM register_version").scalars().all()
    assert kept == ([] if revision is None else ["kept"])


@pytest.mark.parametrize("kind", ["sqlite"])
def test_foreign_keys_hold_again_after_a_migration(store):
    with store.database.migrating() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_migration_can_be_said_in_the_words_of_postgresql(revision):
    said = StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    script = ScriptDirectory.from_config(configured()).get_revision(revision)
    with Operations.context(context):
        script.module.upgrade()
    assert said.getvalue().rstrip().endswith(";")
