"""Settings: one TOML file, read once; secrets from the environment. Everything has a default, so no file is needed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from platformdirs import user_data_path

from adapters.model import Platform, Source, SourceKind, Value


class SettingsError(ValueError):
    """The settings cannot be used; the message is one line: file, place, reason."""


class Canary(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account whose answer is known: live with the values to `expect`, or known to be missing."""

    handle: str
    platform_id: str | None = None
    missing: bool = False
    expect: dict[str, Any] = {}


class PlatformSettings(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one platform is asked. `rate` = requests a second (0 = unpaced), `concurrency` = at most so many at once.

    `base` points a base address elsewhere; `caller` is our own account's id there; `token` is for loopback bases only.
    """

    base: dict[str, str] = {}
    rate: float = 1.0
    concurrency: int = 4
    caller: str | None = None
    token: str | None = None
    canary: tuple[Canary, ...] = ()


class Permission(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A permission on record to ask sources that the platform's robots.txt closes, or an unofficial interface."""

    platform: Platform
    sources: tuple[str, ...]
    grantor: str
    document: str
    scope: str
    until: date


class Permissions(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be asked besides official interfaces without a record of its own."""

    open_pages: bool = False


class BrowserSettings(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The browser for rendered pages. `path` = which one (default: the system's, else Playwright's own).

    `contexts` = pages at once (default: as many as cores); a browser is replaced after `pages_per_browser` pages.
    """

    enabled: bool = True
    path: str | None = None
    contexts: Annotated[int, msgspec.Meta(ge=1)] | None = None
    pages_per_browser: Annotated[int, msgspec.Meta(ge=1)] = 100


class AdoptionRecord(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who adopted which policy file (by its SHA-256) on which day."""

    policy: str
    sha256: str
    by: str
    on: date


# The forms that texts take, and what a person is told who wrote another one.
CLOCK_TIME, WEB, MAIL = r"^([01]\d|2[0-3]):[0-5]\d$", r"^https?://[^\s/]+", r"^[^\s@]+@[^\s@]+$"
FORMS = {
    CLOCK_TIME: "HH:MM, such as 02:30",
    WEB: "a web address, such as https://monitor.example.org/alarm",
    MAIL: "a mail address, such as beheer@example.org",
}


class NightSettings(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the nightly audit is due (`HH:MM` by the clock of `zone`), and in which folder its reports are gathered."""

    at: Annotated[str, msgspec.Meta(pattern=CLOCK_TIME)] = "02:30"
    zone: str = "Europe/Amsterdam"
    out: str | None = None


Hours: TypeAlias = Annotated[float, msgspec.Meta(gt=0, le=9000)]
WebAddress: TypeAlias = Annotated[str, msgspec.Meta(pattern=WEB)]
MailAddress: TypeAlias = Annotated[str, msgspec.Meta(pattern=MAIL)]


class AlarmSettings(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is told when no complete audit ended for `after_hours`: a file, an address (POST), mail; again and again.

    The heartbeats are for a watcher elsewhere: they are given after each complete audit.
    """

    after_hours: Hours = 30.0
    repeat_hours: Hours = 24.0
    file: str | None = None
    url: WebAddress | None = None
    mail_to: tuple[MailAddress, ...] = ()
    heartbeat_file: str | None = None
    heartbeat_url: WebAddress | None = None


class SmtpSettings(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The mail server. The password stands in the environment."""

    host: str = "localhost"
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 25
    sender: str = "herkenbaar@localhost"
    starttls: bool = False
    user: str | None = None


Days = Annotated[int, msgspec.Meta(ge=1)]


class Retention(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """After how many days each class of data may go (`purge`); docs/operations.md says what each class is.

    The selection list of the archive law decides; these are examples until the organisation has decided.
    """

    sightings: Days = 400
    results: Days = 400
    images: Days = 90
    registers: Days = 400
    findings: Days = 1095
    reports: Days = 400


class Settings(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings. `policy` is an id or a file, `logos` the folder of approved pictures, times are in seconds.

    `gazetteer` is a CSV file with further names of areas.
    `drafts` are announced policies (ids or files): what they need is observed beside what the policy in force needs.
    """

    store: str | None = None
    policy: str = "voorbeeld-2024"
    drafts: tuple[str, ...] = ()
    logos: str | None = None
    gazetteer: str | None = None
    contact: str = "beheerder of this installation"
    timeout: float = 20.0
    patience: float = 90.0
    browser: BrowserSettings = BrowserSettings()
    platform: dict[Platform, PlatformSettings] = {}
    permissions: Permissions = Permissions()
    permission: tuple[Permission, ...] = ()
    adoption: tuple[AdoptionRecord, ...] = ()
    night: NightSettings = NightSettings()
    alarm: AlarmSettings = AlarmSettings()
    smtp: SmtpSettings = SmtpSettings()
    retention: Retention = Retention()

    def of(self, platform: Platform) -> PlatformSettings:
        """The settings of one platform, defaults where none are written."""
        return self.platform.get(platform, PlatformSettings())


def load(path: Path | None) -> Settings:
    """Settings from `path` (defaults without one); raises SettingsError with one line."""
    if path is None:
        return Settings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        settings = msgspec.convert(table, Settings, strict=True)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); give another file with --settings") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise SettingsError(f"{path}: {_in_words(str(error))}") from error
    _refuse_loose_tokens(path, settings)
    _refuse_unknown_zone(path, settings.night)
    return settings


def _in_words(said: str) -> str:
    """What is wrong, in one line; a form is told by an example."""
    for pattern, words in FORMS.items():
        said = said.replace(f"Expected `str` matching regex {pattern!r}", f"Expected {words}")
    return " ".join(said.split())


def for_alarm(path: Path | None) -> Settings | None:
    """Of settings that cannot be used: what it takes to raise the alarm; `None` when not even that can be read."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
        needed = {name: table[name] for name in ("store", "alarm", "smtp") if name in table}
        return msgspec.convert(needed, Settings, strict=True)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError):
        return None


def _refuse_loose_tokens(path: Path, settings: Settings) -> None:
    for platform, own in settings.platform.items():
        if own.token is not None and not _loopback(own.base.get("api", "")):
            raise SettingsError(
                f"{path}: platform.{platform}.token: a secret does not belong in a file; "
                f"set {secret_name(platform)} in the environment (a token here is only for a base on loopback)"
            )


def _refuse_unknown_zone(path: Path, night: NightSettings) -> None:
    try:
        ZoneInfo(night.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(f"{path}: night.zone: {night.zone!r} is no time zone such as Europe/Amsterdam") from error


def _loopback(url: str) -> bool:
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


def secret_name(platform: str) -> str:
    """The environment variable that holds a platform's token."""
    return f"HERKENBAAR_{platform.upper()}_TOKEN"


def token(settings: Settings, platform: Platform, environ: Mapping[str, str] = os.environ) -> str | None:
    """The platform's token: from the environment, or the test token of a loopback base; `None` when there is none."""
    return settings.of(platform).token or environ.get(secret_name(platform)) or None


def permitted(settings: Settings, source: Source, today: date) -> bool:
    """Whether a source may be asked on this day."""
    match source.kind:
        case SourceKind.OFFICIAL:
            return True
        case SourceKind.OPEN_PAGE:
            return settings.permissions.open_pages
        case SourceKind.FORBIDDEN_PAGE | SourceKind.UNOFFICIAL_INTERFACE:
            return any(_covers(record, source, today) for record in settings.permission)
        case SourceKind.MANUAL:
            return False


def _covers(record: Permission, source: Source, today: date) -> bool:
    return record.platform is source.platform and source.name in record.sources and today <= record.until


def data_folder() -> Path:
    """Where the store and the run folders lie unless told otherwise."""
    return user_data_path("herkenbaar")


def nights_folder(settings: Settings) -> Path:
    """Where the reports of the nights are gathered."""
    return Path(settings.night.out) if settings.night.out else data_folder() / "nights"


def store_url(settings: Settings, override: str | None) -> str:
    """The database address: the command line's, the settings', or a SQLite file in the user's data folder."""
    return override or settings.store or f"sqlite:///{data_folder() / 'herkenbaar.sqlite'}"
