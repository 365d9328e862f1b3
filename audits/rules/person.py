"""The rule about a person's name in the name of an account, told by its shape: there is no list of names."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from audits.gazetteer import is_known_area, spellings
from audits.model import Account, Facts, Judgement, Verdict
from audits.text import bare, fold, pieces, plain, squash

PARTS = re.compile(r"[|•·–—/,;:()\[\]<>{}\"\n]+| - ")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*\.?")
GIVEN = re.compile(r"[A-Z][a-z]{2,}")
DOUBLE = re.compile(r"[A-Z][a-z]+-[A-Z][a-z]+")
INITIAL = re.compile(r"(?:[A-Z]\.){1,4}")
PARTICLES = frozenset({"van", "de", "der", "den", "ten", "ter", "te", "el", "von"})
# How the names of places end, and words for services: such a word is never taken for a person.
ENDS = re.compile(
    r"(?:wijk|dorp|burg|burgen|stad|steden|veen|venen|dam|park|haven|havens|hout|kerk|kerke|straat|laan"
    r"|plein|weg|kade|dijk|gracht|hof|hoef|hoeve|brink|bos|broek|donk|drecht|duin|duinen|eiland|eind"
    r"|einde|erf|erd|gaard|gat|geest|heem|heim|heide|hoek|horst|huis|huizen|hage|haag|kamp|kamper|land"
    r"|landen|laar|loo|lo|meer|meren|mark|markt|mond|monde|oord|oort|oever|polder|poort|rade|recht|rijk"
    r"|schans|schoten|sloot|sluis|sum|sel|stein|terp|tuin|tuinen|um|veld|velden|ven|vliet|voort|voorde"
    r"|waard|waarden|weide|weiden|werf|wold|wolde|woude|zand|zijl|zicht|centrum|dal|delft|beek|berg"
    r"|bergen|brug|daal|hem|ingen|ikken|oog|ouwe|plaat|rug|singel|vaart|zoom|ing|heid|teit|tie|team"
    r"|zorg|dienst|brigade|school|crime|werk|zaken|punt|post|agent|agenten)$"
)
LONGEST = 4  # words of a name

Words = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class PersonWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`roles` are words for one officer, before whose name they stand; `stems` words for the police; `allowed` others
    that are no names."""

    roles: Words
    stems: Words
    allowed: tuple[str, ...] = ()


def name_person(facts: Facts, wanted: PersonWords) -> Judgement:
    """No person's name stands behind a role or `politie` in the name or handle; never certain enough to fail."""
    shown, handle = facts.value("display_name"), facts.value("handle")
    own = spellings(facts.account.area, facts.account.area_aliases)
    for part in PARTS.split(plain(shown)):
        if _names_person(WORD.findall(part), wanted, own):
            return Judgement(verdict=Verdict.REVIEW, seen=shown)
    if handle and _handle_names_person(handle, facts.account, wanted, own):
        return Judgement(verdict=Verdict.REVIEW, seen=handle)
    if handle is None:
        return Judgement(verdict=Verdict.UNKNOWN, seen=shown, gap=facts.gap("handle"))
    return Judgement(verdict=Verdict.PASS, seen=shown)


def _names_person(words: list[str], wanted: PersonWords, own: frozenset[str]) -> bool:
    """Behind a role any given name counts, behind `politie` only a double one or one with initials."""
    for at, word in enumerate(words):
        before, following = fold(word), [bare(other) for other in words[at + 1 : at + 1 + LONGEST]]
        name = _name(following, own)
        if not name or _begins_with_area(following, own) or _ordinary(name, wanted):
            continue
        if before in wanted.roles and (GIVEN.fullmatch(name[0]) or DOUBLE.fullmatch(name[0]) or _initials(name)):
            return True
        if before in wanted.stems and (DOUBLE.fullmatch(name[0]) or _initials(name)):
            return True
    return False


def _name(words: list[str], own: frozenset[str]) -> list[str]:
    """What may be a name at the start of the words that follow, without the account's own area behind it."""
    for size in range(len(words), 0, -1):
        for start in range(1, len(words) - size + 1):
            if squash(" ".join(words[start : start + size])) in own:
                words = words[:start]
    end = next((at for at, word in enumerate(words) if not (word[0].isupper() or word in PARTICLES)), len(words))
    return words[:end]


def _initials(name: list[str]) -> bool:
    """`J. de Vries`."""
    return INITIAL.fullmatch(name[0]) is not None and any(GIVEN.fullmatch(word) for word in name[1:])


def _begins_with_area(words: list[str], own: frozenset[str]) -> bool:
    """Whether the words begin with an area, or with a part of the account's own."""
    spans = [" ".join(words[:size]) for size in range(1, len(words) + 1)]
    return any(squash(span) in own or is_known_area(span) for span in spans) or any(
        squash(words[0]) in area for area in own
    )


def _ordinary(name: list[str], wanted: PersonWords) -> bool:
    """Whether the words look like an area or a service, or are known to be no name."""
    parts = [part for word in name for part in fold(word).rstrip(".").split("-")]
    known = {*wanted.allowed, *wanted.roles, *wanted.stems}
    return any(part in known or ENDS.search(part) for part in parts)


def _handle_names_person(handle: str, account: Account, wanted: PersonWords, own: frozenset[str]) -> bool:
    """`wijkagent_jan`: a role and one other word, which is no area and no short form of the account's own."""
    parts = pieces(handle)
    rest = [part for part in parts if part not in wanted.roles]
    if len(parts) != 2 or len(rest) != 1 or not account.area or not 3 <= len(rest[0]) <= 10 or not rest[0].isalpha():
        return False
    word = rest[0]
    if _ordinary([word], wanted) or _begins_with_area([word], own):
        return False
    return not any(_shortens(word, area) for area in own)


def _shortens(short: str, name: str) -> bool:
    """Whether the letters of a short form stand in a name in that order: `zwartewl` in `zwartewaterland`."""
    letters = iter(name)
    return all(letter in letters for letter in short)
