"""What the report shows of a photo that is to be looked at closely."""

from __future__ import annotations

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from audits.model import Status, Verdict
from audits.report.html import report_html
from audits.report.model import CloseUp, Night
from tests.audits.report import nights

TEXTS = nights.texts()


def parsed(night: Night) -> HTMLParser:
    return HTMLParser(report_html(night, TEXTS).decode("utf-8"))


def close_up(seen: str, closeup: CloseUp, verdict: Verdict = Verdict.FAIL, **more: Any) -> Any:
    """The card of one account with a finding about its photo."""
    findings = (
        nights.finding("bio-emergency-line", seen="", wanted="112"),
        nights.finding("avatar-approved", verdict, seen=seen, wanted="approved: wordmark"),
    )
    status = Status.NON_COMPLIANT if verdict is Verdict.FAIL else Status.REVIEW
    night = nights.of((nights.result(1, status, findings),))
    pictures = {"A0001": nights.picture(1)}
    approved = {"emblem": nights.picture(7), "wordmark": nights.emblem()}
    night = nights.with_fields(night, pictures=pictures, closeups={"A0001": closeup}, approved=approved, **more)
    return parsed(night).css_first("#account-0")


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.REVIEW])
def test_photo_approved_picture_and_difference_stand_side_by_side_at_the_finding_about_the_photo(verdict):
    card = close_up("altered (stretched=12)", CloseUp(difference=nights.picture(2)), verdict)
    shown = card.css("[data-rule=avatar-approved] .comparison .picture")
    assert len(shown) == 3
    assert [node.tag for node in shown] == ["span", "span", "img"]
    assert len({node.attributes.get("src") or node.attributes["class"] for node in shown}) == 3
    assert len(card.css(".comparison")) == 1
    text = card.css("[data-rule=avatar-approved]")[0].text(separator=" ", strip=True)
    assert "logo is veranderd (uitgerekt 12 %)" in text
    assert "Goedgekeurd: wordmark" in text
    assert [node.attributes.get("alt") or node.attributes["aria-label"] for node in shown] == [
        "Profielfoto van POL_Voorbeeld1, zoals gezien bij deze meting",
        "Het goedgekeurde logo",
        "Het goedgekeurde logo in lichtgrijs. Rood is wat in de profielfoto anders is.",
    ]


def test_without_a_difference_two_pictures_stand_there():
    card = close_up("altered (changed)", CloseUp())
    assert len(card.css(".comparison .picture")) == 2


def test_a_logo_inside_a_photo_is_told_to_be_framed():
    card = close_up("contains (width=31)", CloseUp(boxed=True))
    shown = card.css(".comparison .picture")
    assert len(shown) == 2
    assert "met een kader om het logo" in (shown[0].attributes["aria-label"] or "")
    assert "het logo staat in de foto (31 % van de breedte)" in card.text(separator=" ", strip=True)


@pytest.mark.parametrize(
    ("origins", "said"),
    [
        ({"wordmark": "https://intranet.example/logo", "emblem": "elders"}, "https://intranet.example/logo"),
        ({"wordmark": "vraag <b>uw</b> regisseur"}, "vraag <b>uw</b> regisseur"),
        ({"emblem": "elders"}, None),
        ({}, None),
    ],
)
def test_where_the_right_picture_is_stands_with_the_finding_about_the_photo(origins, said):
    card = close_up("altered (changed)", CloseUp(), origins=origins)
    found = card.css("dd.origin")
    assert [node.text() for node in found] == ([] if said is None else [said])
    assert card.css("li:not([data-rule=avatar-approved]) .origin") == []
    assert len(card.css(".origin a")) == int((said or "").startswith("https"))


def test_without_a_close_up_no_pictures_stand_at_a_finding():
    assert parsed(nights.night()).css(".comparison") == []
