"""Is a banner one of the approved ones? It is laid upon each as a whole, then judged by what is left."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageOps

from audits.logo.approved import ApprovedSet, Entry
from audits.logo.banner_place import Laid, lay
from audits.logo.blocks import Truths, correlation
from audits.logo.colour import Floats, lab
from audits.logo.decode import Unreadable, decode
from audits.logo.reasons import (
    CHANGED,
    CROPPED,
    KNOWN_BAD,
    MIRRORED,
    OLD_LOGO,
    OTHER_FORCE,
    OVERLAID,
    RECOLOURED,
    REDUCED,
    ROTATED,
    STRETCHED,
)
from audits.logo.verify import ALTERED, APPROVED, DIFFERENT, NEAR_LIMIT, UNREADABLE
from audits.model import TOO_SMALL, LogoVerdict

METHOD = "banner-1"  # part of the digest: another method may judge the same pictures otherwise
SMALLEST = 48  # pixels of the shorter side below which nothing is told

# Each limit is well over the most that was measured on banners that a platform had only cut and compressed.
LIMITS = {
    "light": 8.0,  # Lab: worst mean over 8 x 8 pixels of what a pixel's neighbours do not explain
    "colour": 12.0,
    "wash_light": 4.0,  # the same over 24 x 24 pixels
    "wash_colour": 6.0,
    "shape": 0.06,  # 1 - correlation of lightness
    "stretch": 0.03,  # natural logarithm
    "turn": 1.2,  # degrees
    "bare": 0.06,  # share of the picture that the banner does not fill
    "cut": 6.0,  # times the banner is larger than what the picture shows of it; YouTube's strip leaves 3.4
}
# The verdict and its reason for a banner that is listed because it is wrong.
_BAD = {"old_logo": (ALTERED, OLD_LOGO), "other_force": (DIFFERENT, OTHER_FORCE)}
_NEAR = 0.3  # this far from a limit, either way, a person has to look
_BLOCK, _WASH = 8, 24
_ALIKE = 0.7  # share of the pixels by which the tone is told
_GAIN, _OFFSET, _SATURATION = (0.85, 1.15), 8.0, (0.85, 1.15)
_VARIED = 16.0  # variance of lightness in a block from which it tells something of a shape
_ALONG = 0.7  # correlation within a block from which both show the same
_LIKENESS = 0.35  # share of such blocks from which a picture is called an altered banner
_BENT, _CUT = 15.0, 2.0  # times the limit of stretch and cut from which any likeness is chance
_COMPACT = 0.4  # share of the picture beyond which a change is no sticker


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A banner laid upon a picture: each figure as a share of its limit, and what helps to say what is wrong.

    `likeness`: share of the telling blocks that show the same shape; `spread`: share of the picture that the smallest
    upright rectangle round all that differs takes.
    """

    entry: Entry
    mirrored: bool
    ratios: Mapping[str, float]
    likeness: float
    spread: float

    @property
    def distance(self) -> float:
        """The worst figure as a share of its limit."""
        return max(self.ratios.values())

    @property
    def rank(self) -> tuple[bool, float]:
        """What comes first is the better match."""
        far = self.distance > 1 + _NEAR
        return far, -self.likeness if far else self.distance

    @property
    def forced(self) -> bool:
        """Whether the banner was bent or cut so much that it may look like anything."""
        return self.ratios["stretch"] > _BENT or self.ratios["cut"] > _CUT


def banner_digest(approved: ApprovedSet) -> str:
    """What stands for all that a verdict on a banner depends on but its content (SHA-256, hexadecimal)."""
    return hashlib.sha256(f"{METHOD}\n{approved.digest}".encode()).hexdigest()


