"""`report.html`: one file that loads nothing, for administrators and for print."""

from __future__ import annotations

import json

from markupsafe import Markup

from audits.report import gallery
from audits.report.model import Night
from audits.report.page import page
from audits.report.rendering import environment, source_of
from audits.report.texts import Language, Texts
from audits.report.view import Card, Page

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def report_html(night: Night, texts: Texts, lang: Language = "nl") -> bytes:
    """The report of one run in UTF-8. Its scripts and styles are named by hash in its content policy."""
    words = texts.words[lang]
    shown = page(night, lang)
    style = texts.templates["report.css"] + gallery.style(shown.gallery)
    script = texts.templates["report.js"]
    html = (
        environment(texts, words)
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
            style_hash=source_of(style),
            script_hash=source_of(script),
            data=_data(night, shown),
        )
    )
    return html.encode("utf-8", errors="replace")


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
