"""What was done to a logo, read from the figures of the comparison."""

from __future__ import annotations

from collections.abc import Callable

from audits.logo.comparison import Comparison

MIRRORED, ROTATED, STRETCHED, INVERTED = "mirrored", "rotated", "stretched", "inverted"
GREY, RECOLOURED, COVERED, CROPPED, REDUCED = "grey", "recoloured", "covered", "cropped", "reduced"
SURROUNDED, CHANGED = "surrounded", "changed"

_PALE = 0.3  # colour strength, as a share of the logo's, below which a picture is called grey
_WHOLE = 0.85  # share of the logo's edges from which nothing covers it
_INTACT = 0.12  # share of the edges that are right in every way, from which not all of it was changed


def _colour_off(seen: Comparison) -> bool:
    return max(seen.ratios["colour"], seen.ratios["wash_colour"]) > 1


def _covered(seen: Comparison) -> bool:
    """One part is gone and another is as it should be; a new colour spares nothing."""
    harmed = max(seen.ratios[name] for name in ("light", "colour", "wash_light", "wash_colour")) > 1
    return harmed and seen.agreement < _WHOLE and seen.unharmed >= _INTACT


# Told in this order. A negative has other colours and cut-off parts of its own accord, and a grey one other colours.
_SIGNS: tuple[tuple[str, Callable[[Comparison], bool]], ...] = (
    (ROTATED, lambda seen: seen.ratios["turn"] > 1),
    (STRETCHED, lambda seen: seen.ratios["stretch"] > 1),
    (INVERTED, lambda seen: seen.negative),
    (GREY, lambda seen: not seen.negative and seen.vividness < _PALE),
    (COVERED, lambda seen: not seen.negative and seen.vividness >= _PALE and _covered(seen)),
    (
        RECOLOURED,
        lambda seen: not seen.negative and seen.vividness >= _PALE and _colour_off(seen) and not _covered(seen),
    ),
    (CROPPED, lambda seen: seen.ratios["size"] > 1 and seen.larger),
    (REDUCED, lambda seen: seen.ratios["size"] > 1 and not seen.larger),
    (SURROUNDED, lambda seen: seen.ratios["rest"] > 1),
)


def reasons_for(seen: Comparison, *, mirrored: bool) -> tuple[str, ...]:
    """The reasons why a picture is not the approved logo, at least one; `changed` when none can be named."""
    found = tuple(reason for reason, shows in _SIGNS if shows(seen))
    told = (MIRRORED, *found) if mirrored else found
    return told or (CHANGED,)