def verify_banner(data: bytes, approved: ApprovedSet) -> LogoVerdict:
    """The verdict on a banner: approved, altered, different or unreadable, with the nearest banner, distance, reasons.

    Of an approved one the picture may show a part, as platforms cut it. Without approved banners all are different.
    """
    try:
        picture = decode(data)
    except Unreadable as refusal:
        return LogoVerdict(verdict=UNREADABLE, reasons=(refusal.reason,))
    size = (picture.width, picture.height)
    if min(size) < SMALLEST or min(picture.image.size) < SMALLEST / 2:
        return LogoVerdict(verdict=UNREADABLE, reasons=(TOO_SMALL,), size=size)
    direct = _nearest(picture.image, approved, mirrored=False)
    if direct is not None and direct.distance <= 1 + _NEAR:
        return _verdict(direct, size)
    turned = _nearest(ImageOps.mirror(picture.image), approved, mirrored=True)
    found = max(filter(None, (direct, turned)), key=lambda match: match.likeness, default=None)
    return LogoVerdict(verdict=DIFFERENT, size=size) if found is None else _verdict(found, size)


def _verdict(match: _Match, size: tuple[int, int]) -> LogoVerdict:
    distance = round(match.distance, 3)
    if match.entry.bad is not None and match.distance <= 1 + _NEAR:
        return _known_bad(match, size)
    if match.distance <= 1 and not match.mirrored:
        near = (NEAR_LIMIT,) if match.distance > 1 - _NEAR else ()
        return LogoVerdict(verdict=APPROVED, variant=match.entry.name, distance=distance, reasons=near, size=size)
    near = (NEAR_LIMIT,) if match.distance <= 1 + _NEAR and not match.mirrored else ()
    if not near and (match.likeness < _LIKENESS or match.forced):
        return LogoVerdict(verdict=DIFFERENT, distance=distance, size=size)
    reasons = (*_reasons(match), *near)
    return LogoVerdict(verdict=ALTERED, variant=match.entry.name, distance=distance, reasons=reasons, size=size)


def _known_bad(match: _Match, size: tuple[int, int]) -> LogoVerdict:
    """The picture is one that is listed because it is wrong."""
    word, reason = _BAD.get(match.entry.bad or "", (DIFFERENT, KNOWN_BAD))
    near = (NEAR_LIMIT,) if match.distance > 1 - _NEAR else ()
    distance = round(match.distance, 3)
    return LogoVerdict(verdict=word, variant=match.entry.name, distance=distance, reasons=(reason, *near), size=size)


def _reasons(match: _Match) -> tuple[str, ...]:
    """What was done to the banner, at least one word; something stuck on changes colours only where it is."""
    off = {name for name, ratio in match.ratios.items() if ratio > 1}
    surface = bool(off & {"light", "colour", "wash_light", "wash_colour"})
    stuck = surface and match.spread < _COMPACT
    recoloured = not stuck and bool(off & {"colour", "wash_colour"})
    signs = (
        (MIRRORED, match.mirrored),
        (ROTATED, "turn" in off),
        (STRETCHED, "stretch" in off),
        (OVERLAID, stuck),
        (RECOLOURED, recoloured),
        (CROPPED, "cut" in off),
        (REDUCED, "bare" in off),
    )
    return tuple(word for word, shows in signs if shows) or (CHANGED,)


def _nearest(image: Image.Image, approved: ApprovedSet, *, mirrored: bool) -> _Match | None:
    """The approved banner with the least distance; of those that are far off, the one that explains the picture best.

    `None` when none can be laid upon it.
    """
    best: _Match | None = None
    for entry in approved.banners:
        for laid in lay(image, entry.image):
            match = _match(entry, laid, mirrored=mirrored)
            if match.distance <= 1 - _NEAR:
                return match
            best = match if best is None or match.rank < best.rank else best
    return best


