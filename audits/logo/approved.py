"""The set of approved logos: a `logos.toml` and the pictures it names, made ready for comparison."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import imagehash
import numpy as np
from PIL import Image

from audits.logo.alignment import FINE, SIDES, Pattern, pattern, table
from audits.logo.colour import Floats, squared
from audits.logo.comparison import Surface, surface
from audits.logo.decode import Unreadable, decode

METHOD = "alignment-1"  # part of the digest: another method may judge the same pictures otherwise
BANNER = "banner"
SHAPES = ("emblem", "wordmark", "full", BANNER)
MANIFEST = "logos.toml"
RESOLUTIONS = (144, FINE, 72, 48)  # a logo is compared as it looks at the largest of these that a picture reaches
_SMALLEST = 100  # pixels a side of an approved picture
_NAME = re.compile(r"\w[\w .-]{0,63}")
_FILE = re.compile(r"\w[\w .-]*\.(png|jpe?g|webp|svg)", re.IGNORECASE)


class LogoSetError(Exception):
    """The approved set cannot be used. The message is one line: file, entry, reason."""

    def __init__(self, reason: str, entry: str | None = None) -> None:
        super().__init__(f"{MANIFEST}: {reason}" if entry is None else f"{MANIFEST}: logo {entry!r}: {reason}")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One approved logo. `shape` is one of SHAPES; `image` is RGB and square, but for a banner.

    The rest is what `verify` works with, made when it is first needed: most scans find a verdict that was given before.
    """

    name: str
    shape: str
    file: str
    image: Image.Image

    @cached_property
    def hash(self) -> imagehash.ImageHash:
        """The perceptual hash of the middle."""
        return hash_of(self.image)

    @cached_property
    def table(self) -> Floats:
        """The logo in many places, small and in grey."""
        return table(self._grey)

    @cached_property
    def patterns(self) -> dict[int, Pattern]:
        """By resolution, what the fit works with."""
        return {side: pattern(self._grey, side) for side in SIDES}

    @cached_property
    def surfaces(self) -> dict[int, Surface]:
        """By resolution, what a fitted picture is compared with."""
        return {side: surface(self.image, side) for side in RESOLUTIONS}

    @cached_property
    def _grey(self) -> Image.Image:
        return self.image.convert("L").convert("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedSet:
    """All approved logos. `digest` changes with the pictures, the names and the method (SHA-256, hexadecimal).

    `entries` are for avatars; the wide pictures in `banners` are for banners alone, and are compared as a whole.
    """

    entries: tuple[Entry, ...]
    digest: str
    banners: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One `[[logo]]` of the manifest."""

    name: str
    file: str
    shape: str


def load(manifest: bytes, files: Mapping[str, bytes]) -> ApprovedSet:
    """The set that `manifest` (TOML) describes; `files` holds the pictures by file name. Raises LogoSetError."""
    lines = _lines(manifest)
    if not lines:
        raise LogoSetError("no [[logo]] entries; add one with `herkenbaar logos add`")
    digest = hashlib.sha256(METHOD.encode())
    entries = []
    for line in lines:
        if line.file not in files:
            raise LogoSetError(f"file {line.file!r} is missing", line.name)
        data = files[line.file]
        entries.append(_entry(line, data))
        digest.update(f"\n{line.name}\t{line.shape}\t{hashlib.sha256(data).hexdigest()}".encode())
    return ApprovedSet(
        entries=tuple(entry for entry in entries if entry.shape != BANNER),
        banners=tuple(entry for entry in entries if entry.shape == BANNER),
        digest=digest.hexdigest(),
    )


def file_names(manifest: bytes) -> tuple[str, ...]:
    """The files that a manifest names, so that they can be read. Raises LogoSetError."""
    return tuple(line.file for line in _lines(manifest))


def add_entry(manifest: bytes | None, name: str, shape: str, filename: str) -> bytes:
    """The manifest (`None` for a new one) with one more logo at its end. Raises LogoSetError."""
    known = () if manifest is None else _lines(manifest)
    line = _line({"name": name, "file": filename, "shape": shape})
    _refuse_twins((*known, line))
    before = b"" if manifest is None else manifest.rstrip() + b"\n\n"
    text = f'[[logo]]\nname = "{line.name}"\nfile = "{line.file}"\nshape = "{line.shape}"\n'
    return before + text.encode()


def hash_of(image: Image.Image) -> imagehash.ImageHash:
    """The perceptual hash (256 bits) of the middle of a square picture, which no round mask touches."""
    side = image.width
    edge = round(side * 0.16)
    return imagehash.phash(image.crop((edge, edge, side - edge, side - edge)), hash_size=16)


def _lines(manifest: bytes) -> tuple[_Line, ...]:
    try:
        document = tomllib.loads(manifest.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LogoSetError(f"not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise LogoSetError(str(error).replace("\n", " ")) from error
    rows = document.pop("logo", [])
    if document:
        raise LogoSetError(f"unknown key {min(document)!r}; only [[logo]] is known")
    if not isinstance(rows, list):
        raise LogoSetError("write [[logo]] with two brackets on each side")
    lines = tuple(_line(row) for row in rows)
    _refuse_twins(lines)
    return lines


def _line(row: Any) -> _Line:
    match row:
        case {"name": str(name), "file": str(file), "shape": str(shape), **rest}:
            pass
        case {"name": str(name)}:
            raise LogoSetError("needs name, file and shape, all text", name)
        case _:
            raise LogoSetError("a [[logo]] needs name, file and shape, all text")
    for problem, found in (
        (f"unknown key {min(map(str, rest), default='')!r}", bool(rest)),
        ("a name is letters, digits, spaces, - _ and . (64 at most)", not _NAME.fullmatch(name)),
        (f"shape {shape!r} is not one of {', '.join(SHAPES)}", shape not in SHAPES),
        (f"file {file!r} is not a plain name of a PNG, JPEG, WebP or SVG file", not _FILE.fullmatch(file)),
    ):
        if found:
            raise LogoSetError(problem, name)
    return _Line(name=name, file=file, shape=shape)


def _refuse_twins(lines: tuple[_Line, ...]) -> None:
    names = [line.name for line in lines]
    for name in names:
        if names.count(name) > 1:
            raise LogoSetError("this name is used twice", name)


def _entry(line: _Line, data: bytes) -> Entry:
    try:
        picture = decode(data)
    except Unreadable as refusal:
        raise LogoSetError(f"file {line.file!r} cannot be read ({refusal.reason})", line.name) from refusal
    if min(picture.width, picture.height) < _SMALLEST:
        raise LogoSetError(f"file {line.file!r} is smaller than {_SMALLEST} pixels", line.name)
    image = picture.image if line.shape == BANNER else squared(picture.image)
    if float(np.asarray(image.convert("L").convert("F")).std()) < 4:
        raise LogoSetError(f"file {line.file!r} shows one even colour", line.name)
    return Entry(name=line.name, shape=line.shape, file=line.file, image=image)
