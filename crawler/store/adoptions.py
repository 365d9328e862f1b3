"""Which policy files were adopted, by whom and when."""

from __future__ import annotations

from sqlalchemy import select

from crawler.store.engine import Database, upsert
from crawler.store.tables import ADOPTION
from crawler.store.values import Adoption

_NAMES = {"policy_id": "policy_id", "sha256": "sha256", "adopted_by": "by", "adopted_on": "on"}
_COLUMNS = tuple(ADOPTION.c[name].label(field) for name, field in _NAMES.items())


class Adoptions:
    """Adoptions are only ever added: who decided what must stay known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, policy_id: str, sha256: str, by: str, on: str, now: str) -> None:
        """Notes that `by` adopted the policy file on the date `on`; saying the same again changes nothing."""
        row = {"policy_id": policy_id, "sha256": sha256, "adopted_by": by, "adopted_on": on, "recorded_at": now}
        with self._database.writing() as connection:
            upsert(connection, ADOPTION, [row], replace=())

    def of(self, sha256: str) -> Adoption | None:
        """The adoption of this very file (the last one noted); `None`: it is a draft."""
        noted = select(*_COLUMNS).where(ADOPTION.c.sha256 == sha256).order_by(ADOPTION.c.sequence.desc())
        with self._database.reading() as connection:
            row = connection.execute(noted.limit(1)).mappings().first()
        return None if row is None else Adoption(**row)

    def all(self) -> tuple[Adoption, ...]:
        """Every adoption, in the order in which they were noted."""
        with self._database.reading() as connection:
            rows = connection.execute(select(*_COLUMNS).order_by(ADOPTION.c.sequence)).mappings()
            return tuple(Adoption(**row) for row in rows)
