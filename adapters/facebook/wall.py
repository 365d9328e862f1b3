"""What stands in the way of a page of Facebook: redirects, refusals by status, shells without a profile."""

from __future__ import annotations

import re

from adapters.meta import Refusal, redirected
from adapters.model import Outcome, Response
from adapters.page import Page, read_page, split_url

# By the beginning of the final address, whole segments only: a page can be called by any of these words and more.
REDIRECTS = (
    ("/login.php", Outcome.LOGIN_WALL),
    ("/login", Outcome.LOGIN_WALL),
    ("/checkpoint", Outcome.LOGIN_WALL),
    ("/recover", Outcome.LOGIN_WALL),
    ("/cookie", Outcome.CONSENT_WALL),
    ("/privacy/consent", Outcome.CONSENT_WALL),
    ("/consent", Outcome.CONSENT_WALL),
)
STATUSES = {
    401: Outcome.LOGIN_WALL,
    403: Outcome.BLOCKED,
    429: Outcome.RATE_LIMITED,
}
_GONE = re.compile(r"page not found(?: \| facebook)?", re.IGNORECASE)
_LOGIN = re.compile(r"log ?in(?:to| to) facebook|log in or sign up to view|\bfacebook\W{1,3}log ?in\b", re.IGNORECASE)
_FORMS = ("CAALoginCometHeaderLoginForm", 'id="login_form"', 'id="loginform"')
# The apostrophe stands there plain, curly, or as an entity or escape of either.
_UNAVAILABLE = re.compile(
    r"content isn(?:'|’|&#0?39;|&#x27;|\\u2019|\\u0027)t available(?: right now| at the moment)?", re.IGNORECASE
)
# The root of the page itself; the bare name stands among the modules of every page.
_ERROR_ROOT = re.compile(r'"__dr"\s*+:\s*+"CometErrorRoot\.react"')


def refused(response: Response) -> Refusal | None:
    """What final address, body in place of a page, and status decide before any profile is looked for."""
    if wall := redirected(response, REDIRECTS):
        return wall
    location = next((value for name, value in response.headers.items() if name.lower() == "location"), "")
    if 300 <= response.status < 400 and location and split_url(location)[1:4] == split_url(response.url)[1:4]:
        return Outcome.BLOCKED, "redirect_loop"
    return _by_status(response) or _by_start(response.body)


def _by_status(response: Response) -> Refusal | None:
    """What the status says; a missing page also has to say so in its title."""
    status = f"status:{response.status}"
    if response.status in STATUSES:
        return STATUSES[response.status], status
    if response.status >= 500:
        return Outcome.TRANSPORT_ERROR, status
    if response.status in {404, 410}:
        return _missing(read_page(response.body)) or (Outcome.AMBIGUOUS, status)
    return (Outcome.AMBIGUOUS, status) if response.status >= 300 else None


def _by_start(body: bytes) -> Refusal | None:
    """What an answer is that begins like no page: nothing at all, or the data of an interface behind it."""
    start = body[:1024].strip()
    if not start:
        return Outcome.TRANSPORT_ERROR, "empty"
    if start[:1] not in {b"{", b"["} and not start.startswith(b"for (;;);"):
        return None
    return _said(read_page(body).text) or (Outcome.AMBIGUOUS, "no_page")


def _said(text: str) -> Refusal | None:
    """What the words and the root of an error say, in a page or in its bare data."""
    if _UNAVAILABLE.search(text):
        return Outcome.AMBIGUOUS, "content_unavailable"
    return (Outcome.BLOCKED, "CometErrorRoot") if _ERROR_ROOT.search(text) else None


def _missing(page: Page) -> Refusal | None:
    return (Outcome.NOT_FOUND, "title") if _GONE.fullmatch(page.title) else None


def shell(page: Page, url: str) -> Refusal:
    """What a page is that names no account."""
    if missing := _missing(page):
        return missing
    parts = split_url(url)
    home = bool(parts.netloc) and parts.path in {"", "/"}
    if home or _is_login(page):
        return Outcome.LOGIN_WALL, "home" if home else "login_form"
    if said := _said(page.text):
        return said
    if any(form in page.text for form in _FORMS):
        return Outcome.LOGIN_WALL, "login_form"
    return (Outcome.TRANSPORT_ERROR, "cut_off") if page.cut_off else (Outcome.AMBIGUOUS, "no_profile")


def _is_login(page: Page) -> bool:
    """Whether title or own address are those of the log-in page."""
    if any(_LOGIN.search(title) for title in (page.title, page.metas.get("og:title", ""))):
        return True
    addresses = (
        Response(status=200, url=url or "", body=b"") for url in (page.metas.get("og:url"), page.link("canonical"))
    )
    return any(redirected(address, REDIRECTS) for address in addresses)
