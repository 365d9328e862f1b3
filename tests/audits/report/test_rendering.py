from __future__ import annotations

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from audits.report.rendering import linked
from tests.audits.report import nights


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://intranet.example/logo.png", ["https://intranet.example/logo.png"]),
        ("Zie https://a.example/b/ (of https://c.example).", ["https://a.example/b/", "https://c.example"]),
        ("Zie https://a.example.", ["https://a.example"]),
        ("vraag uw regisseur", []),
        ("http://a.example", []),
        ("javascript:alert(1)", []),
        ('https://a.example/"onmouseover="alert(1)', ["https://a.example/"]),
        ("https://a.example/<script>", ["https://a.example/"]),
    ],
)
def test_only_https_addresses_become_links(text, links):
    page: Any = HTMLParser(f"<p>{linked(text)}</p>")

    assert [node.attributes["href"] for node in page.css("a")] == links
    assert page.css_first("p").text() == text
    assert {node.tag for node in page.css("p *") if not node.tag.startswith("-")} <= {"a", "bdi", "span"}


@pytest.mark.parametrize("text", nights.HOSTILE)
def test_a_hostile_text_stays_text(text):
    assert HTMLParser(f"<p>{linked(text)}</p>").css("script, img, svg, a") == []
