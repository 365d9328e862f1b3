"""Pictures by their content, the addresses that led to them, and what the image check said of them."""

from __future__ import annotations

from sqlalchemy import select

from adapters.model import Platform
from audits.model import LogoVerdict
from crawler.store.engine import Database, upsert
from crawler.store.tables import IMAGE, IMAGE_KEY, LOGO_VERDICT


class Images:
    """Each picture once, under the SHA-256 of its bytes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, sha256: str, data: bytes, fmt: str | None, width: int | None, height: int | None, now: str) -> None:
        """Keeps a picture; `width` and `height` in pixels. One that is kept already stays as it is."""
        row = {"sha256": sha256, "data": data, "format": fmt, "width": width, "height": height, "stored_at": now}
        with self._database.writing() as connection:
            upsert(connection, IMAGE, [row], replace=())

    def get(self, sha256: str) -> bytes | None:
        """The bytes of a picture."""
        with self._database.reading() as connection:
            data: bytes | None = connection.scalar(select(IMAGE.c.data).where(IMAGE.c.sha256 == sha256))
        return data

    def key(self, platform: Platform, key: str) -> str | None:
        """The content an address led to, by what identifies the picture in that address."""
        found = select(IMAGE_KEY.c.sha256).where(IMAGE_KEY.c.platform == platform, IMAGE_KEY.c.key == key)
        with self._database.reading() as connection:
            sha256: str | None = connection.scalar(found)
        return sha256

    def keys(self, platform: Platform) -> dict[str, str]:
        """All that `key` knows of one platform: identity of the address -> SHA-256."""
        rows = select(IMAGE_KEY.c.key, IMAGE_KEY.c.sha256).where(IMAGE_KEY.c.platform == platform)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(rows)}

    def remember_key(self, platform: Platform, key: str, sha256: str, now: str) -> None:
        """Notes which kept picture (`put` comes first) an address leads to; a later answer replaces an earlier one."""
        row = {"platform": platform, "key": key, "sha256": sha256, "remembered_at": now}
        with self._database.writing() as connection:
            upsert(connection, IMAGE_KEY, [row], replace=("sha256", "remembered_at"))

    def verdict(self, sha256: str, set_digest: str) -> LogoVerdict | None:
        """What the image check said of a content against the approved set with this digest."""
        same = (LOGO_VERDICT.c.sha256 == sha256) & (LOGO_VERDICT.c.set_digest == set_digest)
        with self._database.reading() as connection:
            verdict: LogoVerdict | None = connection.scalar(select(LOGO_VERDICT.c.verdict).where(same))
        return verdict

    def verdicts(self, set_digest: str) -> dict[str, LogoVerdict]:
        """All verdicts against one approved set: SHA-256 of the content -> verdict."""
        rows = select(LOGO_VERDICT.c.sha256, LOGO_VERDICT.c.verdict).where(LOGO_VERDICT.c.set_digest == set_digest)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(rows)}

    def save_verdict(self, sha256: str, set_digest: str, verdict: LogoVerdict) -> None:
        """Keeps a verdict; a second one over the same content and set replaces the first."""
        row = {"sha256": sha256, "set_digest": set_digest, "verdict": verdict}
        with self._database.writing() as connection:
            upsert(connection, LOGO_VERDICT, [row], replace=("verdict",))
