"""How names, bios and links are read: normal forms, words, pieces of handles, numbers, addresses and their hosts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

WORD = re.compile(r"[^\W_]+")
PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+")
# Behind the start of an address: user and `@` (RFC 3986), the host with its port, and whatever follows a slash. A host
# ends before what cannot stand in one (`politie.nl|112`); escapes, marks and foreign dots a browser takes along.
ADDRESS = re.compile(
    r"(?<![^\W_])(?:https?://[/\\]*|www\.)(?:[\w.~!$&'()*+,;=:%-]{0,200}@)?"
    r"[\w.%\u0300-\u036f\u3002-]*(?::\d+)?(?:[/?#\\][^\s<>\"]*)?",
    re.IGNORECASE,
)
BARE_ADDRESS = re.compile(r"(?<![@\w.-])[\w.-]{1,253}\.(?:nl|com|be|eu|org|net|ee|ly|me|link|bio|info)\b(?:/\S*)?")
MENTION = re.compile(r"@[\w.]+")
# A Dutch telephone number has ten digits (or +31 and nine); 0800 and 0900 numbers may be shorter and are no such run.
PHONE = re.compile(r"(?<!\d)(?:\+31[ -]?|0031[ -]?|0(?![89]00))[1-9](?:[ -]?\d){8}(?!\d)")
AUTHORITY = re.compile(r"(?P<scheme>https?:)?/*(?P<authority>[^/?#]*)(?P<path>[^?#]*)", re.IGNORECASE)
CLOSING = ".,;:!?)]}'’\"”»"


def plain(text: str) -> str:
    """NFKC without invisible format characters (zero-width, direction marks): styled letters become plain ones."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text)
    return "".join(char for char in composed if unicodedata.category(char) != "Cf")


def bare(text: str) -> str:
    """`plain` without accents and other marks; upper and lower case stay."""
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", plain(text))
    return unicodedata.normalize("NFC", "".join(char for char in split if unicodedata.category(char)[0] != "M"))


def fold(text: str) -> str:
    """The form in which texts are compared: `bare`, case-folded."""
    return bare(text).casefold()


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded; emoji and punctuation only separate."""
    return tuple(WORD.findall(fold(text)))


def pieces(text: str) -> tuple[str, ...]:
    """As `words`, but also split inside camelCase and between letters and digits: `PolAU247` -> pol, au, 247."""
    return tuple(piece.casefold() for piece in PIECE.findall(bare(text)))


def squash(text: str) -> str:
    """The words of a text written together: `'s-Hertogenbosch` -> `shertogenbosch`."""
    return "".join(words(text))


def has_phrase(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of `phrase` stand in `text` side by side and in order; an empty phrase never does."""
    size = len(phrase)
    return size > 0 and any(tuple(text[at : at + size]) == tuple(phrase) for at in range(len(text) - size + 1))


def has_number(text: str, number: str) -> bool:
    """Whether `number` (digits) stands alone: in no longer number, word, @name, address or telephone number.

    The digits may be styled or parted by hyphens (`1-1-2`), or all by blanks where no other digit stands beside them.
    """
    rest = PHONE.sub(" ", without_addresses(fold(text)))
    digits = rf"(?:{'-?'.join(number)}|(?<!\d ){' '.join(number)}(?! ?\d))"
    alone = rf"(?<![^\W_])(?<![^\W_]_)(?<!\d[.,-]){digits}(?![^\W_])(?!_[^\W_])(?![.,]\d\d?(?!\d))"
    return re.search(alone, rest) is not None


def without_addresses(text: str) -> str:
    """A text with a blank for every web address, mail address and @name in it."""
    rest = ADDRESS.sub(" ", text)
    return MENTION.sub(" ", BARE_ADDRESS.sub(" ", rest))


def addresses(text: str, *, partly: bool = False) -> tuple[str, ...]:
    """The web addresses written in a text (`http://`, `https://` or `www.`), without closing punctuation.

    Those are left out whose host stands there only in part: broken off by `…`, or by the end of a text that was seen
    `partly`.
    """
    return tuple(found for found, cut in _written(text, partly=partly) if not cut)


def cut_addresses(text: str, *, partly: bool = False) -> tuple[str, ...]:
    """The addresses that `addresses` leaves out."""
    return tuple(found for found, cut in _written(text, partly=partly) if cut)


def _written(text: str, *, partly: bool) -> Iterator[tuple[str, bool]]:
    """Every address of a text, and whether its host is cut."""
    spelled = plain(text)
    for found in ADDRESS.finditer(spelled):
        place = AUTHORITY.match(found.group().replace("\\", "/"))
        cut = place is not None and (
            ".." in place["authority"] or (partly and not place["path"] and found.end() == len(spelled))
        )
        yield found.group().rstrip(CLOSING), cut


def bare_addresses(text: str) -> tuple[str, ...]:
    """What looks like a web address without `https://` or `www.` before it (`linktr.ee/x`); mail addresses do not."""
    rest = ADDRESS.sub(" ", plain(text))
    return tuple(found.group().rstrip(CLOSING) for found in BARE_ADDRESS.finditer(rest.casefold()))


def is_glued(text: str, number: str) -> bool:
    """Whether `number` stands right behind letters (`bel112`) and nowhere else is more of it."""
    rest = PHONE.sub(" ", without_addresses(fold(text)))
    return re.search(rf"[^\W\d_]{number}(?!\w)", rest) is not None


def host(link: str) -> str | None:
    """The host a browser would go to, lower case, without user, port and final dot; `None` when there is none.

    A host that holds more than letters, digits, dots and hyphens after NFKC stays as it is: it equals no plain domain.
    """
    found = AUTHORITY.match(link.strip().replace("\\", "/"))
    if found is None or (found["scheme"] is None and "@" in found["authority"]):
        return None
    name = found["authority"].rpartition("@")[2]
    name = unicodedata.normalize("NFKC", re.sub(r":\d*$", "", name)).lower().removesuffix(".")
    return None if not name or re.search(r"[/?#@:\\\s]", name) else name


def path(link: str) -> str:
    """The path of a web address, from its slash on, without query and fragment; empty when there is none."""
    found = AUTHORITY.match(link.strip().replace("\\", "/"))
    return found["path"] if found else ""


def in_domain(name: str | None, domains: Iterable[str]) -> bool:
    """Whether a host is one of `domains` or lies under one; `None` never does."""
    return name is not None and any(name == domain or name.endswith(f".{domain}") for domain in domains)
