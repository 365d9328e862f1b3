"""What the platforms of Meta share: Graph errors, walls before pages, handles, wrapped links, addresses of pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import msgspec

from adapters.model import Outcome, Request, Response, Subject
from adapters.page import PAGE_LIMIT, at, count, identifier, split_url, text

Refusal = tuple[Outcome, str]

# Meta "Graph API error handling" and "Rate limiting" pages, 2026-08. A range stands by its first and last code.
CODES: tuple[tuple[int, int, Outcome], ...] = (
    (1, 2, Outcome.TRANSPORT_ERROR),
    (4, 4, Outcome.RATE_LIMITED),
    (10, 10, Outcome.DENIED),
    (17, 17, Outcome.RATE_LIMITED),
    (32, 32, Outcome.RATE_LIMITED),
    (102, 102, Outcome.DENIED),
    (104, 104, Outcome.DENIED),
    (110, 110, Outcome.AMBIGUOUS),
    (190, 190, Outcome.DENIED),
    (200, 299, Outcome.DENIED),
    (341, 341, Outcome.RATE_LIMITED),
    (368, 368, Outcome.BLOCKED),
    (613, 613, Outcome.RATE_LIMITED),
    (2500, 2500, Outcome.DENIED),
    (80000, 80014, Outcome.RATE_LIMITED),
)
# Without an error envelope the status is all there is.
STATUSES = {
    401: Outcome.DENIED,
    403: Outcome.DENIED,
    429: Outcome.RATE_LIMITED,
}
# Code 100 means many things; these words in its message say that a permission, a feature or a proof is missing. That an
# object "cannot be loaded due to missing permissions" is what is said of every object that is not there.
_PERMISSION = re.compile(
    r"(?:requires?|without|lacks?)\b.{0,80}\bpermission|\bpages_(?:read|manage|show)_\w+|\binstagram_\w+"
    r"|Public (?:Content|Metadata) Access|app ?secret ?proof|app token",
    re.IGNORECASE | re.DOTALL,
)
_FIELD = re.compile(r"nonexisting field \(([^)]{1,80})\)", re.IGNORECASE)
# The number also stands in front of the message; old answers have it nowhere else.
_PREFIX = re.compile(r"\(#([0-9]{1,6})\)")
_MIGRATED = re.compile(r"Page ID ([0-9]{1,25}) was migrated to page ID ([0-9]{1,25})", re.IGNORECASE)
_NO_ALIAS = re.compile(r"aliases you requested do not exist(?::\s*([^\n]{1,4000}))?", re.IGNORECASE)
_PERSONAL = re.compile(r"Cannot query users by their username(?:\s*\(([^)]{1,200})\))?", re.IGNORECASE)
_OBJECT = re.compile(r"Object with ID '([^']{1,200})' does not exist", re.IGNORECASE)
_NO_OBJECT = re.compile(r"Unsupported get request|Object(?: with ID '[^']{0,200}')? does not exist", re.IGNORECASE)

PAGE_STATUSES = {
    401: Outcome.LOGIN_WALL,
    403: Outcome.LOGIN_WALL,
    429: Outcome.RATE_LIMITED,
}
# The words of the interfaces behind the pages, which answer in their place now and then.
MESSAGES = {
    "login_required": Outcome.LOGIN_WALL,
    "checkpoint_required": Outcome.LOGIN_WALL,
    "challenge_required": Outcome.LOGIN_WALL,
    "consent_required": Outcome.CONSENT_WALL,
    "feedback_required": Outcome.BLOCKED,
}

# A handle of Instagram, which an account of Threads shares.
HANDLE = re.compile(r"[A-Za-z0-9._]{1,30}", re.ASCII)
# What a browser sends with a visit; without it the answer is the shell for programs.
VISIT = (
    ("Accept", "text/html,application/xhtml+xml"),
    ("Accept-Language", "en"),
    ("Sec-Fetch-Dest", "document"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Site", "none"),
    ("Sec-Fetch-User", "?1"),
)
_FOLLOWERS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12}(?:\.[0-9]{1,3})?)([KMB]?) Followers?\b")
_UNITS = {"": 1, "K": 1_000, "M": 1_000_000, "B": 1_000_000_000}

WRAPPERS = frozenset(
    {
        *("l.instagram.com", "l.facebook.com", "lm.facebook.com"),
        *("l.threads.com", "l.threads.net"),
    }
)
# Pictures of accounts without one: asset numbers (2024 captures), a folder of silhouettes, a site's own drawings.
DEFAULT_ASSETS = frozenset(
    {
        "44884218_345707102882519_2446069589734326272",
        "464760996_1254146839119862_3605321457742435801",
    }
)
_SILHOUETTES = "/t1.30497-1/"
_SITE_FILES = "/rsrc.php/"
_ANONYMOUS_KEY = "YW5vbnltb3VzX3Byb2ZpbGVfcGlj"
_SUFFIX = re.compile(r"(?:_[noas])?(?:\.[A-Za-z]{3,4})?$")


def graph_error(answer: Any) -> tuple[Outcome, str] | None:
    """Outcome and reason (`graph_error:code/subcode`) of a Graph error envelope; `None` when it is none.

    The numbers decide; a message is read where it alone tells the cases of one number apart (21, 100, 803).
    """
    code, subcode = _code(answer), count(at(answer, "error.error_subcode"))
    if code is None:
        return (Outcome.AMBIGUOUS, "graph_error") if isinstance(at(answer, "error"), dict) else None
    reason = f"graph_error:{code}" + ("" if subcode is None else f"/{subcode}")
    message = _message(answer)
    match code:
        case 21:
            return (Outcome.MOVED if _MIGRATED.search(message) else Outcome.AMBIGUOUS), reason
        case 100:
            return _invalid(message, reason)
        case 803:
            return _alias(message), reason
    known = next((outcome for first, last, outcome in CODES if first <= code <= last), None)
    transient = at(answer, "error.is_transient") is True
    return known or (Outcome.TRANSPORT_ERROR if transient else Outcome.AMBIGUOUS), reason


def graph_refusal(response: Response, answer: Any) -> tuple[Outcome, str] | None:
    """What a Graph interface says instead of an answer: an error envelope, a status alone, or no JSON object."""
    refused = graph_error(answer)
    if refused and not (response.status >= 500 and refused[0] is Outcome.AMBIGUOUS):
        return refused
    if response.status < 400 and isinstance(answer, dict | list):
        return None
    html = response.body.lstrip()[:1] == b"<" and response.status != 429
    outcome = Outcome.TRANSPORT_ERROR if html else STATUSES.get(response.status, Outcome.TRANSPORT_ERROR)
    return outcome, f"status:{response.status}" if response.status >= 400 else "no_json"


def about_object(answer: Any) -> bool:
    """Whether an error is about one of the objects asked for, and says nothing of the others of a batch."""
    match _code(answer):
        case 21 | 803:
            return True
        case 100:
            refused = graph_error(answer)
            hidden = count(at(answer, "error.error_subcode")) == 33 or bool(_NO_OBJECT.search(_message(answer)))
            return hidden and refused is not None and refused[0] is Outcome.AMBIGUOUS
    return False


def blamed(answer: Any) -> tuple[str, ...]:
    """The ids and names that an error about objects lays the blame on; empty when it names none."""
    message = _message(answer)
    if migrated := _MIGRATED.search(message):
        return (migrated.group(1),)
    found = _NO_ALIAS.search(message) or _PERSONAL.search(message) or _OBJECT.search(message)
    return tuple(name for part in (found.group(1) or "").split(",") if (name := part.strip())) if found else ()


def migrated_to(answer: Any) -> str | None:
    """The id of the page into which the one asked for was merged (error 21)."""
    found = _MIGRATED.search(_message(answer))
    return identifier(found.group(2)) if found and _code(answer) == 21 else None


def _code(answer: Any) -> int | None:
    prefix = _PREFIX.match(_message(answer))
    code = count(at(answer, "error.code"))
    return int(prefix.group(1)) if code is None and prefix else code


def _message(answer: Any) -> str:
    return text(at(answer, "error.message")) or ""


def _alias(message: str) -> Outcome:
    """What an error 803 means: a name that nobody has, or one that a person has."""
    if _NO_ALIAS.search(message):
        return Outcome.NOT_FOUND
    return Outcome.NOT_ELIGIBLE if _PERSONAL.search(message) else Outcome.AMBIGUOUS


def _invalid(message: str, reason: str) -> tuple[Outcome, str]:
    """What an error 100 means: a field that is gone, a permission that is missing, or an object that is not shown."""
    if field := _FIELD.search(message):
        return Outcome.LAYOUT_CHANGED, field.group(1)
    return (Outcome.DENIED if _PERMISSION.search(message) else Outcome.AMBIGUOUS), reason


def redirected(response: Response, redirects: tuple[tuple[str, Outcome], ...]) -> Refusal | None:
    """What the final address or a `Location` says, by the beginning of its path (whole segments only)."""
    location = next((value for name, value in response.headers.items() if name.lower() == "location"), "")
    for path in (split_url(url).path for url in (response.url, location)):
        for start, outcome in redirects:
            if f"{path}/".startswith(f"{start}/"):
                return outcome, "redirect"
    return None


def in_place_of_page(response: Response) -> bool:
    """Whether JSON came where a page was due."""
    return response.body[:1024].lstrip()[:1] in {b"{", b"["}


def interface_words(response: Response, answer: Any) -> Refusal | None:
    """What a JSON answer in place of a page says in words: it wants a log-in or a consent, or sees feedback due."""
    message = text(at(answer, "message")) or ""
    if at(answer, "require_login") is True or b"/accounts/login" in response.body[:PAGE_LIMIT].replace(b"\\/", b"/"):
        return Outcome.LOGIN_WALL, "require_login"
    return (MESSAGES[message], message) if message in MESSAGES else None


def page_status(response: Response) -> Refusal | None:
    """What the status of a page says, and a body without anything in it."""
    status = f"status:{response.status}"
    if response.status in PAGE_STATUSES:
        return PAGE_STATUSES[response.status], status
    if response.status >= 500:
        return Outcome.TRANSPORT_ERROR, status
    if response.status >= 300:
        return Outcome.AMBIGUOUS, status
    return None if response.body[:1024].strip() else (Outcome.TRANSPORT_ERROR, "empty")


def can_be_asked(subject: Subject) -> bool:
    """Whether the subject has a handle that Instagram could have given out."""
    return HANDLE.fullmatch(subject.handle or "") is not None


def one_each(subjects: Iterable[Subject], asked: Request, path: Callable[[Subject], str]) -> tuple[Request, ...]:
    """`asked` once for each subject with a possible handle, with the path made for it; the others are left out."""
    return tuple(
        msgspec.structs.replace(asked, path=path(subject), subjects=(subject,))
        for subject in subjects
        if can_be_asked(subject)
    )


def followers_in(description: str) -> int | None:
    """The number that a description for previews begins with (`5.5M Followers`): rounded, and often old."""
    found = _FOLLOWERS.match(description)
    return round(float(found.group(1).replace(",", "")) * _UNITS[found.group(2)]) if found else None


def bio_links(shown: Any) -> tuple[str, ...] | None:
    """The outer addresses of a record's `bio_links`; `None` when it has no list of them."""
    if not isinstance(shown, list):
        return None
    addresses = [text(at(link, "url")) or text(at(link, "lynx_url")) for link in shown]
    return tuple(dict.fromkeys(unwrapped(address) for address in addresses if address))


def unwrapped(url: str) -> str:
    """The outer address behind a link shim such as `l.instagram.com/?u=`; any other address as it stands."""
    parts = split_url(url)
    if (parts.hostname or "").lower() not in WRAPPERS:
        return url
    try:
        return next(iter(parse_qs(parts.query).get("u", ())), url)
    except ValueError:
        return url


def as_signed(url: str) -> str:
    """The address of a picture as it stands: it is signed, and any other size is refused."""
    return url


def image_key(url: str) -> str:
    """The asset of a picture: its file name without size suffix (`_n _o _a _s`) and extension."""
    return _SUFFIX.sub("", split_url(url).path.rpartition("/")[2])


def is_default_avatar(url: str) -> bool:
    """Whether this is the platform's picture for accounts without one; the host plays no part."""
    parts = split_url(url)
    if image_key(url) in DEFAULT_ASSETS or _SILHOUETTES in parts.path:
        return True
    return f"ig_cache_key={_ANONYMOUS_KEY}" in parts.query


def is_site_file(url: str) -> bool:
    """Whether this is a drawing of the site itself, such as its logo: never an account's picture."""
    return _SITE_FILES in split_url(url).path
