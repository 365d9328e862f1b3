from __future__ import annotations

import re

import pytest

from adapters.page import (
    OBJECT_LIMIT,
    PAGE_LIMIT,
    LayoutChanged,
    around,
    at,
    count,
    decoded,
    flag,
    identifier,
    json_ld,
    need,
    objects,
    read_page,
    split_url,
    strings,
    text,
    titled,
)


@pytest.mark.parametrize(
    "tag",
    [
        '<meta property="og:title" content="Politie &amp; meer">',
        '<meta content="Politie &amp; meer" property="og:title" />',
        "<META content='Politie &amp; meer' PROPERTY='OG:TITLE'>",
        '<meta\n  content="Politie &amp; meer"\n  name="og:title"\n/>',
        '<meta itemprop=og:title content="Politie &amp; meer">',
        '<meta data-rh="true" content="Politie &amp; meer" property = "og:title">',
    ],
)
def test_a_meta_tag_is_read_in_any_spelling(tag: str):
    assert read_page(tag.encode()).metas == {"og:title": "Politie & meer"}


def test_entities_are_decoded_once():
    assert read_page(b'<meta name="d" content="&amp;lt;b&amp;gt;">').metas["d"] == "&lt;b&gt;"


def test_the_first_tag_of_a_name_wins():
    assert read_page(b'<meta name="d" content="a"><meta name="d" content="b">').metas == {"d": "a"}


def test_a_line_break_in_a_content_stays():
    assert read_page(b'<meta name="d" content="a\nb>c">').metas == {"d": "a\nb>c"}


@pytest.mark.parametrize(
    "wrapped",
    [
        '<script>var a = \'<meta name="d" content="nep">\'</script>',
        '<style>/* <meta name="d" content="nep"> */</style>',
        '<!-- <meta name="d" content="nep"> -->',
        '<textarea><meta name="d" content="nep"></textarea>',
        '<title><meta name="d" content="nep"></title>',
        '<metadata name="d" content="nep">',
        '<p title=\'<meta name="d" content="nep">\'',
    ],
)
def test_what_only_looks_like_a_tag_is_none(wrapped: str):
    echt = read_page(f'{wrapped}<meta name="e" content="echt">'.encode()).metas
    assert "nep" not in echt.values() or wrapped.startswith("<p")


def test_the_first_title_counts_and_has_its_entities_decoded():
    page = read_page(b"<title>\n Politie &#064;dam\n</title><svg><title>pijl</title></svg>")
    assert page.title == "Politie @dam"


def test_a_link_is_found_by_its_kind():
    page = read_page(b"<link rel=icon href=/i><link href='https://x.com/dam' rel='canonical'>")
    assert (page.link("canonical"), page.link("preload")) == ("https://x.com/dam", None)


def test_no_more_than_four_megabytes_are_looked_at():
    assert read_page(b" " * PAGE_LIMIT + b'<meta name="d" content="a">').metas == {}


def test_bytes_that_are_no_text_are_replaced():
    assert read_page(b"<title>Pol\xfftie</title>").title == "Pol\ufffdtie"


def test_a_page_that_ends_in_a_script_is_cut_off():
    assert read_page(b"<script>{").cut_off
    assert not read_page(b"<script>{</script>").cut_off


def test_json_ld_is_found_alone_in_a_list_and_in_a_graph():
    blocks = [
        '{"@type":"P","n":1}',
        '[{"@type":"Q"},{"@type":["P","R"],"n":2},7]',
        '{"@graph":[{"@type":"P","n":3}]}',
        '"P"',
        '{"@type":"WebSite"}',
    ]
    page = read_page("".join(f'<script type="application/ld+json">{block}</script>' for block in blocks).encode())
    assert [record["n"] for record in json_ld(page, "P")] == [1, 2, 3]


def test_a_broken_json_ld_block_is_a_change_only_when_it_names_the_kind():
    page = read_page(b'<script type="application/ld+json">{"@type":"P",}</script>')
    assert list(json_ld(page, "Q")) == []
    with pytest.raises(LayoutChanged, match=r"^P$"):
        list(json_ld(page, "P"))


