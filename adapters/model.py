"""The vocabulary of the platforms: what is asked, what comes back, what was read in it. Values only, no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import msgspec

_PROFILE_ID = re.compile(r"1000\d{11}|615\d{11}", re.ASCII)

# The name of the source that asks for a platform's pages through a browser.
RENDERED = "rendered"


class Platform(StrEnum):
    """A place where the police has accounts."""

    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    YOUTUBE = "youtube"
    THREADS = "threads"


# What an address bears where an account has no name, by platform: an id, on Facebook also one behind a title.
_NAMELESS = {
    Platform.FACEBOOK: re.compile(r"(?:.+-)?\d{8,25}", re.ASCII),
    Platform.YOUTUBE: re.compile(r"UC[\w-]{22}", re.ASCII),
}


class Outcome(StrEnum):
    """What became of one observation. Everything after `MOVED` means: the account was not seen."""

    OK = "ok"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    SUSPENDED = "suspended"
    RESTRICTED = "restricted"
    NOT_ELIGIBLE = "not_eligible"
    MOVED = "moved"
    LOGIN_WALL = "login_wall"
    CONSENT_WALL = "consent_wall"
    RATE_LIMITED = "rate_limited"
    BLOCKED = "blocked"
    DENIED = "denied"
    AMBIGUOUS = "ambiguous"
    TRANSPORT_ERROR = "transport_error"
    LAYOUT_CHANGED = "layout_changed"
    NOT_PERMITTED = "not_permitted"


# The outcomes that count as "the platform answered about this account" (coverage).
SEEN = frozenset(
    {
        Outcome.OK,
        Outcome.PARTIAL,
        Outcome.NOT_FOUND,
        Outcome.SUSPENDED,
        Outcome.RESTRICTED,
        Outcome.NOT_ELIGIBLE,
        Outcome.MOVED,
    }
)
# The outcomes that come with the account's own profile.
READ = frozenset({Outcome.OK, Outcome.PARTIAL})


class SourceKind(StrEnum):
    """On what footing a source is asked; the last three but `MANUAL` decide which permission it takes."""

    OFFICIAL = "official"
    OPEN_PAGE = "open_page"
    FORBIDDEN_PAGE = "forbidden_page"
    UNOFFICIAL_INTERFACE = "unofficial_interface"
    MANUAL = "manual"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the values; each names `frozen` and `kw_only` again, which msgspec and mypy ask for."""


class Subject(Value, frozen=True, kw_only=True):
    """Whom a request is about: the current handle, the stable platform id, or both."""

    handle: str | None = None
    platform_id: str | None = None

    def matches(self, handle: str | None, platform_id: str | None) -> bool:
        """Whether an account with this handle (in any case) or this platform id is the one meant."""
        if self.platform_id is not None and self.platform_id == platform_id:
            return True
        return self.handle is not None and handle is not None and self.handle.casefold() == handle.casefold()


class Profile(Value, frozen=True, kw_only=True):
    """What the public sees. `None` = not observed; empty = observed to be empty. Fields as in the `parse` contract."""

    platform_id: str | None = None
    alt_ids: dict[str, str] = {}
    handle: str | None = None
    display_name: str | None = None
    bio: str | None = None
    avatar_url: str | None = None
    avatar_is_default: bool | None = None
    banner_url: str | None = None
    links: tuple[str, ...] | None = None
    verified: bool | None = None
    verified_kind: str | None = None
    private: bool | None = None
    followers: int | None = None
    followers_exact: bool | None = None
    category: str | None = None
    location: str | None = None
    created_at: str | None = None
    extra: dict[str, Any] = {}


class Request(Value, frozen=True, kw_only=True):
    """One question to a platform. Carries its own step and subjects, so that any kept answer can be read again.

    `base` names which of the adapter's `bases` the `path` (with its query) belongs to. `{caller}` in a path stands for
    our own account's id at the platform, which only the settings know. `credential` names a secret; it never holds one;
    it travels in the header `credential_header` (as a bearer token in `Authorization`, bare in any other). `rendered`
    asks for the document as a browser gets it. `drawn` are CSS selectors of what only the page's own scripts draw, the
    one to wait for first: that markup follows the document. Without them no script runs.
    """

    platform: Platform
    source: str
    step: str
    base: str
    path: str
    subjects: tuple[Subject, ...]
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    credential: str | None = None
    credential_header: str = "Authorization"
    rendered: bool = False
    drawn: tuple[str, ...] = ()


class Response(Value, frozen=True, kw_only=True):
    """An answer: the HTTP status, the final address (always the platform's own, never a stand-in's) and the body."""

    status: int
    url: str
    body: bytes
    headers: dict[str, str] = {}


class Observation(Value, frozen=True, kw_only=True):
    """What one source said about one subject: an outcome, and the profile when one was read.

    `reason` is a short machine-readable detail (for `layout_changed` the path that was missing). `observed_at` (UTC ISO
    8601) is set by whoever asked; a reader knows no clock.
    """

    subject: Subject
    platform: Platform
    source: str
    outcome: Outcome
    profile: Profile | None = None
    reason: str | None = None
    new_platform_id: str | None = None
    observed_at: str | None = None


