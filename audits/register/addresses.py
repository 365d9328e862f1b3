"""What people type in a column for handles or addresses -> platform, handle and id, with every repair named."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from adapters.model import Platform, Value
from audits.register.memory import remembered
from audits.register.platforms import read_address

# Words by which a person says that there is none; and words that a machine left where a value should be.
SAID_NONE = frozenset({"#nvt", "nvt", "n.v.t.", "n.v.t", "-", "--", "geen"})
NULLS = SAID_NONE | {"null", "none", "nan", "n/a", "?", "onbekend", "unknown"}
# What a spreadsheet makes of a box that is ticked or not, in English and in Dutch.
BOOLEANS = frozenset({"true", "false", "waar", "onwaar"})
# What spreadsheets write where a formula failed, in English and in Dutch.
ERRORS = frozenset(
    {
        *("#n/a", "#n/b", "#ref!", "#verw!", "#value!", "#waarde!", "#name?", "#naam?", "#div/0!", "#deel/0!"),
        *("#num!", "#getal!", "#null!", "#leeg!", "#spill!", "#overloop!", "#calc!", "#bereken!", "#getting_data"),
    }
)
_FORMULA = re.compile(r"=\s*[-+(@$\"'\w]")
LONGEST = 500  # characters; no handle or address comes near
_PLAIN = re.compile(r"\w[\w.]*")
_GUARD = re.compile(r"'(?=[=+@\t\r-])")
_BULLETS = re.compile(r"(?:https?:/*)?[\s•·◦▪‣●○*–—>-]*[•·◦▪‣●○*–—>-][\s•·◦▪‣●○*–—>-]*(?=\S)")
_WRAPPING = "<>\"'“”‘’()[],;"
_SHAPE = re.compile(r"(?:https?[:;]?/*)?(?P<host>[\w-]+(?:\.[\w-]+)+)\.?(?::\d+)?(?:/+(?P<rest>.*))?", re.IGNORECASE)
_BROKEN_HOST = re.compile(
    r"(?P<scheme>https?[:;]?/*)?www/+(?P<name>twitter|facebook|instagram|youtube|threads|x)(?:\.com)?/", re.IGNORECASE
)
_PARAMETERS = re.compile(r"[?&#](?!id=|screen_name=|!/|$)")


class Found(Value, frozen=True, kw_only=True):
    """What a cell names. `refusal` says why it names nothing (a key of the texts), `repairs` what had to be mended."""

    platform: Platform | None = None
    handle: str | None = None
    platform_id: str | None = None
    repairs: tuple[str, ...] = ()
    refusal: str | None = None
    address: bool = False


@remembered
def plain(text: str) -> str | None:
    """A cell without the blanks around it, blanks and line ends inside as one blank; `None` when it says nothing.

    Words for nothing (`null`, `n.v.t.`) say nothing; the apostrophe that guards a cell against formulas is dropped.
    """
    joined = " ".join(_GUARD.sub("", text, count=1).split()) if text.startswith("'") else " ".join(text.split())
    return None if not joined or joined.casefold() in NULLS else joined


def unusable(text: str) -> str | None:
    """Why a spreadsheet's cell holds no value of its own (a key of the texts): an error, or a formula alone."""
    if text[:1] == "#" and text.strip().casefold() in ERRORS:
        return "error_cell"
    return "formula_without_value" if text[:1] == "=" and _FORMULA.match(text) else None


def read_profile(text: str) -> Found:
    """The handle or address in one cell. An empty cell gives an empty `Found` without a refusal."""
    if not text.strip():
        return Found()
    refusal = unusable(text) or ("not_an_address" if len(text) > LONGEST else None)
    if refusal:
        return Found(refusal=refusal)
    cleaned, repairs = _cleaned(text)
    said = cleaned.casefold()
    if said in NULLS or said in BOOLEANS:
        return Found(refusal="null_word" if said in NULLS else "boolean")
    if not cleaned:
        return Found(refusal="empty")
    broken = _BROKEN_HOST.match(cleaned)
    if broken:
        cleaned = _BROKEN_HOST.sub(r"https://www.\g<name>.com/", cleaned, count=1)
        repairs = (*repairs, "host")
    if "/" in cleaned or cleaned.lower().startswith(("www.", "http:", "https:")):
        return _read_address(cleaned, repairs)
    handle = cleaned.lstrip("@")
    return Found(handle=handle or None, repairs=(*repairs, "at_sign") if handle != cleaned else repairs)


def _cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what does not belong, and the names of the repairs that changed it."""
    if _PLAIN.fullmatch(text) and text.casefold() not in NULLS:
        return text, ()
    steps = (
        ("apostrophe", lambda t: _GUARD.sub("", t, count=1) if t.startswith("'") else t),
        ("invisible", _without_invisible),
        ("blanks", lambda t: re.sub(r"\s*([/:?])\s*", r"\1", t.strip())),
        ("bullets", lambda t: _BULLETS.sub("", t, count=1) if _BULLETS.match(t) else t),
        ("punctuation", lambda t: t.strip(_WRAPPING)),
    )
    repairs = []
    for name, step in steps:
        after = step(text) if text.strip().casefold() not in NULLS else text.strip()
        repairs += [name] if after != text else []
        text = after
    return text, tuple(repairs)


def _without_invisible(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _read_address(text: str, repairs: tuple[str, ...]) -> Found:
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return Found(refusal="not_an_address", address=True, repairs=repairs)
    rest = unquote(shape["rest"] or "")
    address = read_address(shape["host"].lower(), rest)
    if address is None:
        return Found(refusal="not_a_profile", address=True, repairs=repairs)
    path = re.split(r"[?#](?!!/)", rest, maxsplit=1)[0]
    mended = {
        "host": not address.usual,
        "parameters": bool(_PARAMETERS.search(rest)),
        "slash": path.endswith("/"),
        "id_as_handle": address.handle == address.platform_id,
    }
    return Found(
        platform=address.platform,
        handle=address.handle,
        platform_id=address.platform_id,
        repairs=tuple(dict.fromkeys((*repairs, *(name for name, done in mended.items() if done)))),
        address=True,
    )