def _match(entry: Entry, laid: Laid, *, mirrored: bool) -> _Match:
    wanted = lab(_levels(laid.own))
    seen = _toned(lab(_levels(laid.seen)), wanted, laid.mask)
    around = np.ones((3, 3))
    beyond = np.maximum(cv2.erode(wanted, around) - seen, 0) + np.maximum(seen - cv2.dilate(wanted, around), 0)
    light, colour = beyond[..., 0], np.hypot(beyond[..., 1], beyond[..., 2])
    blocks = [_means(values, laid.mask, _BLOCK) for values in (light, colour)]
    washes = [_means(values, laid.mask, _WASH) for values in (light, colour)]
    figures = {
        "light": float(blocks[0].max()),
        "colour": float(blocks[1].max()),
        "wash_light": float(washes[0].max()),
        "wash_colour": float(washes[1].max()),
        "shape": 1 - correlation(seen[..., 0], wanted[..., 0], laid.mask),
        "stretch": laid.stretch,
        "turn": abs(laid.turn),
        "bare": 1 - float(laid.mask.mean()),
        "cut": 1 / max(laid.visible, 1e-3),
    }
    harmed = (blocks[0] > LIMITS["light"] / 2) | (blocks[1] > LIMITS["colour"] / 2)
    return _Match(
        entry=entry,
        mirrored=mirrored,
        ratios={name: value / LIMITS[name] for name, value in figures.items()},
        likeness=_likeness(seen[..., 0], wanted[..., 0], laid.mask),
        spread=_spread(harmed),
    )


def _levels(image: Image.Image) -> Floats:
    return np.asarray(image, dtype=np.float32)


def _toned(seen: Floats, wanted: Floats, mask: Floats) -> Floats:
    """Lightness and saturation brought to the banner's, within what platforms do; what differs most has no say."""
    off = np.abs(seen - wanted).sum(axis=2)
    alike = (mask > 0) & (off <= np.quantile(off, _ALIKE))
    toned = seen.copy()
    if not alike.any():
        return toned
    light, own = seen[..., 0][alike], wanted[..., 0][alike]
    gain = float(np.clip(own.std() / max(float(light.std()), 1e-3), *_GAIN))
    offset = float(np.clip(float((own - gain * light).mean()), -_OFFSET, _OFFSET))
    strength, common = float((seen[alike, 1:] ** 2).sum()), float((seen[alike, 1:] * wanted[alike, 1:]).sum())
    toned[..., 0] = seen[..., 0] * gain + offset
    toned[..., 1:] *= float(np.clip(common / strength, *_SATURATION)) if strength > 1 else 1.0
    return toned


def _means(values: Floats, mask: Floats, side: int) -> Floats:
    """Mean of `values` where `mask` is 1, over side x side pixels around each pixel; 0 where next to none count."""
    cover = cv2.blur(mask, (side, side), borderType=cv2.BORDER_REPLICATE)
    sums = cv2.blur((values * mask).astype(np.float32), (side, side), borderType=cv2.BORDER_REPLICATE)
    return np.where(cover > 0.5, sums / np.maximum(cover, 1e-6), 0)


def _likeness(seen: Floats, own: Floats, mask: Floats) -> float:
    """Of the blocks in which the lightness of either varies, the share in which the two run along with each other."""
    mean_seen, mean_own = (_means(values, mask, _BLOCK) for values in (seen, own))
    spread_seen = _means(seen * seen, mask, _BLOCK) - mean_seen**2
    spread_own = _means(own * own, mask, _BLOCK) - mean_own**2
    common = _means(seen * own, mask, _BLOCK) - mean_seen * mean_own
    telling = (np.maximum(spread_seen, spread_own) > _VARIED) & (mask > 0)
    along = common / np.sqrt(np.maximum(spread_seen * spread_own, _VARIED)) > _ALONG
    return float(along[telling].mean()) if telling.any() else 0.0


def _spread(harmed: Truths) -> float:
    """Which share of the picture the smallest upright rectangle round these pixels takes."""
    if not harmed.any():
        return 0.0
    rows, columns = np.flatnonzero(harmed.any(axis=1)), np.flatnonzero(harmed.any(axis=0))
    return float((rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1) / harmed.size)
