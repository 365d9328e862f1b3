"""Is a picture an approved logo? Laid upon each other first, then judged by what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from PIL import Image

from audits.logo.approved import ApprovedSet, Entry, hash_of
from audits.logo.colour import pixels, squared
from audits.logo.comparison import rest, size_class
from audits.logo.decode import Picture, Unreadable, decode
from audits.logo.fitting import Fit, fitted, likely
from audits.logo.likeness import Candidate, Likeness, likeness
from audits.logo.look import Look, look, negative
from audits.logo.placement import Placement
from audits.logo.reasons import CHANGED, INVERTED, KNOWN_BAD, OLD_LOGO, RECOLOURED, account
from audits.logo.search import Found, find
from audits.model import TOO_SMALL, LogoVerdict

APPROVED, ALTERED, CONTAINS, DIFFERENT, UNREADABLE = "approved", "altered", "contains", "different", "unreadable"
NEAR_LIMIT = "near_limit"
NOTHING_APPROVED = "nothing_approved"  # the set has no picture for avatars

SURE_SIZE = 100  # pixels of the shorter side from which every verdict may be given
SMALLEST = 48  # below this nothing is told
_NEAR = 0.3  # this far from a limit, either way, a person has to look
_UNBENT, _UNTURNED = 0.01, 0.6  # log of the ratio of the sides, degrees: below this it was not bent
_BESIDE = 0.06  # share of the width that a logo may lie beside its place
_WHOLE = 0.8  # scale below which a logo may be a part of a photograph
_WHOLE_AVATAR = 0.5  # share of the width from which a logo that was found is no part of a photograph
_REST = 10.0  # Lab units that what lies around the logo may be uneven
_SAME_DRAWING = 20  # of 256 bits: so near only a plain copy of that very drawing comes
_RIVAL = 0.2  # a logo whose first correlation is this much lower than the best cannot be the one
_PROMISING = 0.6  # nor one that correlates less than this while another does more; approved ones reach 0.8
_LIKENESS = 0.22  # score from which a picture is an altered logo
_KEPT = 25  # places that show the drawing as approved, from which the rest of it was covered
_HINT, _PLAIN = 0.15, 0.5  # in a picture too small to be sure: up to here it is none, from here it is one
_CLEAR, _CLEARLY_OTHER = 0.6, 2.0  # and of the distance: up to here it is approved, from here it may be altered


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry of the set laid upon a picture, and the worst figure as a share of its limit."""

    entry: Entry
    fit: Fit
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A picture that is judged: its shorter side, the size class of that, the entries it is held against."""

    picture: Picture
    seen: Look
    entries: tuple[Entry, ...]
    size: int
    least: int

    @property
    def small(self) -> bool:
        """Whether it is too small to be sure of everything."""
        return self.size < SURE_SIZE

    @property
    def clear(self) -> float:
        """The distance up to which it is one of the entries."""
        return _CLEAR if self.small else 1.0


def verify(data: bytes, approved: ApprovedSet) -> LogoVerdict:
    """The verdict on an avatar, with the nearest logo, distance and reasons.

    A picture under 100 pixels is told approved, altered or different only when that is clear, else `too_small`.
    """
    try:
        picture = decode(data)
    except Unreadable as refusal:
        return LogoVerdict(verdict=UNREADABLE, reasons=(refusal.reason,))
    size = (picture.width, picture.height)
    if min(size) < SMALLEST or not approved.entries:
        told = LogoVerdict(verdict=UNREADABLE, reasons=(TOO_SMALL if min(size) < SMALLEST else NOTHING_APPROVED,))
    else:
        told = _judged(picture, approved)
    return msgspec.structs.replace(told, size=size)


def _judged(picture: Picture, approved: ApprovedSet) -> LogoVerdict:
    size = min(picture.width, picture.height)
    seen = look(pixels(squared(picture.image)))
    case = _Case(picture=picture, seen=seen, entries=approved.entries, size=size, least=size_class(size))
    matches = _matches(seen, case.entries, case.least)
    best = min(matches, key=lambda match: match.distance)
    if best.distance <= case.clear:
        return _same(best)
    if case.small and best.distance <= _CLEARLY_OTHER:
        return _small(best)
    return _other(case, matches)


def look_alikes(approved: ApprovedSet) -> tuple[tuple[str, str], ...]:
    """The pairs of approved logos that can hardly be told apart, by name."""
    entries, least = approved.entries, size_class(SURE_SIZE)
    looks = {entry.name: look(entry.master.levels) for entry in entries}
    pairs = ((one, other) for i, one in enumerate(entries) for other in entries[i + 1 :])
    return tuple(
        (one.name, other.name) for one, other in pairs if _match(looks[one.name], other, least).distance <= 1 + _NEAR
    )


def _matches(seen: Look, entries: Sequence[Entry], least: int) -> list[Match]:
    """The logos that can be the one, each laid upon the picture as a platform might have moved it; at least one."""
    own = hash_of(Image.fromarray(seen.levels))
    apart = [entry.hash - own for entry in entries]
    if min(apart) <= _SAME_DRAWING:
        entries = [entry for entry, bits in zip(entries, apart, strict=True) if bits <= min(apart) + _SAME_DRAWING]
    scores = [likely(seen, entry.master) for entry in entries]
    floor = max(max(scores) - _RIVAL, min(max(scores), _PROMISING))
    return [_match(seen, entry, least) for entry, score in zip(entries, scores, strict=True) if score >= floor]


def _match(seen: Look, entry: Entry, least: int) -> Match:
    return _measured(seen, entry, fitted(seen, entry.master, least), least)


def _measured(seen: Look, entry: Entry, fit: Fit, least: int) -> Match:
    beside = fit.place.astray / _BESIDE
    around = rest(seen.levels, fit.residue.beyond, fit.place, square=entry.frame == "square") / _REST
    return Match(entry=entry, fit=fit, distance=max(entry.calibrated[least].distance(fit.residue), around, beside))


def _same(best: Match) -> LogoVerdict:
    """A picture within the limits of an entry, which may be one that is known to be wrong."""
    near = (NEAR_LIMIT,) if best.distance > 1 - _NEAR else ()
    word, reasons = (APPROVED, ()) if best.entry.bad is None else _known(best.entry)
    return _verdict(word, best.entry, best.distance, best.fit.place, (*reasons, *near))


def _known(entry: Entry) -> tuple[str, tuple[str, ...]]:
    """The verdict on a picture that is known to be wrong, and the reason."""
    match entry.bad:
        case "old_logo":
            return ALTERED, (OLD_LOGO,)
        case "other":
            return DIFFERENT, (KNOWN_BAD,)
        case bad:
            return DIFFERENT, (str(bad),)


def _small(best: Match) -> LogoVerdict:
    return _verdict(UNREADABLE, best.entry, best.distance, best.fit.place, (TOO_SMALL,))


def _other(case: _Case, matches: list[Match]) -> LogoVerdict:
    """What a picture is that grey levels did not show to be one of the set."""
    one = _likeness(case, matches)
    best = min([*matches, *_plainly_laid(case, one)], key=lambda match: match.distance)
    if best.distance <= case.clear:
        return _same(best)
    plain = _PLAIN if case.small else _LIKENESS
    alike = best.distance <= 1 + _NEAR or one.score >= plain or (one.kept >= _KEPT and not case.small)
    if alike and not (_unbent(one.place) and one.place.scale < _WHOLE):
        return _altered(case, one, best)
    found = find(case.picture.image, [entry.sought for entry in case.entries if entry.bad is None])
    if found is not None and found.width < _WHOLE_AVATAR:
        return _contains(case.picture, found, best.distance)
    if alike:
        return _altered(case, one, best)
    return _unexplained(case, found, one, best)


def _unexplained(case: _Case, found: Found | None, one: Likeness, best: Match) -> LogoVerdict:
    """A picture with a part of a logo that fills it, or with none at all."""
    if case.small and (found is not None or one.score > _HINT):
        return _small(best)
    distance = round(best.distance, 3)
    if found is not None:
        return LogoVerdict(verdict=ALTERED, variant=found.name, distance=distance, reasons=(CHANGED,))
    return LogoVerdict(verdict=DIFFERENT, distance=distance)


def _likeness(case: _Case, matches: list[Match]) -> Likeness:
    places = {match.entry.name: match.fit.place for match in matches}
    candidates = [
        Candidate(
            number=number,
            master=entry.master,
            limits=entry.calibrated,
            least=case.least,
            place=places.get(entry.name),
        )
        for number, entry in enumerate(case.entries)
    ]
    return likeness(case.seen, candidates)


def _plainly_laid(case: _Case, one: Likeness) -> Iterator[Match]:
    """What edges found, as a match, where a platform can have put it: grey levels may have been led astray."""
    if _unbent(one.place):
        yield _measured(case.seen, case.entries[one.number], Fit(place=one.place, residue=one.residue), case.least)


def _unbent(place: Placement) -> bool:
    return not place.mirrored and place.stretch < _UNBENT and abs(place.turn) < _UNTURNED


def _altered(case: _Case, one: Likeness, best: Match) -> LogoVerdict:
    entry = case.entries[one.number]
    told = account(one, entry.master.surfaces[case.least], entry.calibrated[case.least])
    reasons, place = told.reasons, one.place
    if RECOLOURED in reasons and (turned := _negative(case)) is not None:
        entry, reasons, place = turned.entry, (INVERTED,), turned.fit.place
    word, known = (ALTERED, ()) if entry.bad is None else _known(entry)
    near = (NEAR_LIMIT,) if best.distance <= 1 + _NEAR else ()
    verdict = _verdict(word, entry, best.distance, place, (*known, *reasons, *near))
    amounts = {reason: told.amounts[reason] for reason in reasons if reason in told.amounts}
    return msgspec.structs.replace(verdict, amounts=amounts)


def _negative(case: _Case) -> Match | None:
    """The logo of which the picture is the photographic negative."""
    turned = min(_matches(negative(case.seen), case.entries, case.least), key=lambda match: match.distance)
    return turned if turned.distance <= 1 + _NEAR else None


def _contains(picture: Picture, found: Found, distance: float) -> LogoVerdict:
    """A logo in a photograph; the box in pixels of the file."""
    more = picture.width / picture.image.width
    left, top, width, height = (round(number * more) for number in found.box)
    return LogoVerdict(
        verdict=CONTAINS,
        variant=found.name,
        distance=round(distance, 3),
        box=(left, top, width, height),
        amounts={"width": round(100 * found.width, 1)},
    )


def _verdict(word: str, entry: Entry, distance: float, place: Placement, reasons: tuple[str, ...]) -> LogoVerdict:
    a, b, x, c, d, y = (round(number, 4) for number in place.numbers)
    return LogoVerdict(
        verdict=word,
        variant=entry.name,
        distance=round(distance, 3),
        reasons=reasons,
        place=(a, b, x, c, d, y),
    )
