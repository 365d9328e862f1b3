"""The set of approved logos: a `logos.toml` and the pictures it names, made ready for comparison."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import imagehash
import msgspec
import numpy as np
from PIL import Image

from audits.logo.calibration import Limits, calibrate
from audits.logo.colour import squared
from audits.logo.decode import Unreadable, decode
from audits.logo.limits import Kept, from_json, read
from audits.logo.manifest import BANNER, EVERYWHERE, Line, LogoSetError, Scope, lines
from audits.logo.master import Master
from audits.logo.search_target import Sought

METHOD = "alignment-2"  # part of the digest: another method may judge the same pictures otherwise
_SMALLEST = 100  # pixels a side of an approved picture


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One approved picture, or one that is known to be wrong (`bad`). `image` is RGB and square, but for a banner.

    `shape`, `frame`, `scope`, `bad` and `source` are as in `manifest.Line`; `content` is the SHA-256 of its file, and
    `limits` are those that were calibrated before, if any.
    The rest is what `verify` works with, made when it is first needed: most scans find a verdict that was given before.
    """

    name: str
    shape: str
    file: str
    image: Image.Image
    content: str = ""
    frame: str = "round"
    scope: Scope = EVERYWHERE
    bad: str | None = None
    source: str | None = None
    limits: Kept | None = None

    @property
    def key(self) -> str:
        """What the limits of this picture depend on: its content, how it is framed, and the method (SHA-256)."""
        return hashlib.sha256(f"{METHOD}\n{self.frame}\n{self.content}".encode()).hexdigest()

    @cached_property
    def hash(self) -> imagehash.ImageHash:
        """The perceptual hash of the middle."""
        return hash_of(self.image)

    @cached_property
    def master(self) -> Master:
        """The picture, ready to be laid upon others."""
        return Master(self.image)

    @cached_property
    def sought(self) -> Sought:
        """What is looked for in photographs."""
        return Sought(self.name, self.image, self.shape)

    @cached_property
    def calibrated(self) -> dict[int, Limits]:
        """By size class, how far a genuine picture may differ; measured anew, in seconds, when none were kept."""
        return calibrate(self.master) if self.limits is None else read(self.limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedSet:
    """All approved logos, and those known to be wrong.

    `digest` (SHA-256, hexadecimal) changes with all that can change what `verify` says of a picture. For whom and until
    when a picture is approved is not in it: that is looked at account by account (`scope`), each time anew.

    `entries` are for avatars; the wide pictures in `banners` are for banners alone, and are compared as a whole.
    """

    entries: tuple[Entry, ...]
    digest: str
    banners: tuple[Entry, ...] = ()


def load(manifest: bytes, files: Mapping[str, bytes], limits: bytes = b"") -> ApprovedSet:
    """The set that `manifest` (TOML) describes; `files` holds the pictures by file name. Raises LogoSetError.

    `limits` is the file of calibrated limits; those of a picture that has changed since are left aside.
    """
    listed = lines(manifest)
    if not listed:
        raise LogoSetError("no [[logo]] entries; add one with `herkenbaar logos add`")
    if all(line.bad for line in listed):
        raise LogoSetError("only known-bad pictures; add an approved one with `herkenbaar logos add`")
    kept = from_json(limits)
    entries = tuple(_entry(line, files, kept) for line in listed)
    digest = hashlib.sha256(METHOD.encode())
    for entry in entries:
        digest.update(msgspec.json.encode(_told(entry), order="sorted"))
    return ApprovedSet(
        entries=tuple(entry for entry in entries if entry.shape != BANNER),
        banners=tuple(entry for entry in entries if entry.shape == BANNER),
        digest=digest.hexdigest(),
    )


def _told(entry: Entry) -> tuple[object, ...]:
    return entry.name, entry.shape, entry.frame, entry.bad, entry.content, entry.limits


def hash_of(image: Image.Image) -> imagehash.ImageHash:
    """The perceptual hash (256 bits) of the middle of a square picture, which no round mask touches."""
    side = image.width
    edge = round(side * 0.16)
    return imagehash.phash(image.crop((edge, edge, side - edge, side - edge)), hash_size=16)


def _entry(line: Line, files: Mapping[str, bytes], kept: Mapping[str, Kept]) -> Entry:
    if line.file not in files:
        raise LogoSetError(f"file {line.file!r} is missing", line.name)
    entry = Entry(
        name=line.name,
        shape=line.shape,
        file=line.file,
        image=_image(line, files[line.file]),
        content=hashlib.sha256(files[line.file]).hexdigest(),
        frame=line.frame,
        scope=line.scope,
        bad=line.bad,
        source=line.source,
    )
    return replace(entry, limits=kept.get(entry.key))


def _image(line: Line, data: bytes) -> Image.Image:
    try:
        picture = decode(data)
    except Unreadable as refusal:
        raise LogoSetError(f"file {line.file!r} cannot be read ({refusal.reason})", line.name) from refusal
    if min(picture.width, picture.height) < _SMALLEST:
        raise LogoSetError(f"file {line.file!r} is smaller than {_SMALLEST} pixels", line.name)
    image = picture.image if line.shape == BANNER else squared(picture.image)
    if float(np.asarray(image.convert("L").convert("F")).std()) < 4:
        raise LogoSetError(f"file {line.file!r} shows one even colour", line.name)
    return image
