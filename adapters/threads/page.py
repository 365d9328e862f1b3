"""The public page of a Threads account: the record in its data, else what its head says.

A plain client often gets a page without that data where a browser gets it (2026-07).
"""

from __future__ import annotations

from adapters.meta import VISIT, Refusal, in_place_of_page, one_each
from adapters.model import Observation, Outcome, Platform, Reading, Request, Response, Subject, observation
from adapters.page import PAGE_LIMIT, Page, decoded, read_page
from adapters.threads.preview import handle_in, heading, previewed
from adapters.threads.record import Found, in_answer, in_page
from adapters.threads.wall import refused, shell


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for the page of each subject that has a possible handle; the others are left out."""
    asked = Request(
        platform=Platform.THREADS, source="page", step="page", base="page", headers=VISIT, path="", subjects=()
    )
    return one_each(subjects, asked, lambda subject: f"/@{subject.handle}")


def read(request: Request, response: Response) -> Reading:
    """What the page says of each subject; of the account it belongs to when the request names none."""
    if refusal := refused(response):
        return Reading.alike(request, *refusal)
    if in_place_of_page(response):
        page, found = read_page(b""), in_answer(decoded(response.body[:PAGE_LIMIT]))
    else:
        page = read_page(response.body)
        found = in_page(page)
    subjects = request.subjects or (_owner(page, response.url),)
    return Reading(observations=tuple(_observed(request, one, found, page, response.url) for one in subjects))


def _owner(page: Page, url: str) -> Subject:
    """Whose page this is by its title, its canonical address or the final one; nobody's when none says so."""
    if named := heading(page):
        return Subject(handle=named[1])
    addresses = (page.link("canonical"), page.metas.get("og:url"), url)
    return Subject(handle=next((handle for one in addresses if (handle := handle_in(one or ""))), None))


def _observed(request: Request, subject: Subject, found: Found, page: Page, url: str) -> Observation:
    """The account's own record, else the head of the page, else why there is neither."""
    anybody = subject == Subject()
    for profile in found.profiles:
        if anybody or subject.matches(profile.handle, profile.platform_id):
            who = Subject(handle=profile.handle, platform_id=profile.platform_id) if anybody else subject
            return observation(request, who, Outcome.OK, profile=profile)
    if found.missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, found.missing)
    preview = previewed(page)
    if preview and (anybody or subject.matches(preview.handle, None)):
        who = Subject(handle=preview.handle) if anybody else subject
        return observation(request, who, Outcome.PARTIAL, "preview", preview)
    if preview or found.profiles:
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return observation(request, subject, *_unseen(found, page, url))


def _unseen(found: Found, page: Page, url: str) -> Refusal:
    """Why there is no profile: the kind of shell, else what the data says."""
    told = shell(page, url)
    return found.refusal if found.refusal and told[1] == "no_profile" else told
