"""The pictures of a report, made from what is stored: each content once, however many accounts show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adapters.model import Value
from audits.logo.approved import ApprovedSet, Entry
from audits.logo.decode import Unreadable
from audits.logo.showing import Showing, show
from audits.logo.thumbnail import as_png, thumbnail
from audits.model import LogoVerdict, Result, Status, Verdict
from audits.report.model import CloseUp
from crawler.store.images import Images

SMALL, LARGE = 72, 144  # pixels a side: beside the name of an account, and where a photo is to be looked at closely
SHOWN = frozenset({Status.NON_COMPLIANT, Status.REVIEW})


class Album(Value, frozen=True, kw_only=True):
    """Photos (JPEG) and what there is to be seen in them, by account id."""

    photos: dict[str, bytes] = {}
    closeups: dict[str, CloseUp] = {}


def album(images: Images, approved: ApprovedSet, contents: Mapping[str, str], results: tuple[Result, ...]) -> Album:
    """The photos of the accounts that reports show, as far as they are kept.

    `contents` = the SHA-256 of the photo by account id. Each content is made into pictures once.
    """
    verdicts = images.verdicts(approved.digest)
    logos = right_ones(approved)
    made: dict[tuple[str, bool], Showing | None] = {}
    photos, closeups = {}, {}
    for result in results:
        content = contents.get(result.account_id)
        if result.status not in SHOWN or content is None:
            continue
        verdict = verdicts.get(content)
        close = verdict is not None and telling(verdict) and _in_doubt(result)
        if (content, close) not in made:
            made[content, close] = _showing(images, content, verdict if close else None, logos)
        showing = made[content, close]
        if showing is not None:
            photos[result.account_id] = showing.photo
            if close:
                closeups[result.account_id] = CloseUp(difference=showing.difference, boxed=showing.boxed)
    return Album(photos=photos, closeups=closeups)


def right_ones(approved: ApprovedSet) -> dict[str, Entry]:
    """The approved pictures by name, without those that are listed because they are known to be wrong."""
    return {entry.name: entry for entry in approved.entries if not getattr(entry, "bad", None)}


def in_reports(approved: ApprovedSet, px: int = LARGE) -> dict[str, bytes]:
    """The approved pictures as PNG of so many pixels a side, by name."""
    return {name: as_png(entry.image, px) for name, entry in right_ones(approved).items()}


def origins(approved: ApprovedSet) -> dict[str, str]:
    """Where each approved picture can be had, as far as the set says so."""
    return dict(_origins(approved))


def telling(verdict: LogoVerdict) -> bool:
    """Whether a photo with this verdict has something to be looked at closely: a changed logo, or one inside it."""
    return verdict.box is not None or (verdict.variant is not None and bool(verdict.reasons))


def _origins(approved: ApprovedSet) -> Iterator[tuple[str, str]]:
    for entry in approved.entries:
        told: str | None = getattr(entry, "source", None)
        if told:
            yield entry.name, told


def _in_doubt(result: Result) -> bool:
    """Whether the report says something about the photo."""
    return any(
        one.rule.startswith("avatar-") and one.verdict in {Verdict.FAIL, Verdict.REVIEW} for one in result.findings
    )


def _showing(images: Images, content: str, verdict: LogoVerdict | None, logos: Mapping[str, Entry]) -> Showing | None:
    data = images.get(content)
    if not data:
        return None
    try:
        if verdict is None:
            return Showing(photo=thumbnail(data, SMALL))
        logo = logos.get(verdict.variant or "")
        return show(data, verdict, logo.image if logo else None, LARGE)
    except Unreadable:
        return None
