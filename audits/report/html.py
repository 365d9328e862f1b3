"""`report.html`: one file that loads nothing, for administrators and for print."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from audits.report import gallery, wording
from audits.report.model import Night
from audits.report.page import page
from audits.report.texts import Language, Texts, Words
from audits.report.view import Card, Page
from audits.report.visible import parts, visible

LONGEST = 1_000  # characters of one text of a stranger
_MARK = Markup('<span class="mark">{}</span>')
_SOFT = {sign: Markup('<span class="mark soft">{}</span>').format(sign) for sign in "⏎⇥"}
_ADDRESS = re.compile(r"(https://[\w.-]+(?::\d+)?(?:/[\w./~%?=&#+-]*[\w/])?)", re.ASCII)
_LINK = Markup('<a href="{0}" rel="noreferrer noopener external">{0}</a>')
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def report_html(night: Night, texts: Texts, lang: Language = "nl") -> bytes:
    """The report of one run in UTF-8. Its scripts and styles are named by hash in its content policy."""
    words = texts.words[lang]
    shown = page(night, lang)
    style = texts.templates["report.css"] + gallery.style(shown.gallery)
    script = texts.templates["report.js"]
    html = (
        _environment(texts, words)
        .get_template("report.html")
        .render(
            lang=lang,
            words=words,
            run=night.run,
            diff=night.diff,
            page=shown,
            policy_title=night.policy.title.get(lang, night.policy.id),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script_hash=_hash(script),
            data=_data(night, shown),
        )
    )
    return html.encode("utf-8", errors="replace")


def show(text: str | None) -> Markup:
    """Text of a stranger: escaped, in its own reading direction, with invisible characters made visible."""
    whole = text or ""
    cut = whole if len(whole) <= LONGEST else whole[:LONGEST] + "…"
    pieces = (_SOFT.get(piece) or _MARK.format(piece) if mark else escape(piece) for piece, mark in parts(cut))
    return Markup("<bdi>{}</bdi>").format(Markup("").join(pieces))


def linked(text: str) -> Markup:
    """A text with its https addresses as links, and nothing else of it as markup."""
    pieces = _ADDRESS.split(text)  # texts and addresses by turns
    return Markup("").join(_LINK.format(piece) if at % 2 else show(piece) for at, piece in enumerate(pieces) if piece)


def _environment(texts: Texts, words: Words) -> Environment:
    environment = Environment(
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
    environment.filters.update(filters)
    environment.globals["t"] = words.say
    return environment


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode('ascii')}'"


def _data(night: Night, shown: Page) -> Markup:
    """What the page is made of, as JSON that can stand in a script block: nothing in it can end that block."""
    record = {
        "run_id": night.run.run_id,
        "policy": night.run.policy.id,
        "draft": night.run.policy.adopted_by is None,
        "complete": night.run.complete,
        "statuses": shown.statuses,
        "accounts": [_account(card) for group in shown.groups for card in group.cards],
    }
    text = json.dumps(record, separators=(",", ":"))  # all but ASCII becomes an escape, U+2028 too
    for character, replacement in _ESCAPES.items():
        text = text.replace(character, replacement)
    return Markup(text)  # noqa: S704 - escaped above


def _account(card: Card) -> dict[str, object]:
    return {
        "number": card.number,
        "account_id": card.account_id,
        "platform": card.platform,
        "handle": card.handle,
        "name": card.name,
        "unit": card.unit,
        "area": card.area,
        "status": card.status,
        "new": card.new,
        "findings": [
            {"rule": one.rule, "clause": one.clause, "seen": one.seen, "wanted": one.wanted} for one in card.fails
        ],
    }
