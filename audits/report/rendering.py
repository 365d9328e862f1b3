"""From a template to a page that loads nothing: text of strangers stays text, styles and scripts are named by hash."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from audits.report import wording
from audits.report.texts import Texts, Words
from audits.report.visible import parts, visible

LONGEST = 1_000  # characters of one text of a stranger
_MARK = Markup('<span class="mark">{}</span>')
_SOFT = {sign: Markup('<span class="mark soft">{}</span>').format(sign) for sign in "⏎⇥"}
_ADDRESS = re.compile(r"(https://[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:/(?:[\w./~%?=&#+-]*[\w/])?)?)", re.ASCII)
_LINK = Markup('<a href="{0}" rel="noreferrer noopener external">{0}</a>')


def environment(texts: Texts, words: Words) -> Environment:
    """The templates with their filters, for one language."""
    made = Environment(
        loader=DictLoader(texts.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "show": show,
        "linked": linked,
        "visible": visible,
        "number": partial(wording.number, words),
        "percent": partial(wording.percent, words),
        "spoken": partial(wording.spoken, words),
        "day": partial(wording.day, words),
        "time": partial(wording.time, words),
    }
    made.filters.update(filters)
    made.globals["t"] = words.say
    return made


def show(text: str | None) -> Markup:
    """Text of a stranger: escaped, in its own reading direction, with invisible characters made visible."""
    whole = text or ""
    cut = whole if len(whole) <= LONGEST else whole[:LONGEST] + "…"
    pieces = (_SOFT.get(piece) or _MARK.format(piece) if mark else escape(piece) for piece, mark in parts(cut))
    return Markup("<bdi>{}</bdi>").format(Markup("").join(pieces))


def linked(text: str) -> Markup:
    """A text with its https addresses as links, and nothing else of it as markup."""
    pieces = _ADDRESS.split(text[:LONGEST])  # texts and addresses by turns
    return Markup("").join(_LINK.format(piece) if at % 2 else show(piece) for at, piece in enumerate(pieces) if piece)


def source_of(content: str) -> str:
    """How a content policy names a style or script."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode('ascii')}'"
