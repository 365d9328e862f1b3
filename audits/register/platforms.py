"""How handles and profile addresses are written on each platform."""

from __future__ import annotations

import re
from re import Pattern

from adapters.model import Platform, Value

# Longest first where one ends in another. Old and short domains lead to the same profiles.
DOMAINS: dict[str, Platform] = {
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "twitter.nl": Platform.X,
    "facebook.com": Platform.FACEBOOK,
    "facebook.nl": Platform.FACEBOOK,
    "fb.com": Platform.FACEBOOK,
    "fb.me": Platform.FACEBOOK,
    "instagram.com": Platform.INSTAGRAM,
    "instagr.am": Platform.INSTAGRAM,
    "youtube.com": Platform.YOUTUBE,
    "youtube.nl": Platform.YOUTUBE,
    "threads.net": Platform.THREADS,
    "threads.com": Platform.THREADS,
}
USUAL_HOSTS = {"x.com", "twitter.com", "facebook.com", "instagram.com", "youtube.com", "threads.net", "threads.com"}
SUBDOMAIN = re.compile(r"\A(www|m|mobile|web|touch|business|[a-z]{2}(-[a-z]{2})?)\.")
HANDLES: dict[Platform, Pattern[str]] = {
    Platform.X: re.compile(r"[A-Za-z0-9_]{1,15}"),
    Platform.INSTAGRAM: re.compile(r"(?!\.)(?!.*\.\.)[A-Za-z0-9._]{1,30}(?<!\.)"),
    Platform.THREADS: re.compile(r"(?!\.)(?!.*\.\.)[A-Za-z0-9._]{1,30}(?<!\.)"),
    Platform.YOUTUBE: re.compile(r"[\w.·-]{3,30}"),
    Platform.FACEBOOK: re.compile(r"[\w.-]{1,120}"),
}
IDS: dict[Platform, Pattern[str]] = {
    Platform.X: re.compile(r"[0-9]{1,20}"),
    Platform.INSTAGRAM: re.compile(r"[0-9]{1,20}"),
    Platform.THREADS: re.compile(r"[0-9]{1,20}"),
    Platform.FACEBOOK: re.compile(r"[0-9]{1,20}"),
    Platform.YOUTUBE: re.compile(r"UC[A-Za-z0-9_-]{22}"),
}
# First parts of a path that never are a profile.
RESERVED: dict[Platform, frozenset[str]] = {
    Platform.X: frozenset(
        {"i", "home", "search", "intent", "hashtag", "share", "explore", "settings", "login", "messages", "compose"}
    ),
    Platform.INSTAGRAM: frozenset(["p", "reel", "reels", "explore", "stories", "accounts", "tv", "direct"]),
    Platform.THREADS: frozenset(["search", "login", "activity"]),
    Platform.YOUTUBE: frozenset(["watch", "playlist", "shorts", "results", "feed", "c", "user", "embed", "live"]),
    Platform.FACEBOOK: frozenset(
        {"groups", "events", "watch", "sharer", "share", "login", "photo", "story.php", "permalink.php", "home.php"}
    ),
}
# Path patterns (after the first slash) that hide the handle or id deeper than in the first part.
PATHS: dict[Platform, tuple[Pattern[str], ...]] = {
    Platform.X: (
        re.compile(r"#!/(?P<handle>[^/?#]+)"),
        re.compile(r"intent/(?:user|follow)\?.*screen_name=(?P<handle>\w+)"),
    ),
    Platform.INSTAGRAM: (),
    Platform.THREADS: (),
    Platform.YOUTUBE: (re.compile(r"channel/(?P<id>UC[A-Za-z0-9_-]{22})"),),
    Platform.FACEBOOK: (
        re.compile(r"profile\.php\?(?:.*&)?id=(?P<id>[0-9]+)"),
        re.compile(r"people/[^/]+/(?P<id>[0-9]+)"),
        re.compile(r"pages/(?:category/)?(?:[^/]+/)*?(?P<handle>[^/?#]+-[0-9]{8,}|[0-9]{8,})"),
        re.compile(r"pg/(?P<handle>[^/?#]+)"),
    ),
}
AT_PATHS = frozenset({Platform.YOUTUBE, Platform.THREADS})  # a profile is /@handle there, never /handle


class Address(Value, frozen=True, kw_only=True):
    """What a profile address names: the platform, and the handle, the stable id, or both."""

    platform: Platform
    handle: str | None = None
    platform_id: str | None = None
    usual: bool = True


def read_address(host: str, rest: str) -> Address | None:
    """The profile at `host` and `rest` (path, query and fragment, no leading slash); `None` when there is none.

    `usual` is false when the host is not the platform's plain one (a mobile, language or former host).
    """
    # `fb.com` itself looks like a domain under a language.
    domain = host if host in DOMAINS else SUBDOMAIN.sub("", host, count=1)
    platform = DOMAINS.get(domain)
    if platform is None:
        return None
    usual = domain in USUAL_HOSTS and host.removeprefix("www.") == domain
    for pattern in PATHS[platform]:
        if found := pattern.match(rest):
            named = found.groupdict()
            stable = named.get("id")
            return Address(platform=platform, handle=named.get("handle") or stable, platform_id=stable, usual=usual)
    first = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not first or first.casefold() in RESERVED[platform] or (platform in AT_PATHS and not first.startswith("@")):
        return None
    return Address(platform=platform, handle=first.removeprefix("@"), usual=usual)
