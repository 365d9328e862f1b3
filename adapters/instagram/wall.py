"""What stands in the way of a page of Instagram: redirects, refusals by status, shells without a profile."""

from __future__ import annotations

import re
from typing import Any

from adapters.model import Outcome, Response
from adapters.page import PAGE_LIMIT, Page, at, decoded, read_page, split_url, text

Refusal = tuple[Outcome, str]

# By the beginning of the final address, whole segments only: a handle can begin with any of these words.
REDIRECTS = (
    ("/accounts/login", Outcome.LOGIN_WALL),
    ("/accounts/signup", Outcome.LOGIN_WALL),
    ("/accounts/emailsignup", Outcome.LOGIN_WALL),
    ("/challenge", Outcome.LOGIN_WALL),
    ("/checkpoint", Outcome.LOGIN_WALL),
    ("/consent", Outcome.CONSENT_WALL),
)
STATUSES = {
    401: Outcome.LOGIN_WALL,
    403: Outcome.LOGIN_WALL,
    429: Outcome.RATE_LIMITED,
}
# The words of the interfaces behind the page, which answer in its place now and then.
MESSAGES = {
    "login_required": Outcome.LOGIN_WALL,
    "checkpoint_required": Outcome.LOGIN_WALL,
    "challenge_required": Outcome.LOGIN_WALL,
    "consent_required": Outcome.CONSENT_WALL,
    "feedback_required": Outcome.BLOCKED,
}
_GONE = re.compile(r"page not found|this page isn.t available", re.IGNORECASE)
_LOGIN = re.compile(r"log ?in\b", re.IGNORECASE)
_ADULTS_ONLY = re.compile(r'"failure_reason"\s*+:\s*+"MA"')
_AGE = re.compile(r'"restricted_age"\s*+:\s*+\d')


def refused(response: Response) -> Refusal | None:
    """What final address, body in place of a page, and status decide before any profile is looked for."""
    location = next((value for name, value in response.headers.items() if name.lower() == "location"), "")
    for url in (response.url, location):
        if outcome := _redirected(split_url(url).path):
            return outcome, "redirect"
    if response.body[:1024].lstrip()[:1] in {b"{", b"["}:
        return _interface(response)
    return _by_status(response)


def _by_status(response: Response) -> Refusal | None:
    """What the status says; a missing page also has to say so in its title."""
    status = f"status:{response.status}"
    if response.status in STATUSES:
        return STATUSES[response.status], status
    if response.status >= 500:
        return Outcome.TRANSPORT_ERROR, status
    if response.status in {404, 410}:
        return _missing(read_page(response.body)) or (Outcome.AMBIGUOUS, status)
    if response.status >= 300:
        return Outcome.AMBIGUOUS, status
    return None if response.body[:1024].strip() else (Outcome.TRANSPORT_ERROR, "empty")


def _redirected(path: str) -> Outcome | None:
    return next((outcome for start, outcome in REDIRECTS if f"{path}/".startswith(f"{start}/")), None)


def _interface(response: Response) -> Refusal:
    """What a JSON answer says that came where a page was due."""
    answer = decoded(response.body[:PAGE_LIMIT])
    message = text(at(answer, "message")) or ""
    if at(answer, "require_login") is True or b"/accounts/login" in response.body[:PAGE_LIMIT].replace(b"\\/", b"/"):
        return Outcome.LOGIN_WALL, "require_login"
    if message in MESSAGES:
        return MESSAGES[message], message
    if "MIN_AGE" in (text(at(answer, "blocks_logging_data")) or ""):
        return Outcome.RESTRICTED, "MIN_AGE"
    if response.status in STATUSES:
        return STATUSES[response.status], f"status:{response.status}"
    if _names_nobody(answer) and response.status < 400:
        return Outcome.NOT_FOUND, "user:null"
    return (Outcome.TRANSPORT_ERROR if response.status >= 500 else Outcome.AMBIGUOUS), f"json:{response.status}"


def _names_nobody(answer: Any) -> bool:
    data = at(answer, "data")
    return isinstance(data, dict) and "user" in data and data["user"] is None


def _missing(page: Page) -> Refusal | None:
    """`not_found` when the title says so; an account may call itself so, hence no handle may stand in it."""
    return (Outcome.NOT_FOUND, "title") if _GONE.search(page.title) and "(@" not in page.title else None


def shell(page: Page, url: str) -> Refusal:
    """What a page without any profile is."""
    if missing := _missing(page):
        return missing
    parts = split_url(url)
    home = bool(parts.netloc) and parts.path in {"", "/"}
    if _LOGIN.match(page.title) or 'id="loginForm"' in page.text or home:
        return Outcome.LOGIN_WALL, "home" if home else "login_form"
    if _ADULTS_ONLY.search(page.text) and _AGE.search(page.text):
        return Outcome.RESTRICTED, "restricted_age"
    if "PolarisErrorRoot" in page.text:
        return Outcome.AMBIGUOUS, "PolarisErrorRoot"
    if page.metas.get("og:type") == "profile" and "og:title" not in page.metas:
        return Outcome.LAYOUT_CHANGED, "og:title"
    return (Outcome.TRANSPORT_ERROR, "cut_off") if page.cut_off else (Outcome.AMBIGUOUS, "no_profile")
