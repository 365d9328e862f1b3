"""The suite: which pictures it holds, and how a kind and a seed draw one."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from random import Random

from fixtures.logos.alterations import ALTERATIONS, EXPECTED
from fixtures.logos.art import Art, draw
from fixtures.logos.contained import LURES, MANNERS, contain, lure
from fixtures.logos.families import ARTS
from fixtures.logos.scenes import OTHERS, silhouette
from tests.audits.logo.bench.judged import Box
from tests.audits.logo.passing import SIZES, passed_on, passed_on_whole

GENUINE, OTHER = "genuine", "other"
WITH_LOGO, WITHOUT_LOGO, ALTERED_IN_PHOTO = PHOTOS = ("with-logo", "without-logo", "altered-in-photo")
KINDS = (GENUINE, *ALTERATIONS, OTHER, *PHOTOS)
PHOTO_SIZES = (200, 320, 400, 800)  # pixels a side of photos in which a logo is looked for
WHOLE = 2000  # genuine pictures of the whole suite

# The final figures are of art and seeds that no tuning has looked at.
FAMILIES = {"tuning": ("flame", "lighthouse", "heron"), "final": ("key", "gear", "sail")}
FIRST = {"tuning": 100_000, "final": 6_000_000}

_COUNTS = {GENUINE: WHOLE, OTHER: 3000, WITH_LOGO: 500, WITHOUT_LOGO: 1000, ALTERED_IN_PHOTO: 150}
_ALTERED = 2000  # of all kinds together
SILHOUETTE, OTHER_ART = "silhouette", "other art"
_AT_THE_RIM = {"ring_frame", "tiny_emoji"}  # a crop may take these away and leave a genuine picture
_ALTERED_LURES = ("mirrored", "recoloured")
_LURES = tuple(name for name in LURES if name not in {"plain", *_ALTERED_LURES})
_BY_NAME = {art.name: art for art in ARTS}
NAMES = tuple(_BY_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a picture began as: one of the approved avatars of a family, at the side in pixels at which it is served."""

    kind: str
    seed: int
    art: Art
    layout: str
    size: int
    passage: int  # the seed of the passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One picture of the suite and what is true of it. `seen`, `box` and `expected` are those of `Judged`."""

    origin: Origin
    truth: str
    seen: str
    data: bytes
    box: Box | None = None
    expected: tuple[str, ...] = ()


def plan(first: int, scale: float) -> list[tuple[str, int]]:
    """Kind and seed of every picture; `scale` 1 is the whole suite. Each kind counts its seeds from `first`."""
    counts = {kind: _COUNTS.get(kind, _ALTERED / len(ALTERATIONS)) for kind in KINDS}
    wanted = {kind: -int(-count * scale // 1) for kind, count in counts.items()}
    return [(kind, seed) for kind in KINDS for seed in range(first, first + wanted[kind])]


def drawn(kind: str, seed: int, families: tuple[str, ...]) -> Drawn:
    """The picture that belongs to a kind and a seed, drawn with one of the families. KeyError for another kind."""
    rng = Random(f"{kind}:{seed}")
    origin = _origin(kind, seed, families, rng)
    match kind:
        case "genuine":
            data = passed_on(draw(origin.art, origin.layout), origin.passage, origin.size)
            return Drawn(origin=origin, truth="genuine", seen=origin.layout, data=data)
        case "other":
            return _other(origin, rng)
        case "with-logo":
            return _with_logo(origin, rng)
        case "without-logo" | "altered-in-photo":
            return _without_logo(origin, rng)
        case _:
            return _altered(origin, rng)


def _origin(kind: str, seed: int, families: tuple[str, ...], rng: Random) -> Origin:
    """Sizes go by turns, so that even a few pictures of a kind have several."""
    art = _BY_NAME[rng.choice(families)]
    sizes = PHOTO_SIZES if kind in PHOTOS else SIZES
    return Origin(
        kind=kind,
        seed=seed,
        art=art,
        layout=rng.choice(sorted(art.layouts)),
        size=sizes[(seed + zlib.crc32(kind.encode())) % len(sizes)],
        passage=rng.getrandbits(32),
    )


def _altered(origin: Origin, rng: Random) -> Drawn:
    picture = ALTERATIONS[origin.kind](origin.art, origin.layout, rng)
    even = origin.kind == "emblem_missing" and origin.art.layouts[origin.layout].word is None
    return Drawn(
        origin=origin,
        truth="altered",
        seen=origin.layout,
        data=passed_on(picture, origin.passage, origin.size, cropped=origin.kind not in _AT_THE_RIM),
        expected=() if even else tuple(sorted(EXPECTED[origin.kind])),  # an even ground says nothing of a logo
    )


def _other(origin: Origin, rng: Random) -> Drawn:
    """A scene, the figure that stands for nobody, or an avatar of another family."""
    seen = rng.choice((*OTHERS, SILHOUETTE, OTHER_ART))
    if seen == OTHER_ART:
        art = rng.choice([other for other in ARTS if other is not origin.art])
        picture = draw(art, rng.choice(sorted(art.layouts)))
    else:
        picture = silhouette(rng) if seen == SILHOUETTE else OTHERS[seen](origin.art, rng)
    return Drawn(origin=origin, truth="other", seen=seen, data=passed_on(picture, origin.passage, origin.size))


def _with_logo(origin: Origin, rng: Random) -> Drawn:
    manner = rng.choice(MANNERS)
    picture, box = contain(origin.art, origin.layout, rng, manner=manner)
    left, top, width, height = (round(edge * origin.size / picture.width) for edge in box)
    data = passed_on_whole(picture, origin.passage, origin.size)
    return Drawn(origin=origin, truth="with logo", seen=manner, data=data, box=(left, top, width, height))


def _without_logo(origin: Origin, rng: Random) -> Drawn:
    """A third plain, the others with something in the logo's place; or, of its own kind, with the logo altered."""
    if origin.kind == ALTERED_IN_PHOTO:
        truth, seen = "altered in photo", rng.choice(_ALTERED_LURES)
    else:
        truth, seen = "without logo", "plain" if rng.random() < 1 / 3 else rng.choice(_LURES)
    picture = lure(seen, origin.art, origin.layout, rng)
    return Drawn(origin=origin, truth=truth, seen=seen, data=passed_on_whole(picture, origin.passage, origin.size))
