"""What stands in the way of YouTube: the consent page, log-in, bot walls, statuses."""

from __future__ import annotations

import re

from adapters.model import Outcome, Response
from adapters.page import PAGE_LIMIT, Page, split_url

Refusal = tuple[Outcome, str]

_CONSENT = re.compile(r"consent\.(?:youtube|google)\.[a-z.]{2,6}", re.IGNORECASE)
_CONSENT_FORM = re.compile(r"<form\b[^<>]{0,1000}?\baction=[\"']https://consent\.(?:youtube|google)\.", re.IGNORECASE)
_BOTS = re.compile(
    r"unusual traffic from your computer network|class=[\"']g-recaptcha|confirm you(?:[’']|&#39;)re not a bot",
    re.IGNORECASE,
)
_MISSING = re.compile(r"404 Not Found", re.IGNORECASE)
_LOGIN = re.compile(r"/(?:ServiceLogin|signin|v3/signin)\b", re.IGNORECASE)
STATUSES = {
    401: Outcome.LOGIN_WALL,
    403: Outcome.BLOCKED,
    429: Outcome.RATE_LIMITED,
}


def redirected(response: Response) -> Refusal | None:
    """What the final address, or the one the answer leads to, decides."""
    location = next((value for name, value in response.headers.items() if name.lower() == "location"), "")
    for url in (response.url, location):
        parts = split_url(url)
        host = (parts.hostname or "").lower()
        if _CONSENT.fullmatch(host):
            return Outcome.CONSENT_WALL, "redirect"
        if parts.path.startswith("/sorry/"):
            return Outcome.BLOCKED, "redirect"
        if host == "accounts.google.com" or (_LOGIN.match(parts.path) and host.endswith("youtube.com")):
            return Outcome.LOGIN_WALL, "redirect"
    return None


def in_the_way(body: bytes) -> Refusal | None:
    """A consent page or a wall for programs in the place of an answer, known by its form or its words."""
    text = body[:PAGE_LIMIT].decode("utf-8", errors="replace")
    if _CONSENT_FORM.search(text):
        return Outcome.CONSENT_WALL, "consent_form"
    return (Outcome.BLOCKED, "bot_wall") if _BOTS.search(text) else None


def by_status(response: Response) -> Refusal | None:
    """What the status alone says; never that a channel is gone."""
    status = f"status:{response.status}"
    if response.status in STATUSES:
        return STATUSES[response.status], status
    if response.status >= 500:
        return Outcome.TRANSPORT_ERROR, status
    if not response.body[:1024].strip():
        return (Outcome.TRANSPORT_ERROR, "empty") if response.status < 300 else (Outcome.AMBIGUOUS, status)
    return None if 200 <= response.status < 300 else (Outcome.AMBIGUOUS, status)


def missing(status: int, page: Page) -> bool:
    """Whether this is the site's own page for an address that leads nowhere, and says so in its title as well."""
    return status in {404, 410} and _MISSING.fullmatch(page.title) is not None
