"""The page of `logos check --html`: what the image check says of picture files, with the pictures to see why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from adapters.model import Value
from audits.model import LogoVerdict
from audits.report.gallery import Gallery, gallery, style
from audits.report.image_words import NEAR_LIMIT, VERDICTS, verdict_in_words
from audits.report.model import CloseUp
from audits.report.rendering import environment, source_of
from audits.report.texts import Language, Texts, Words
from audits.report.view import Comparison


class Checked(Value, frozen=True, kw_only=True):
    """A picture file, what was said of it, and the picture itself (JPEG) where it could be read."""

    file: str
    verdict: LogoVerdict
    photo: bytes | None = None
    closeup: CloseUp = CloseUp()


class LogoCheck(Value, frozen=True, kw_only=True):
    """The files in their order; the approved pictures (PNG) and where they can be had, by name."""

    files: tuple[Checked, ...]
    approved: dict[str, bytes]
    origins: dict[str, str] = {}


class _Card(Value, frozen=True, kw_only=True):
    """One file as the template lays it out. `tone` is the style class of a status; `comparison` lacks what is not."""

    file: str
    tone: str
    said: str
    reasons: str
    distance: str | None
    variant: str | None
    origin: str | None
    comparison: Comparison | None


def logos_html(check: LogoCheck, texts: Texts, lang: Language = "nl") -> bytes:
    """The page in UTF-8: a card for each file, in their order. It loads nothing and has no scripts."""
    words = texts.words[lang]
    pictures = gallery(_pictures(check))
    counts = Counter(one.verdict.verdict for one in check.files)
    sheet = texts.templates["report.css"] + style(pictures)
    html = (
        environment(texts, words)
        .get_template("logos.html")
        .render(
            lang=lang,
            words=words,
            cards=[_card(one, check, pictures, words) for one in check.files],
            counts=[(words.image[name], _TONES[name], counts[name]) for name in VERDICTS if counts[name]],
            style=Markup(sheet),  # noqa: S704 - our own file
            style_hash=source_of(sheet),
        )
    )
    return html.encode("utf-8", errors="replace")


_TONES = {
    "approved": "compliant",
    "altered": "non_compliant",
    "contains": "non_compliant",
    "different": "non_compliant",
    "unreadable": "undetermined",
}


def _pictures(check: LogoCheck) -> Iterator[bytes | None]:
    """The pictures as often as cards show them."""
    yield from (check.approved.get(one.verdict.variant or "") for one in check.files if one.photo)
    for one in check.files:
        yield one.photo
        yield one.closeup.difference


def _card(one: Checked, check: LogoCheck, pictures: Gallery, words: Words) -> _Card:
    verdict = one.verdict
    near = NEAR_LIMIT in verdict.reasons
    said = verdict_in_words(words, verdict)
    distance = None if verdict.distance is None else f"{verdict.distance:.2f}".replace(".", words.decimal)
    return _Card(
        file=one.file,
        tone="review" if near else _TONES[verdict.verdict],
        said=said.head,
        reasons=", ".join(said.why),
        distance=distance,
        variant=verdict.variant,
        origin=None if verdict.verdict == "approved" else check.origins.get(verdict.variant or ""),
        comparison=_comparison(one, check, pictures),
    )


def _comparison(one: Checked, check: LogoCheck, pictures: Gallery) -> Comparison | None:
    photo = pictures.get(one.photo or b"")
    if photo is None:
        return None
    return Comparison(
        photo=photo,
        logo=pictures.get(check.approved.get(one.verdict.variant or "", b"")),
        variant=one.verdict.variant,
        difference=pictures.get(one.closeup.difference or b""),
        boxed=one.closeup.boxed,
    )
