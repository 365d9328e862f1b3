"""`logos.toml`: which pictures are approved, for whom and until when, and which are known to be wrong. Text only."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from adapters.model import Platform, Value
from audits.model import TYPES

MANIFEST = "logos.toml"
BANNER = "banner"  # a wide picture, for banners alone
SHAPES = ("emblem", "wordmark", "full", BANNER)
FRAMES = ("round", "square")
BAD = ("old_logo", "other_force", "other")
_NEEDED = ("name", "file", "shape")
_NAME = re.compile(r"\w[\w .-]{0,63}")
_FILE = re.compile(r"\w[\w .-]*\.(png|jpe?g|webp)", re.IGNORECASE)
_LONGEST_SOURCE = 300


class LogoSetError(Exception):
    """The approved set cannot be used. The message is one line: file, entry, reason."""

    def __init__(self, reason: str, entry: str | None = None) -> None:
        told = " ".join((reason if entry is None else f"logo {entry!r}: {reason}").split())
        super().__init__(f"{MANIFEST}: {told}")


class Scope(Value, frozen=True, kw_only=True):
    """From the first to the last day (both count), on these platforms, for these types of account; nothing = all."""

    valid_from: date | None = None
    valid_to: date | None = None
    platforms: tuple[Platform, ...] = ()
    types: tuple[str, ...] = ()


EVERYWHERE = Scope()


class Line(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `[[logo]]`. `valid_to` is the last day; `platforms` and `types` are empty where it is for all.

    `frame`: of a `round` one the corners are free, as platforms cut a circle; of a `square` one they must be its own.
    `bad` names what is wrong with a picture that is listed to be recognised; `source` says where an administrator gets
    the right one (text, or an https address).
    """

    name: str
    file: str
    shape: Literal["emblem", "wordmark", "full", "banner"]
    frame: Literal["round", "square"] = "round"
    valid_from: date | None = None
    valid_to: date | None = None
    platforms: tuple[Platform, ...] = ()
    types: tuple[str, ...] = ()
    bad: Literal["old_logo", "other_force", "other"] | None = None
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=_LONGEST_SOURCE)] | None = None

    @property
    def scope(self) -> Scope:
        """When, where and for whom."""
        return Scope(valid_from=self.valid_from, valid_to=self.valid_to, platforms=self.platforms, types=self.types)


def lines(manifest: bytes) -> tuple[Line, ...]:
    """The entries of a manifest, in its order. Raises LogoSetError."""
    try:
        document = tomllib.loads(manifest.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LogoSetError(f"not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise LogoSetError(str(error)) from error
    except RecursionError as error:
        raise LogoSetError("nested too deeply") from error
    rows = document.pop("logo", [])
    if document:
        raise LogoSetError(f"unknown key {min(document)!r}; only [[logo]] is known")
    if not isinstance(rows, list):
        raise LogoSetError("write [[logo]] with two brackets on each side")
    found = tuple(_line(row) for row in rows)
    _refuse_twins(found)
    return found


def file_names(manifest: bytes) -> tuple[str, ...]:
    """The files that a manifest names, so that they can be read. Raises LogoSetError."""
    return tuple(line.file for line in lines(manifest))


def add_entry(manifest: bytes | None, name: str, shape: str, filename: str, **more: Any) -> bytes:
    """The manifest (`None` for a new one) with one more logo at its end. Raises LogoSetError.

    `more` are further keys of a `[[logo]]`; those that are `None` or empty are left out.
    """
    row = {"name": name, "file": filename, "shape": shape} | {key: value for key, value in more.items() if value}
    known = () if manifest is None else lines(manifest)
    _refuse_twins((*known, _line(row)))
    before = b"" if manifest is None else manifest.rstrip() + b"\n\n"
    text = "\n".join(["[[logo]]", *(f"{key} = {_toml(value)}" for key, value in row.items())])
    return before + text.encode() + b"\n"


def _toml(value: Any) -> str:
    """A date as it is; text and lists of it in the notation that JSON and TOML share."""
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _line(row: Any) -> Line:
    name = row.get("name") if isinstance(row, dict) else None
    entry = name if isinstance(name, str) else None
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in _NEEDED):
        raise LogoSetError(f"{'' if entry else 'a [[logo]] '}needs name, file and shape, all text", entry)
    unknown = sorted(row.keys() - set(Line.__struct_fields__))
    if unknown:
        raise LogoSetError(f"unknown key {unknown[0]!r}; known are {', '.join(Line.__struct_fields__)}", entry)
    for key, words in (("shape", SHAPES), ("frame", FRAMES), ("bad", BAD), ("platforms", tuple(map(str, Platform)))):
        _refuse_unknown(row.get(key, []), words, key, entry)
    try:
        line = msgspec.convert(row, Line)
    except msgspec.ValidationError as error:
        raise LogoSetError(_reason(error), entry) from error
    for problem, found in _problems(line):
        if found:
            raise LogoSetError(problem, entry)
    return line


def _refuse_unknown(value: Any, words: tuple[str, ...], key: str, entry: str | None) -> None:
    """A text, or a text of a list, that is none of the words that are allowed there."""
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and text not in words:
            raise LogoSetError(f"{key} {text!r} is not one of {', '.join(words)}", entry)


def _problems(line: Line) -> Iterator[tuple[str, bool]]:
    """What can be wrong with an entry of which every value is of the right kind, and whether it is."""
    yield "a name is letters, digits, spaces, - _ and . (64 at most)", not _NAME.fullmatch(line.name)
    drawn = line.file.lower().endswith(".svg")
    yield f"file {line.file!r} is an SVG, which `herkenbaar logos add` draws; name the PNG that it makes", drawn
    yield f"file {line.file!r} is not a plain name of a PNG, JPEG or WebP file", not _FILE.fullmatch(line.file)
    backwards = bool(line.valid_from and line.valid_to and line.valid_from > line.valid_to)
    yield f"valid_from {line.valid_from} is after valid_to {line.valid_to}", backwards
    types = sorted(set(line.types) - TYPES)
    yield f"there is no account type {min(types, default='')!r}; known: {', '.join(sorted(TYPES))}", bool(types)
    narrowed = line.bad is not None and line.scope != EVERYWHERE
    yield "a known-bad picture is for nobody: leave out valid_from, valid_to, platforms and types", narrowed
    source = line.source or ""
    yield "source is one line of text", not source.isprintable() or source != source.strip()
    yield "an address in source begins with https://", "://" in source and not source.startswith("https://")


def _refuse_twins(found: tuple[Line, ...]) -> None:
    names = [line.name for line in found]
    for name in names:
        if names.count(name) > 1:
            raise LogoSetError("this name is used twice", name)


def _reason(error: msgspec.ValidationError) -> str:
    """The reason in the file's own terms: `$.types[0]` becomes `types[0]`."""
    return re.sub(r" - at `\$\.?([^`]*)`", r" (\1)", str(error))
