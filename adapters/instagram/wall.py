"""What stands in the way of a page of Instagram: redirects, refusals by status, shells without a profile."""

from __future__ import annotations

import re
from typing import Any

from adapters.meta import PAGE_STATUSES, Refusal, in_place_of_page, interface_words, page_status, redirected
from adapters.model import Outcome, Response
from adapters.page import PAGE_LIMIT, Page, at, decoded, read_page, split_url, text

# By the beginning of the final address, whole segments only: a handle can begin with any of these words.
REDIRECTS = (
    ("/accounts/login", Outcome.LOGIN_WALL),
    ("/accounts/signup", Outcome.LOGIN_WALL),
    ("/accounts/emailsignup", Outcome.LOGIN_WALL),
    ("/challenge", Outcome.LOGIN_WALL),
    ("/checkpoint", Outcome.LOGIN_WALL),
    ("/consent", Outcome.CONSENT_WALL),
)
_GONE = re.compile(r"page not found|this page isn.t available", re.IGNORECASE)
_LOGIN = re.compile(r"log ?in\b", re.IGNORECASE)
_ADULTS_ONLY = re.compile(r'"failure_reason"\s*+:\s*+"MA"')
_AGE = re.compile(r'"restricted_age"\s*+:\s*+\d')


def refused(response: Response) -> Refusal | None:
    """What final address, body in place of a page, and status decide before any profile is looked for."""
    if told := redirected(response, REDIRECTS):
        return told
    if in_place_of_page(response):
        return _interface(response)
    # A missing page also has to say so in its title.
    missing = _missing(read_page(response.body)) if response.status in {404, 410} else None
    return missing or page_status(response)


def _interface(response: Response) -> Refusal:
    """What a JSON answer says that came where a page was due."""
    answer = decoded(response.body[:PAGE_LIMIT])
    if told := interface_words(response, answer):
        return told
    if "MIN_AGE" in (text(at(answer, "blocks_logging_data")) or ""):
        return Outcome.RESTRICTED, "MIN_AGE"
    if response.status in PAGE_STATUSES:
        return PAGE_STATUSES[response.status], f"status:{response.status}"
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
