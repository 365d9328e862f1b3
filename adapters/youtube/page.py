"""The public page of a YouTube channel, with the panel about it: the same record as the interface behind it gives.

The page is asked for in English, with the cookie that a visitor gets who refuses all others; without it Europe is sent
to a consent page. Where the record is missing, the head of the page still tells whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import PAGE_LIMIT, Page, object_end, read_page
from adapters.youtube.address import CHANNEL_ID, HANDLE, channel_in, handle_in, in_path, is_default_avatar
from adapters.youtube.channel import Answer, Told, answer_in, observed
from adapters.youtube.wall import by_status, in_the_way, missing, redirected

DATA = "ytInitialData"
HEADERS = (
    ("Accept", "text/html,application/xhtml+xml"),
    ("Accept-Language", "en"),
    # "Reject all", as yt-dlp sends it since 2023-08; the older `CONSENT=YES` does not work any more.
    ("Cookie", "SOCS=CAI"),
)
# Text that a stranger wrote can look like an assignment; each is looked through to its end.
PLACES = 4
_QUERY = "hl=en&gl=NL"
# What stands before and behind the name where it is assigned to.
_BEFORE = ("var ", 'window["', "window['")
_BEHIND = (" = ", '"] = ', "'] = ", "=")
_OPTIONAL_TEXT = "Share your videos with friends, family, and the world"


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for the page of each subject, by id where that is known. Without a possible name it is left out."""
    return tuple(
        Request(
            platform=Platform.YOUTUBE,
            source="page",
            step="page",
            base="page",
            path=f"/{path}/about?{_QUERY}",
            subjects=(subject,),
            headers=HEADERS,
        )
        for subject in subjects
        if (path := _path(subject))
    )


def _path(subject: Subject) -> str | None:
    if CHANNEL_ID.fullmatch(subject.platform_id or ""):
        return f"channel/{subject.platform_id}"
    return in_path(subject.handle or "") if HANDLE.fullmatch(subject.handle or "") else None


def read(request: Request, response: Response) -> Reading:
    """What the page says of each subject; of the channel it belongs to when the request names none."""
    if refusal := redirected(response):
        return Reading.alike(request, *refusal)
    page = read_page(response.body)
    told = next(_data(page), None)
    refusal = _refused(page, response, told)
    if refusal is not None:
        return Reading.alike(request, *refusal)
    subjects = request.subjects or (Subject(),)
    return Reading(observations=tuple(_observed(request, subject, page, told) for subject in subjects))


def _refused(page: Page, response: Response, told: Told | None) -> tuple[Outcome, str] | None:
    """A wall, or a status that forbids to read on. A page with data is no wall, whatever stands in its text."""
    if missing(response.status, page):
        return Outcome.NOT_FOUND, f"status:{response.status}"
    if told is not None and response.status in {404, 410}:
        return None
    wall = in_the_way(response.body) if told is None else None
    return wall or by_status(response)


def _data(page: Page) -> Iterator[Told]:
    """The data of the page that say something, of at most `PLACES` places where some are assigned."""
    places = (place for script in page.scripts for place in _places(page.text, script.start, script.end))
    for _, (start, end) in zip(range(PLACES), places, strict=False):
        body = page.text[start:end].rstrip(" \t\r\n;")
        answer = answer_in(body)
        if answer is None:
            closed = object_end(page.text, start, end, PAGE_LIMIT)
            body = page.text[start:closed] if closed > 0 else ""
            answer = answer_in(body)
        if answer is not None and answer != Answer():
            yield Told(answer=answer, body=body)


def _places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """From where to where the data that are assigned in a script can reach."""
    found = text.find(DATA, start, end)
    while found >= 0:
        behind = found + len(DATA)
        opening = next((behind + len(sign) for sign in _BEHIND if text.startswith(f"{sign}{{", behind)), None)
        if opening is not None and text.endswith(_BEFORE, start, found):
            yield opening, end
        found = text.find(DATA, behind, end)


def _observed(request: Request, subject: Subject, page: Page, told: Told | None) -> Observation:
    """The record, else the head of the page, else what kind of page it is."""
    seen = observed(request, subject, told) if told else None
    if seen and seen.reason != "no_channel":
        return seen
    preview = _preview(page)
    if preview is None:
        return seen or observation(request, subject, *_shell(page))
    if subject == Subject():
        subject = Subject(handle=preview.handle, platform_id=preview.platform_id)
    if not subject.matches(preview.handle, preview.platform_id):
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return observation(request, subject, Outcome.PARTIAL, "preview", preview)


def _preview(page: Page) -> Profile | None:
    """What the head of the page shows of the channel it names; `None` when it names none."""
    addresses = (page.link("canonical"), page.metas.get("og:url"), *(_itemprop(page, "url")))
    urls = [url for url in addresses if url]
    named = (page.metas.get("identifier"), page.metas.get("channelid"), *map(channel_in, urls))
    platform_id = next((one for one in named if one and CHANNEL_ID.fullmatch(one)), None)
    handle = next((handle for url in urls if (handle := handle_in(url))), None)
    title = page.metas.get("og:title")
    if title is None or (platform_id is None and handle is None):
        return None
    avatar = page.metas.get("og:image") or None
    return Profile(
        platform_id=platform_id,
        handle=handle,
        display_name=title,
        bio=_bio(page),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
    )


def _itemprop(page: Page, name: str) -> list[str]:
    return [
        link["href"] for link in page.links_naming("youtube.com") if link.get("itemprop") == name and "href" in link
    ]


def _bio(page: Page) -> str | None:
    """The description, unless it is cut off or the site's own."""
    shown = page.metas.get("og:description")
    cut = shown is None or shown.endswith(("...", "…"))
    return None if cut or (shown or "").startswith(_OPTIONAL_TEXT) else shown


def _shell(page: Page) -> tuple[Outcome, str]:
    """What a page is that has no data to read."""
    if page.cut_off:
        return Outcome.TRANSPORT_ERROR, "cut_off"
    assigned = any(True for script in page.scripts for _ in _places(page.text, script.start, script.end))
    return (Outcome.LAYOUT_CHANGED, DATA) if assigned else (Outcome.AMBIGUOUS, "no_data")
