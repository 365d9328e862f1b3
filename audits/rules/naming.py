"""Rules about names: the handle and the name that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from audits.gazetteer import is_known_area, names_area, spellings
from audits.model import Account, Facts, Judgement, Verdict
from audits.rules.absence import absent
from audits.text import fold, pieces, squash, words

Words = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class DisplayWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`stems` count as a word or as the start of one, `roles` as a word; `lookalikes` start like a stem but are not.

    A word that starts as a lookalike counts all the same when what follows the stem is an area (`politiekatwijk`).
    """

    stems: Words
    roles: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()


class HandleWords(DisplayWords, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As `DisplayWords`; `short` forms count before a separator, a capital or an area, `parts` only standing apart."""

    short: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Nothing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No parameters."""


def handle_police_token(facts: Facts, wanted: HandleWords) -> Judgement:
    """The handle, or else the name that is shown, bears a word by which the police is known."""
    handle, shown = facts.value("handle"), facts.value("display_name")
    own = spellings(facts.account.area, facts.account.area_aliases)
    words_wanted = ", ".join((*wanted.stems, *wanted.short, *wanted.roles))
    if _handle_tells(handle, wanted, own):
        return Judgement(verdict=Verdict.PASS, seen=handle, wanted=words_wanted)
    if shown is None:
        return Judgement(verdict=Verdict.UNKNOWN, seen=handle, wanted=words_wanted, gap=facts.gap("display_name"))
    if tells(shown, wanted, own):
        return Judgement(verdict=Verdict.PASS, seen=shown, wanted=words_wanted)
    field = "handle" if "handle" in facts.gaps else "display_name"
    return absent(facts, field, seen=f"{handle} / {shown}", wanted=words_wanted)


def display_name_police(facts: Facts, wanted: DisplayWords) -> Judgement:
    """The name that is shown says that this is the police."""
    shown = facts.value("display_name")
    own = spellings(facts.account.area, facts.account.area_aliases)
    words_wanted = ", ".join((*wanted.stems, *wanted.roles))
    if tells(shown, wanted, own):
        return Judgement(verdict=Verdict.PASS, seen=shown, wanted=words_wanted)
    return absent(facts, "display_name", seen=shown, wanted=words_wanted)


def display_name_area(facts: Facts, _: Nothing) -> Judgement:
    """The name that is shown names the area of the account, or one of its aliases."""
    shown, area = facts.value("display_name"), facts.account.area or ""
    if names_area(shown, area, facts.account.area_aliases):
        return Judgement(verdict=Verdict.PASS, seen=shown, wanted=area)
    return absent(facts, "display_name", seen=shown, wanted=area)


def has_area(account: Account) -> bool:
    """Whether the register names an area to hold the name against."""
    return bool(account.area and account.area.strip())


def tells(text: str, wanted: DisplayWords, own: frozenset[str]) -> bool:
    """Whether a word of the text says that this is the police; `own` are the spellings of the account's area."""
    return any(
        word in wanted.roles
        or (
            word + following not in wanted.lookalikes
            and any(_is_word(word, stem, wanted.lookalikes, own) for stem in wanted.stems)
        )
        for word, following in _pairs(words(text))
    )


def _handle_tells(handle: str, wanted: HandleWords, own: frozenset[str]) -> bool:
    name = fold(handle)
    # Before a separator the stem stands apart: then the pieces decide, and `politie_k…` is no lookalike.
    joined = [stem for stem in wanted.stems if not name.startswith((f"{stem}_", f"{stem}.", f"{stem}-"))]
    apart = {*wanted.stems, *wanted.roles, *wanted.short, *wanted.parts}
    return (
        any(_is_word(name, stem, wanted.lookalikes, own) for stem in joined)
        or name.endswith(wanted.stems)
        or name.startswith(wanted.roles)
        or any(_short_form(handle, short, own) for short in wanted.short)
        or any(
            part in apart and part + following not in wanted.lookalikes for part, following in _pairs(pieces(handle))
        )
    )


def _short_form(handle: str, short: str, own: frozenset[str]) -> bool:
    """`POL_Zwolle`, `PolDelft`, `polgouda`; but not `polder`."""
    rest = handle[len(short) :]
    if fold(handle[: len(short)]) != short or not rest:
        return False
    return rest[0] in "_.-" or rest[0].isupper() or _is_area(rest, own)


def _pairs(parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each part with the one behind it (empty behind the last): `politie-forum` is a lookalike in two words."""
    return zip(parts, (*parts, "")[1:], strict=True)


def _is_word(word: str, stem: str, lookalikes: tuple[str, ...], own: frozenset[str]) -> bool:
    """Whether a word ends in `stem` or starts with it, and is no lookalike (unless an area follows the stem)."""
    if not word.startswith(stem):
        return word.endswith(stem)
    return not word.startswith(lookalikes) or _is_area(word.removeprefix(stem), own)


def _is_area(rest: str, own: frozenset[str]) -> bool:
    """Whether the rest of a handle, or the piece of it before the first separator, is an area."""
    first = rest.replace(".", "_").replace("-", "_").partition("_")[0]
    return any(squash(name) in own or is_known_area(name) for name in (rest, first) if name)
