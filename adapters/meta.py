"""What the platforms of Meta share: errors of the Graph interfaces, wrapped links, addresses of pictures."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from adapters.model import Outcome
from adapters.page import at, count, split_url, text

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
# Code 100 means many things; these words in its message say that a permission, a feature or a proof is missing.
_PERMISSION = re.compile(
    r"permission|\bpages_read_\w+|\binstagram_\w+|Public (?:Content|Metadata) Access|app secret proof|app token",
    re.IGNORECASE,
)
_FIELD = re.compile(r"nonexisting field \(([^)]{1,80})\)", re.IGNORECASE)

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

    The numbers decide; of the message only code 100 is read, because there it alone tells the cases apart.
    """
    code, subcode = count(at(answer, "error.code")), count(at(answer, "error.error_subcode"))
    if code is None:
        return (Outcome.AMBIGUOUS, "graph_error") if isinstance(at(answer, "error"), dict) else None
    reason = f"graph_error:{code}" + ("" if subcode is None else f"/{subcode}")
    if code == 100:
        return _invalid(text(at(answer, "error.message")) or "", reason)
    known = next((outcome for first, last, outcome in CODES if first <= code <= last), None)
    transient = at(answer, "error.is_transient") is True
    return known or (Outcome.TRANSPORT_ERROR if transient else Outcome.AMBIGUOUS), reason


def _invalid(message: str, reason: str) -> tuple[Outcome, str]:
    """What an error 100 means: a field that is gone, a permission that is missing, or an object that is not shown."""
    if field := _FIELD.search(message):
        return Outcome.LAYOUT_CHANGED, field.group(1)
    return (Outcome.DENIED if _PERMISSION.search(message) else Outcome.AMBIGUOUS), reason


def unwrapped(url: str) -> str:
    """The outer address behind a link shim such as `l.instagram.com/?u=`; any other address as it stands."""
    parts = split_url(url)
    if (parts.hostname or "").lower() not in WRAPPERS:
        return url
    try:
        return next(iter(parse_qs(parts.query).get("u", ())), url)
    except ValueError:
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
