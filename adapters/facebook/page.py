"""The public page of a Facebook page: the header in its data with the cards beside it, else what its head says.

A log-in form lies over every page that a visitor without an account gets, and is no wall. Posts, comments and suggested
pages bring names, badges and ids of others; only the account's own header, cards and head count.
"""

from __future__ import annotations

from typing import Any

from adapters.facebook.address import handle_in, is_of, name, page_id, profile_id, subject_of
from adapters.facebook.cards import cards_of, is_unofficial
from adapters.facebook.head import Head, head_of, preview_of
from adapters.facebook.header import is_person, is_same, page_id_of, profile_of, users
from adapters.facebook.wall import refused, shell
from adapters.meta import VISIT
from adapters.model import Observation, Outcome, Platform, Profile, Reading, Request, Response, Subject, observation
from adapters.page import LayoutChanged, Page, at, identifier, read_page, text

# The step of a request by name, and of the one by id that follows when nobody has the name.
STEP, AGAIN = "page", "page again"


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """A request for the page of each subject, by name, else by id. Without a possible one it is left out."""
    return tuple(_request(subject, place, STEP) for subject in subjects if (place := name(subject) or _number(subject)))


def _number(subject: Subject) -> str | None:
    return profile_id(subject) or page_id(subject)


def _request(subject: Subject, place: str, step: str) -> Request:
    return Request(
        platform=Platform.FACEBOOK,
        source="page",
        step=step,
        base="page",
        path=f"/{place}",
        subjects=(subject,),
        headers=VISIT,
    )


def read(request: Request, response: Response) -> Reading:
    """What the page says of each subject, of the account it belongs to when the request names none; and what to ask.

    A name that nobody has may be the former one of an account whose id is known: that is asked for next, and what the
    page by id says is what holds. Content that is not available may be hidden: it never tells that an account is gone.
    """
    told = _told(request, response)
    gone = [seen.subject for seen in told if request.step == STEP and seen.outcome is Outcome.NOT_FOUND]
    further = {one: _request(one, place, AGAIN) for one in gone if name(one) and (place := _number(one))}
    return Reading(
        observations=tuple(seen for seen in told if seen.subject not in further),
        requests=tuple(further.values()),
    )


def _told(request: Request, response: Response) -> tuple[Observation, ...]:
    if refusal := refused(response):
        return Reading.alike(request, *refusal).observations
    page = read_page(response.body)
    head = head_of(page)
    subjects = request.subjects or (Subject(),)
    return tuple(_observed(request, subject, page, head, response.url) for subject in subjects)


def _observed(request: Request, subject: Subject, page: Page, head: Head, url: str) -> Observation:
    """The account's own header, else the head of the page, else what kind of shell it is."""
    try:
        found = list(users(page))
    except LayoutChanged as missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, str(missing))
    own = _own(subject, found, head)
    if own:
        return _full(request, subject, page, own, head)
    preview = preview_of(page, head)
    if preview and (subject == Subject() or is_of(subject, preview)):
        return _previewed(request, subject, page, preview)
    if preview or found:
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    if head.profile_id or head.page_id:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, "og:title")
    return observation(request, _nobody(subject, url), *shell(page, url))


def _own(subject: Subject, found: list[dict[str, Any]], head: Head) -> dict[str, Any] | None:
    """The header of the subject; when nobody is named the one that the head speaks of as well."""
    if subject == Subject():
        return next((user for user in found if is_same(user, head)), None)
    return next((user for user in found if is_of(subject, _named(user, head))), None)


def _named(user: dict[str, Any], head: Head) -> Profile:
    """Ids and name of a header, those of the head included where it is of the same account."""
    known = head if is_same(user, head) else Head()
    ids = {"page_id": page_id_of(user) or known.page_id}
    return Profile(
        platform_id=identifier(at(user, "id")),
        alt_ids={kind: value for kind, value in ids.items() if value},
        handle=handle_in(text(at(user, "url"))) or known.handle,
    )


def _full(request: Request, subject: Subject, page: Page, user: dict[str, Any], head: Head) -> Observation:
    cards = cards_of(page, page_id_of(user))
    if is_unofficial(page, cards, user):
        return observation(request, subject, Outcome.NOT_ELIGIBLE, "unofficial_page")
    if is_person(user, cards):
        return observation(request, subject, Outcome.NOT_ELIGIBLE, "personal_profile")
    profile = profile_of(page, user, cards, head)
    return observation(request, _asked(subject, profile), Outcome.OK, profile=profile)


def _previewed(request: Request, subject: Subject, page: Page, preview: Profile) -> Observation:
    """What the head shows, unless the page is no account of the kind asked for."""
    if is_unofficial(page, cards_of(page, preview.alt_ids.get("page_id")), None):
        return observation(request, subject, Outcome.NOT_ELIGIBLE, "unofficial_page")
    if page.metas.get("og:description", "").startswith(f"{preview.display_name} is on Facebook. Join Facebook"):
        return observation(request, subject, Outcome.NOT_ELIGIBLE, "personal_profile")
    return observation(request, _asked(subject, preview), Outcome.PARTIAL, "preview", preview)


def _asked(subject: Subject, profile: Profile) -> Subject:
    """The subject as asked; whoever was found when nobody was."""
    return subject_of(profile) if subject == Subject() else subject


def _nobody(subject: Subject, url: str) -> Subject:
    """The subject as asked; when nobody was, whom the final address names."""
    return Subject(handle=handle_in(url)) if subject == Subject() else subject
