"""A page with every error of a run: the picture, the approved one it began as, what is true and what was said."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable
from html import escape

from PIL import Image

from tests.audits.logo.bench.judged import SURE, Box, Judged, error
from tests.audits.logo.passing import encoded

MOST = 300  # pictures of a part; a page of thousands helps nobody
_SHOWN = 240  # pixels a side

_STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; background: #f4f4f4; color: #111 }
main { display: flex; flex-wrap: wrap; gap: .8rem }
figure { margin: 0; padding: .6rem; background: #fff; width: 21rem; border: 1px solid #ccc }
figure div { display: flex; gap: .4rem }
img { width: 9.5rem; height: 9.5rem; object-fit: contain; background: #ddd; display: block }
figure span { position: relative }
i { position: absolute; outline: 2px solid #0a0 }
i.found { outline-color: #d0d }
figcaption { margin-top: .4rem; overflow-wrap: anywhere }
code { font-size: 12px; user-select: all }
"""

Picture = Callable[[Judged], bytes]  # draws again what was judged, or the approved picture it began as


def sheet(found: list[Judged], art: str, drawn: Picture, model: Picture) -> str:
    """The page as HTML with all pictures in it."""
    parts = {
        "Errors": [one for one in found if error(one)],
        "Near a limit: a person must look": [one for one in found if one.doubted and not error(one)],
        "Altered, without a right reason": [one for one in found if _unexplained(one)],
    }
    body = "".join(
        f"<h2>{escape(title)}: {len(own)}</h2><main>{_figures(own[:MOST], art, drawn, model)}</main>"
        for title, own in parts.items()
    )
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>bench-logo</title><style>{_STYLE}</style>'
    return f"{head}<h1>The image check: {len(found)} pictures, art {escape(art)}</h1>{body}</html>"


def _unexplained(one: Judged) -> bool:
    return one.truth == "altered" and one.size >= SURE and not one.explained and not error(one)


def _figures(own: Iterable[Judged], art: str, drawn: Picture, model: Picture) -> str:
    return "".join(_figure(one, art, drawn(one), model(one)) for one in own)


def _figure(one: Judged, art: str, picture: bytes, model: bytes) -> str:
    distance = "none" if one.distance is None else f"{one.distance:.3f}"
    said = " ".join((one.verdict, *one.reasons))
    lines = (
        f"<b>{escape(error(one) or said)}</b>",
        f"truth: {escape(f'{one.truth}, {one.kind}, {one.family} {one.seen}')}",
        f"said: {escape(said)}, nearest {escape(one.variant or 'none')}, distance {distance}, {one.size} px",
        f"box (green): {one.box}, found (purple): {one.found}" if one.box or one.found else "",
        f"<code>--art {escape(art)} --only {escape(one.kind)}:{one.seed}</code>",
    )
    boxes = f"{_box('true', one.box, one.size)}{_box('found', one.found, one.size)}"
    images = f"<span>{_image(picture)}{boxes}</span>{_image(model)}"
    return f"<figure><div>{images}</div><figcaption>{'<br>'.join(filter(None, lines))}</figcaption></figure>"


def _image(data: bytes) -> str:
    shown = _small(data)
    return f'<img alt="" src="data:{media_type(shown)};base64,{base64.b64encode(shown).decode()}">'


def _small(data: bytes) -> bytes:
    """The picture as it is, or brought down, so that a page of hundreds stays a few megabytes."""
    image = Image.open(io.BytesIO(data))
    if max(image.size) <= _SHOWN:
        return data
    image.thumbnail((_SHOWN, _SHOWN), Image.Resampling.LANCZOS)
    return encoded(image, "WEBP")


def _box(name: str, box: Box | None, size: int) -> str:
    """A frame over a square picture of `size` pixels a side."""
    if box is None:
        return ""
    left, top, width, height = (f"{100 * edge / size:.1f}%" for edge in box)
    return f'<i class="{name}" style="left:{left};top:{top};width:{width};height:{height}"></i>'


def media_type(data: bytes) -> str:
    """The media type of PNG, WebP or JPEG bytes."""
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/webp" if data[8:12] == b"WEBP" else "image/jpeg"
