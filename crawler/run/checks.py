"""What an installation has and lacks, check by check, each with its cure. Nothing is asked of any platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

from adapters.model import Adapter, Platform, Profile, Source, SourceKind, Subject, Value
from audits.logo.manifest import LogoSetError
from audits.policy import Policy, in_force
from audits.report.model import PolicyMark
from crawler import resources
from crawler.config import Permission, Settings, permitted, secret_name, token
from crawler.net.chromium import CURE, VARIABLE, find, named
from crawler.net.rendering import BrowserDown
from crawler.resources import ResourceError
from crawler.run.plan import permitted_sources
from crawler.store import StoreError, open_store

# A permission that ends within so many days is told, so that it can be renewed in time.
SOON = 30
_NOBODY = (Subject(handle="politie", platform_id="1"),)


class State(StrEnum):
    """How a check came out; `off`: it is not used, which is a choice and no fault."""

    OK = "ok"
    OFF = "off"
    WARNING = "warning"
    MISSING = "missing"
    WRONG = "wrong"


class Check(Value, frozen=True, kw_only=True):
    """One check in one line. `needed`: without it there is no audit to speak of. `cure` where something can be done."""

    check: str
    state: State
    said: str
    cure: str | None = None
    needed: bool = False

    @property
    def stops(self) -> bool:
        """Whether an audit had better wait for the cure."""
        return self.needed and self.state in {State.MISSING, State.WRONG}


def check_store(url: str) -> Check:
    """Whether the database opens and finds nothing wrong with itself."""
    name = "store"
    try:
        with open_store(url) as store:
            problems, place = store.check(), store.database.place
    except StoreError as error:
        return Check(check=name, state=State.WRONG, said=str(error), needed=True)
    if problems:
        cure = "put back a copy from before, or name another with --store"
        return Check(check=name, state=State.WRONG, said=f"{place}: {'; '.join(problems)}", cure=cure, needed=True)
    return Check(check=name, state=State.OK, said=f"{place}: opens and is sound", needed=True)


def check_logos(folder: str | None) -> Check:
    """Whether there are approved pictures to hold profile photos against."""
    name, cure = "logos", 'herkenbaar logos add FILE --name N --logos DIR, and logos = "DIR" in the settings'
    if folder is None:
        said = "no folder is named: no profile photo can be judged"
        return Check(check=name, state=State.MISSING, said=said, cure=cure, needed=True)
    try:
        approved = resources.approved_logos(Path(folder))
    except (ResourceError, LogoSetError) as error:
        return Check(check=name, state=State.WRONG, said=str(error), cure=cure, needed=True)
    said = f"{sum(entry.bad is None for entry in approved.entries)} approved in {folder}"
    unmeasured = sum(entry.limits is None for entry in approved.entries)
    if unmeasured:
        said = f"{said}; the limits of {unmeasured} are measured anew at every start, some seconds each"
        cure = f"herkenbaar logos calibrate --logos {folder}"
        return Check(check=name, state=State.WARNING, said=said, cure=cure, needed=True)
    return Check(check=name, state=State.OK, said=said, needed=True)


def check_policy(policy: Policy, reference: str, mark: PolicyMark | None, today: date) -> Check:
    """Whether the policy that the settings name is in force and adopted; `mark` is `None` where nobody can tell."""
    name, clauses = f"policy {policy.id}", in_force(policy, today)
    if not clauses:
        said = f"no clause is in force before {policy.in_force_from}"
        return Check(check=name, state=State.WRONG, said=said, cure="name another in the settings", needed=True)
    if mark is None or mark.adopted_by is None:
        said = f"{len(clauses)} clauses; a draft: nobody has adopted this very file, and every report says so"
        cure = f"herkenbaar policy adopt {reference} --by NAME"
        return Check(check=name, state=State.WARNING, said=said, cure=cure, needed=True)
    said = f"{len(clauses)} clauses, adopted by {mark.adopted_by} on {mark.adopted_on}"
    return Check(check=name, state=State.OK, said=said, needed=True)


def check_platform(settings: Settings, adapter: Adapter, today: date, *, used: bool) -> Iterator[Check]:
    """All checks of one platform. `used` = the register has accounts there, or nothing yet."""
    platform = adapter.platform
    usable = [source.name for source in permitted_sources(settings, adapter, today) if not _lacking(settings, source)]
    if usable:
        yield Check(check=str(platform), state=State.OK, said=f"can be asked through {', '.join(usable)}", needed=used)
    else:
        said, cure = "nothing can be asked: its accounts stay unknown", "set the credential, or record a permission"
        yield Check(check=str(platform), state=State.MISSING, said=said, cure=cure, needed=used)
    yield from (_credential(settings, source) for source in adapter.sources if source.credential is not None)
    yield from (_permission(settings, source, today) for source in adapter.sources)
    yield from _unknown_sources(settings, adapter)
    yield from _canaries(settings, adapter)


def _lacking(settings: Settings, source: Source) -> tuple[str, str] | None:
    """What a source lacks to be asked, and the cure."""
    if source.credential is None:
        return None
    name = secret_name(source.platform)
    if token(settings, source.platform) is None:
        return f"{name} is not set", f"export {name}=..."
    asks_as_caller = any("{caller}" in request.path for request in source.ask(_NOBODY))
    if asks_as_caller and settings.of(source.platform).caller is None:
        return "caller is not set: the id of your own account", f'[platform.{source.platform}] caller = "..."'
    return None


def _credential(settings: Settings, source: Source) -> Check:
    name = f"credential {source.platform} {source.name}"
    if lacking := _lacking(settings, source):
        return Check(check=name, state=State.MISSING, said=lacking[0], cure=lacking[1])
    return Check(check=name, state=State.OK, said="present")


def _permission(settings: Settings, source: Source, today: date) -> Check:
    name = f"permission {source.platform} {source.name}"
    match source.kind:
        case SourceKind.OFFICIAL:
            return Check(check=name, state=State.OK, said="official interface: none needed")
        case SourceKind.OPEN_PAGE if settings.permissions.open_pages:
            return Check(check=name, state=State.OK, said="open page, asked by the settings")
        case SourceKind.OPEN_PAGE:
            cure = "[permissions] open_pages = true"
            return Check(check=name, state=State.OFF, said="open page, not asked by the settings", cure=cure)
    own = [one for one in settings.permission if one.platform is source.platform and source.name in one.sources]
    last = max(own, key=lambda record: record.until, default=None)
    return _recorded(name, last, today)


def _recorded(name: str, record: Permission | None, today: date) -> Check:
    if record is None:
        cure = "a [[permission]] in the settings that names this source, once it was given"
        return Check(check=name, state=State.OFF, said="none on record: not asked", cure=cure)
    given = f"{record.grantor}, {record.document}"
    if record.until < today:
        cure = "have it renewed, and write the new date in the settings"
        return Check(check=name, state=State.WRONG, said=f"ended on {record.until} ({given}): not asked", cure=cure)
    left = (record.until - today).days
    if left <= SOON:
        said = f"ends on {record.until}, in {left} days ({given})"
        return Check(check=name, state=State.WARNING, said=said, cure="have it renewed")
    return Check(check=name, state=State.OK, said=f"until {record.until} ({given})")


def _unknown_sources(settings: Settings, adapter: Adapter) -> Iterator[Check]:
    """A record that names what is no source permits nothing, and nobody would notice."""
    known = [source.name for source in adapter.sources]
    written = (name for one in settings.permission if one.platform is adapter.platform for name in one.sources)
    for name in dict.fromkeys(name for name in written if name not in known):
        cure = f"it has {', '.join(known)}"
        said = f"{adapter.platform} has no source of this name"
        yield Check(check=f"permission {adapter.platform} {name}", state=State.WRONG, said=said, cure=cure, needed=True)


def _canaries(settings: Settings, adapter: Adapter) -> Iterator[Check]:
    name, own = f"canaries {adapter.platform}", settings.of(adapter.platform).canary
    unknown = sorted({field for canary in own for field in canary.expect if field not in Profile.__struct_fields__})
    live, gone = sum(not canary.missing for canary in own), sum(canary.missing for canary in own)
    said = f"{live} live, {gone} missing"
    if unknown:
        cure = f"fields are {', '.join(Profile.__struct_fields__)}"
        yield Check(check=name, state=State.WRONG, said=f"no such field: {', '.join(unknown)}", cure=cure, needed=True)
    elif live and gone:
        yield Check(check=name, state=State.OK, said=said)
    else:
        cure = f"[[platform.{adapter.platform}.canary]]: an account whose values are known, and a name nobody has"
        yield Check(check=name, state=State.MISSING, said=said, cure=cure)


async def check_browser(settings: Settings, adapters: Mapping[Platform, Adapter], today: date) -> Check:
    """Whether the browser for rendered pages is there and starts; needed where such a page may be asked."""
    name, path = "browser", find(settings.browser)
    needed = _may_render(settings, adapters.values(), today)
    purpose = "" if needed else "; no rendered page may be asked, so none is needed"
    if not settings.browser.enabled:
        return Check(check=name, state=State.OK, said="switched off in the settings: rendered pages are left out")
    if path is None:
        chosen = named(settings.browser)
        said = f"{chosen}: not found" if chosen else "none found"
        return Check(check=name, state=State.MISSING, said=f"{said}{purpose}", cure=CURE, needed=needed)
    from crawler.net.browser import version  # noqa: PLC0415 - where there is none its library is not loaded

    try:
        found = await version(settings.browser)
    except BrowserDown as error:
        cure = f"try: {path} --headless --dump-dom about:blank; or name another with {VARIABLE}"
        return Check(check=name, state=State.WRONG, said=f"{path}: {error}{purpose}", cure=cure, needed=needed)
    return Check(check=name, state=State.OK, said=f"{path}: starts, version {found}{purpose}", needed=needed)


def _may_render(settings: Settings, adapters: Iterable[Adapter], today: date) -> bool:
    return any(
        source.rendered and permitted(settings, source, today) for adapter in adapters for source in adapter.sources
    )