def test_json_ld_in_another_kind_of_script_is_not_looked_at():
    assert list(json_ld(read_page(b'<script>{"@type":"P"}</script>'), "P")) == []


def test_objects_are_matched_with_brackets_in_strings_left_alone():
    body = rb'<script>x={"u" : {"a":"}{\"}","b":{"c":1}}};y={"u":{"a":2}};z={"u":null}</script>'
    assert list(objects(read_page(body), "u")) == [{"a": '}{"}', "b": {"c": 1}}, {"a": 2}]


def test_a_key_inside_a_string_is_no_key():
    body = rb'<script>{"raw":"{\"u\":{\"a\":1}}"}</script><p>"u":{"a":2}</p>'
    assert list(objects(read_page(body), "u")) == []


@pytest.mark.parametrize("broken", [b'{"u":{"a":1}', b'{"u":{"a"}}', b'{"u":{' + b" " * OBJECT_LIMIT + b"}}"])
def test_an_unreadable_object_is_told_apart_from_none(broken: bytes):
    found = list(objects(read_page(b"<script>" + broken + b"</script>"), "u"))
    assert found == ([{"a": 1}] if broken == b'{"u":{"a":1}' else [None])


def test_an_object_that_the_end_of_the_page_cuts_off_is_left_out():
    assert list(objects(read_page(b'<script>{"u":{"a":1'), "u")) == []


def test_strings_behind_a_key_are_decoded():
    page = read_page(rb'<script>{"c":"{\"a\": \"b\"}","c":null,"c":7}</script>')
    assert list(strings(page, "c")) == ['{"a": "b"}']


def test_the_objects_around_a_place_come_innermost_first():
    body = b'<script>[{"x":{"y":"}","z":{"id":"5"}}},{"id":"6"}]</script>'
    found = list(around(read_page(body), re.compile(r'"id":"5"')))
    assert found == [['{"id":"5"}', '{"y":"}","z":{"id":"5"}}', '{"x":{"y":"}","z":{"id":"5"}}}']]


def test_a_missing_key_names_its_path():
    assert need({"a": {"b": "c"}}, "a.b", "R", text) == "c"
    without: list[object] = [{"a": {}}, {"a": None}, {"a": {"b": 1}}, [], None]
    for record in without:
        with pytest.raises(LayoutChanged, match=r"^R\.a\.b$"):
            need(record, "a.b", "R", text)


def test_a_path_through_something_else_than_objects_leads_nowhere():
    assert at({"a": [{"b": 1}]}, "a.b") is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        ("12", 12),
        (True, None),
        (-1, None),
        ("-1", None),
        ("1.5", None),
        ("١٢", None),
        (None, None),
        ("9" * 30, None),
    ],
)
def test_a_count_is_a_whole_number_or_nothing(value: object, number: int | None):
    assert count(value) == number


def test_an_id_may_be_written_as_a_number():
    assert (identifier(44), identifier("044"), identifier("4a"), identifier(4.0)) == ("44", "044", None, None)


def test_missing_is_not_false():
    assert (flag(False), flag(None), flag(0), flag("true")) == (False, None, None, None)


@pytest.mark.parametrize("broken", [b"[" * 100_000, b"\xff", b"", b"{", b"1" * 5000, b'"\\ud83d"'])
def test_what_is_no_json_of_ours_decodes_to_nothing(broken: bytes):
    assert decoded(broken) is None


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Politie Dam (@poldam) / X", ("Politie Dam", "poldam", "/ X")),
        ("Politie (@politie) / X (@nep) on X", ("Politie (@politie) / X", "nep", "on X")),
        ("(@poldam) • Instagram", ("", "poldam", "• Instagram")),
        ("Politie Dam", None),
        ("Politie (@dam", None),
        ("Politie (@) / X", None),
    ],
)
def test_a_title_is_split_at_its_last_handle(title: str, parts: tuple[str, str, str] | None):
    assert titled(title) == parts


@pytest.mark.parametrize("url", ["http://[", "https://[::1", "//]["])
def test_a_broken_address_has_no_parts(url: str):
    assert split_url(url).path == ""
