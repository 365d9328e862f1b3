"""Text of strangers made harmless to the eye: what is invisible or turns the reading direction is shown as ⟨U+…⟩."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_LINE = "⏎"
_LINES = {"\r\n": _LINE, "\n": _LINE, "\r": _LINE, "\x85": _LINE, "\u2028": _LINE, "\u2029": _LINE}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINER = "\u200d"
_PILED = 3  # combining marks in a row; more than that is no language but a way to smear over other lines
_SYMBOLS = frozenset({"So", "Sk"})


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces of the text in order; true with those that stand for a character that could not be seen."""
    if text.isascii() and text.isprintable():
        yield text, False
        return
    start = piled = 0
    for position, character in enumerate(text):
        piled = piled + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        shown = _shown(text, position) if piled <= _PILED else _name(character)
        if shown is None:
            continue
        if start < position:
            yield text[start:position], False
        if shown:
            yield shown, True
        start = position + 1
    if start < len(text):
        yield text[start:], False


def visible(text: str) -> str:
    """The text as one line of characters that can be seen."""
    return "".join(piece for piece, _ in parts(text))


def _shown(text: str, position: int) -> str | None:
    """What to show in place of a character: `None` = itself, empty = nothing (the second half of a line end)."""
    character = text[position]
    if character in _LINES:
        return "" if character == "\n" and text[position - 1 : position] == "\r" else _LINE
    if character == "\t":
        return "⇥"
    if character == _JOINER and _joins_emoji(text, position):
        return None
    hidden = unicodedata.category(character) in _HIDDEN or character in _BLANK_LETTERS
    return _name(character) if hidden else None


def _name(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


def _joins_emoji(text: str, position: int) -> bool:
    """Whether a zero-width joiner stands between two emoji, where it belongs."""
    before, after = text[:position].rstrip("\ufe0f")[-1:], text[position + 1 : position + 2]
    return all(character and unicodedata.category(character) in _SYMBOLS for character in (before, after))