class Reading(Value, frozen=True, kw_only=True):
    """All that one answer gave: observations, and what has to be asked next about the other subjects."""

    observations: tuple[Observation, ...] = ()
    requests: tuple[Request, ...] = ()

    @classmethod
    def alike(cls, request: Request, outcome: Outcome, reason: str | None = None) -> Reading:
        """The same outcome for every subject of the request; for one without a name when it has none."""
        subjects = request.subjects or (Subject(),)
        return cls(observations=tuple(observation(request, subject, outcome, reason) for subject in subjects))


def observation(
    request: Request, subject: Subject, outcome: Outcome, reason: str | None = None, profile: Profile | None = None
) -> Observation:
    """What the source of `request` said about one of its subjects."""
    return Observation(
        subject=subject,
        platform=request.platform,
        source=request.source,
        outcome=outcome,
        profile=profile,
        reason=reason,
    )


class Source(Value, frozen=True, kw_only=True):
    """One way to ask a platform: two pure, stateless functions and what they can give.

    `gives` names the profile fields this source shows in full, `hints` those of which it may show only a part (one
    link out of several): a breach seen in a part is a breach, but a part proves no compliance. `batch` is the number
    of subjects a request can carry. `credential` names the secret without which asking makes no sense. `rendered`: the
    page of another source as a browser gets it. `unsure` are outcomes that settle an account at other sources, but of
    which this one cannot tell the cause, so that the next is asked as well.
    """

    platform: Platform
    name: str
    kind: SourceKind
    batch: int
    gives: frozenset[str]
    ask: Callable[[tuple[Subject, ...]], tuple[Request, ...]]
    read: Callable[[Request, Response], Reading]
    hints: frozenset[str] = frozenset()
    credential: str | None = None
    rendered: bool = False
    unsure: frozenset[Outcome] = frozenset()


class Adapter(Value, frozen=True, kw_only=True):
    """All that the program knows of one platform. `sources` stand in order of preference.

    `avatar_url` turns an address as read into that of the largest safe size; `image_key` reduces an address to what
    identifies the picture (no host, size or signature); `profile_url` is where a person looks at the account.
    """

    platform: Platform
    sources: tuple[Source, ...]
    bases: Mapping[str, str]
    image_hosts: tuple[str, ...]
    avatar_url: Callable[[str], str]
    image_key: Callable[[str], str]
    profile_url: Callable[[str], str]

    def source(self, name: str) -> Source:
        """The source called `name`; KeyError when the platform has none."""
        return {source.name: source for source in self.sources}[name]


def in_browser(page: Source, *, adds: frozenset[str] = frozenset(), drawn: tuple[str, ...] = ()) -> Source:
    """The last resort beside `page`: the same questions through a browser, read by the same reader.

    `adds` names the fields that only a rendered page shows and `drawn` (CSS selectors) where scripts draw them. What
    the reader asks further goes through the browser too: a permission for this source covers no other.
    """

    def through_browser(request: Request) -> Request:
        return msgspec.structs.replace(request, source=RENDERED, rendered=True, drawn=drawn)

    def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
        return tuple(map(through_browser, page.ask(subjects)))

    def read(request: Request, response: Response) -> Reading:
        reading = page.read(request, response)
        return msgspec.structs.replace(reading, requests=tuple(map(through_browser, reading.requests)))

    return msgspec.structs.replace(page, name=RENDERED, gives=page.gives | adds, ask=ask, read=read, rendered=True)


def id_kind(platform: Platform, identifier: str) -> str:
    """Of which kind an id is: `platform_id`, or a key of `alt_ids`.

    Instagram's interface has ids of its own (17841…). A page of Facebook has the id of its profile (fifteen digits from
    1000…, newer ones fourteen from 615…) and that of the page, by which the interface knows it.
    """
    if platform is Platform.INSTAGRAM:
        return "graph_id" if len(identifier) == 17 and identifier.startswith("17841") else "platform_id"
    if platform is Platform.FACEBOOK:
        return "profile_id" if _PROFILE_ID.fullmatch(identifier) else "page_id"
    return "platform_id"


def ids_of(platform: Platform, profile: Profile) -> dict[str, str]:
    """Every id of a profile by its kind. Where both stand side by side, the own id is not of the kind of the other."""
    if profile.platform_id is None:
        return profile.alt_ids
    kind = id_kind(platform, profile.platform_id)
    if kind in profile.alt_ids and profile.alt_ids[kind] != profile.platform_id:
        kind = "profile_id" if kind == "page_id" else "platform_id"
    return {**profile.alt_ids, kind: profile.platform_id}


def handle_key(platform: Platform, handle: str) -> str:
    """A handle in the form in which its platform compares it: case never counts, on Facebook neither do dots."""
    folded = handle.casefold()
    return folded.replace(".", "") if platform is Platform.FACEBOOK else folded


def same_handle(platform: Platform, one: str, other: str) -> bool:
    """Whether two handles (without `@`) are one to their platform."""
    return handle_key(platform, one) == handle_key(platform, other)


def is_name(platform: Platform, handle: str) -> bool:
    """Whether a handle is a name that an account was given; addresses without one bear an id in its place.

    `UC…` is none, `100012345678901` and `Politie-Dam-123456789012345` are none of Facebook.
    """
    nameless = _NAMELESS.get(platform)
    return handle != "" and not (nameless and nameless.fullmatch(handle))


def observed(profile: Profile, field: str) -> bool:
    """Whether `field` of the profile was observed (an empty value was; `None` was not)."""
    return getattr(profile, field) is not None
