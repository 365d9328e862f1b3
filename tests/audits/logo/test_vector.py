from __future__ import annotations

import io

import pytest
from PIL import Image

from audits.logo.vector import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, SIDE, Undrawable, check, draw

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'


def svg(body: str, root: str = 'viewBox="0 0 20 10"') -> bytes:
    return f"<svg {SPACES} {root}>{body}</svg>".encode()


def bomb(name: str) -> str:
    use = '<use xlink:href="#a{}"/>'
    inside = "".join(f'<{name} id="a{i}">{use.format(i - 1) * 10}</{name}>' for i in range(1, 9))
    return f'<g id="a0"><path d="M0 0"/></g>{inside}<use xlink:href="#a8"/>'


REFUSED = {
    "nothing": (b"", "no well-formed XML"),
    "no XML": (b"<svg", "no well-formed XML"),
    "page": (b"<html/>", "no svg"),
    "no namespace": (b"<svg/>", "no svg"),
    "UTF-16": (svg("").decode().encode("utf-16"), "not UTF-8"),
    "too large": (svg(" " * MAX_BYTES), "larger than 1 MB"),
    "DOCTYPE": (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x.example/svg11.dtd">' + svg(""), "DOCTYPE"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + svg("<title>&c;</title>"), "DOCTYPE"),
    "file as entity": (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<g>&a;</g>"), "DOCTYPE"),
    "style sheet": (b'<?xml-stylesheet href="http://x.example"?>' + svg(""), "style sheet elsewhere"),
    "script": (svg("<script>alert(1)</script>"), "<script>"),
    "script of a page": (svg("<metadata><h:script>alert(1)</h:script></metadata>"), "<script>"),
    "page within": (svg("<foreignObject/>"), "<foreignObject>"),
    "event": (svg('<path d="M0 0" onClick="alert(1)"/>'), "onclick"),
    "event of the root": (svg("", 'onload="alert(1)"'), "onload"),
    "movement": (svg('<animate attributeName="href" to="http://x.example"/>'), "<animate>"),
    "link": (svg('<a xlink:href="#b"/>'), "<a>"),
    "picture within": (svg('<image href="data:image/png;base64,AAAA"/>'), "add the picture as PNG"),
    "text": (svg("<text>politie</text>"), "convert text to outlines"),
    "filter": (svg('<filter id="f"/>'), "plain shapes"),
    "pattern": (svg('<pattern id="f"/>'), "plain shapes"),
    "used from elsewhere": (svg('<use href="other.svg#a"/>'), "outside the file"),
    "used from elsewhere, older": (svg('<use xlink:href=" http://x.example/#a"/>'), "outside the file"),
    "another base": (svg("", 'xml:base="http://x.example/"'), "base"),
    "colour from elsewhere": (svg('<path fill="url(http://x.example/#a)" d=""/>'), "outside the file"),
    "style from elsewhere": (svg('<path style="mask: URL( \'//x.example/#a\' )" d=""/>'), "outside the file"),
    "sheet from elsewhere": (svg("<style>@import 'http://x.example';</style>"), "@"),
    "sheet with an address": (svg("<style>path{fill:url(http://x.example)}</style>"), "outside the file"),
    "hidden address": (svg("<style>path{fill:u\\72l(http://x.example)}</style>"), "backslash"),
    "hidden address in a value": (svg('<path fill="u\\72l(//x.example)" d=""/>'), "backslash"),
    "too many elements": (svg("<g/>" * MAX_ELEMENTS), "more than 5000 elements"),
    "too deep": (svg("<g>" * MAX_DEPTH + "</g>" * MAX_DEPTH), "nested deeper"),
    "copies of copies": (svg(bomb("g")), "grows to more than"),
    "copies of symbols": (svg(bomb("symbol")), "grows to more than"),
    "masks of masks": (
        svg(
            bomb("mask")
            .replace('<use xlink:href="#', '<g mask="url(#')
            .replace('"/></g>', '"/></g>')
            .replace('"/>', ')"/>')
        ),
        "grows",
    ),
    "itself": (svg('<g id="a"><use href="#a"/></g>'), "refers to itself"),
    "itself by another": (svg('<g id="a" mask="url(#b)"/><mask id="b"><use href="#a"/></mask>'), "refers to itself"),
    "endless chain": (svg("".join(f'<g id="a{i}"><use href="#a{i + 1}"/></g>' for i in range(2000))), "too deeply"),
}


@pytest.mark.parametrize(("data", "part"), REFUSED.values(), ids=REFUSED)
def test_what_may_not_be_drawn_is_refused_in_one_line(data, part):
    with pytest.raises(Undrawable) as refusal:
        check(data)

    assert part in str(refusal.value)
    assert "\n" not in str(refusal.value)


FINE = {
    "mark of order": b"\xef\xbb\xbf" + svg(""),
    "declaration": b'<?xml version="1.0" encoding="UTF-8"?>' + svg(""),
    "notes of a program": svg(
        '<metadata><r:RDF xmlns:r="urn:r" r:href2="C:\\logo@2.png"><r:url>http://x.example</r:url></r:RDF></metadata>'
        '<n:view xmlns:n="urn:n" n:file="C:\\url(x).png"/><?xpacket end="w"?>'
    ),
    "sheet": svg(
        "<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop/></linearGradient><path class='a' d=''/>"
    ),
    "used twice": svg('<path id="a" d="M0 0"/><use href="#a"/><use href="#a" x="3"/>'),
    "gradient upon gradient": svg('<radialGradient id="a"/><radialGradient id="b" href="#a"/><g fill="url(\'#b\')"/>'),
    "what is not there": svg('<use href="#nowhere"/>'),
}


@pytest.mark.parametrize("data", FINE.values(), ids=FINE)
def test_what_drawing_programs_write_may_be_drawn(data):
    assert check(data) == data.decode("utf-8-sig")


def image(text: bytes) -> Image.Image:
    return Image.open(io.BytesIO(draw(check(text))))


def test_a_drawing_becomes_a_picture_with_its_own_proportions_and_ground():
    drawn = image(svg('<rect x="10" width="10" height="10" fill="#c80000"/>'))

    assert drawn.size == (SIDE, SIDE // 2)
    assert drawn.getpixel((100, 100)) == (0, 0, 0, 0)
    assert drawn.getpixel((900, 100)) == (200, 0, 0, 255)


@pytest.mark.parametrize(
    "root", ['viewBox="0 0 1e9 1e9"', 'width="1000000" height="1000000"', 'viewBox="0 0 1 100000"']
)
def test_a_huge_or_narrow_drawing_is_brought_within_the_size(root):
    assert max(image(svg('<rect width="1" height="1"/>', root)).size) == SIDE


@pytest.mark.parametrize("root", ['width="0" height="5"', 'width="-1" height="5"'])
def test_a_drawing_without_a_size_is_refused(root):
    with pytest.raises(Undrawable, match="size"):
        draw(check(svg("<g/>", root)))
