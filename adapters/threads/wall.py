"""What stands in the way of a page of Threads: redirects, refusals by status, shells without a profile.

A missing account, a suspended one and a client that is not let in get the same shells: none of them says `not_found`.
"""

from __future__ import annotations

import re

from adapters.meta import (
    PAGE_STATUSES,
    Refusal,
    in_place_of_page,
    interface_words,
    is_site_file,
    page_status,
    redirected,
)
from adapters.model import Outcome, Response
from adapters.page import PAGE_LIMIT, Page, decoded, split_url
from adapters.threads.preview import handle_in
from adapters.threads.record import holds_users, refusal_of

REDIRECTS = (
    ("/login", Outcome.LOGIN_WALL),
    ("/accounts", Outcome.LOGIN_WALL),
    ("/challenge", Outcome.LOGIN_WALL),
    ("/checkpoint", Outcome.LOGIN_WALL),
    ("/consent", Outcome.CONSENT_WALL),
)
MISSING_ROOT = "Barcelona404ErrorRoot"
GEO_ROOT = "BarcelonaGeoBlockedErrorRoot"
# Any page can name the components of others; one with a route of its own is not the shell.
_ROUTE = "initialRouteInfo"
_LOGIN = re.compile(r"(?:Threads\s*+[•·|]\s*+)?log ?in\b", re.IGNORECASE)


def refused(response: Response) -> Refusal | None:
    """What final address, body in place of a page, and status decide before any profile is looked for."""
    if told := redirected(response, REDIRECTS):
        return told
    if in_place_of_page(response):
        return _interface(response)
    return page_status(response)


def _interface(response: Response) -> Refusal | None:
    """What a JSON answer says that came where a page was due; `None` when it has a place for a user."""
    answer = decoded(response.body[:PAGE_LIMIT])
    if response.status == 429:
        return Outcome.RATE_LIMITED, "status:429"
    if told := interface_words(response, answer):
        return told
    if response.status < 400 and holds_users(answer):
        return None
    if response.status in PAGE_STATUSES:
        return PAGE_STATUSES[response.status], f"status:{response.status}"
    return refusal_of(answer) or _unknown(response.status)


def _unknown(status: int) -> Refusal:
    return (Outcome.TRANSPORT_ERROR if status >= 500 else Outcome.AMBIGUOUS), f"json:{status}"


def shell(page: Page, url: str) -> Refusal:
    """What a page without any profile is."""
    parts = split_url(url)
    home = bool(parts.netloc) and parts.path in {"", "/"}
    if home and "error=" in parts.query:
        return Outcome.AMBIGUOUS, "home_with_error"
    if GEO_ROOT in page.text:
        return Outcome.RESTRICTED, GEO_ROOT
    if MISSING_ROOT in page.text and _ROUTE not in page.text:
        return Outcome.AMBIGUOUS, MISSING_ROOT
    if home or _asks_to_log_in(page):
        return Outcome.LOGIN_WALL, "home" if home else "login_shell"
    if handle_in(page.metas.get("og:url", "")) and "og:title" not in page.metas:
        return Outcome.LAYOUT_CHANGED, "og:title"
    return (Outcome.TRANSPORT_ERROR, "cut_off") if page.cut_off else (Outcome.AMBIGUOUS, "no_profile")


def _asks_to_log_in(page: Page) -> bool:
    """Whether the head is that of the site's front door: its address, its own drawing, or a title that says so."""
    address = split_url(page.metas.get("og:url", ""))
    at_door = bool(address.netloc) and address.path in {"", "/"}
    title = page.metas.get("og:title") or page.title
    nobodys = is_site_file(page.metas.get("og:image", "")) or _LOGIN.match(title) is not None
    return at_door or ("(@" not in title and nobodys)
