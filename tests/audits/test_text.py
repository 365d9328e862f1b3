"""How names, bios and links are read."""

from __future__ import annotations

import pytest

from audits.text import addresses, cut_addresses, fold, has_number, has_phrase, host, in_domain, pieces, squash, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Politie", "politie"),
        ("𝐏𝐨𝐥𝐢𝐭𝐢𝐞", "politie"),
        ("P\u200bol\u200ditie\u202e", "politie"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("Ĳsselstein", "ijsselstein"),
        ("1️⃣1️⃣2️⃣", "112"),
        ("", ""),
    ],
)
def test_styled_accented_and_invisible_letters_fold_to_plain_ones(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Pоlitie", "Рolitie"])
def test_a_letter_of_another_script_stays_another_letter(text):
    assert fold(text) != "politie"


def test_emoji_and_punctuation_only_part_words():
    assert words("🚓 Politie|Zwolle-Noord, 24/7") == ("politie", "zwolle", "noord", "24", "7")


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        ("POL_Zwolle", ("pol", "zwolle")),
        ("PolDelft", ("pol", "delft")),
        ("WA_Oosterpark", ("wa", "oosterpark")),
        ("jeugdagent.politieapeldoorn", ("jeugdagent", "politieapeldoorn")),
        ("POLAU247", ("polau", "247")),
        ("politiekatwijk", ("politiekatwijk",)),
    ],
)
def test_a_handle_falls_apart_at_separators_and_capitals(handle, expected):
    assert pieces(handle) == expected


def test_squashed_spellings_of_one_name_are_equal():
    assert squash("'s-Hertogenbosch") == squash("’s Hertogenbosch") == "shertogenbosch"


def test_a_phrase_needs_its_words_side_by_side_and_in_order():
    assert has_phrase(words("Dit is geen meldingen-account"), ("geen", "meldingen"))
    assert not has_phrase(words("meldingen? geen probleem"), ("geen", "meldingen"))
    assert not has_phrase(words("geen meldingen"), ())


@pytest.mark.parametrize(
    "bio",
    [
        "Spoed? Bel 112.",
        "112",
        "Spoed:112!",
        "112/0900-8844",
        "Spoed 112, geen spoed 0900-8844",
        "geen spoed 0900-8844 112 bij spoed",
        "112.Geen spoed? 0900-8844",
        "Bel 1-1-2",
        "Spoed? 1 1 2.",
        "1 1\u00a02 | 0900-8844",
        "https://politie.nl|112",
        "https://politie.nl,spoed:112",
        "𝟏𝟏𝟐",
        "1️⃣1️⃣2️⃣",
        "１１２",
        "__112__",
        "112 | www.politie.nl/112",
        "06-11223344 of 112",
    ],
)
def test_112_that_stands_alone_is_found(bio):
    assert has_number(bio, "112")


@pytest.mark.parametrize(
    "bio",
    [
        "",
        "1122",
        "0112",
        "0112-345678",
        "112nl",
        "@112groningen",
        "@pol_112",
        "#112zwolle",
        "06 112 345 67",
        "+31 6 112 33 445",
        "www.politie.nl/112",
        "https://example.org/112",
        "112.nl",
        "€ 1.112",
        "112,50",
        "sinds 1-1-2024",
        "1 1 2 3",
        "3 1 1 2",
        "11 2",
        "1 1 20",
        "0 1 1 2 3 4 5 6 7 8",
    ],
)
def test_112_inside_something_else_is_not_the_number(bio):
    assert not has_number(bio, "112")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kijk op https://www.politie.nl/zwolle.", ("https://www.politie.nl/zwolle",)),
        ("(www.politie.nl) en HTTP://X.nl!", ("www.politie.nl", "HTTP://X.nl")),
        ("politie.nl en info@politie.nl", ()),
        ("https://t.co/abc…", ("https://t.co/abc",)),
        ("https://politie.nl|112", ("https://politie.nl",)),
        ("https://politie.nl•Spoed", ("https://politie.nl",)),
        ("https://politie.nl👮", ("https://politie.nl",)),
        ("https://politie.nl,spoed:112", ("https://politie.nl",)),
        ("https://politie.nl:spoed", ("https://politie.nl",)),
        ("https://politie.nl:443/x", ("https://politie.nl:443/x",)),
        ("**https://politie.nl**", ("https://politie.nl",)),
        ("https://politie.nl&geen", ("https://politie.nl",)),
        ("https://politie.nl,https://x.nl/,a|www.y.nl", ("https://politie.nl", "https://x.nl/,a|www.y.nl")),
        ("https://politie.nl|www.y.nl", ("https://politie.nl", "www.y.nl")),
        ("https://politie.nl@evil.example", ("https://politie.nl@evil.example",)),
        ("https://politie.nl&x@evil.example", ("https://politie.nl&x@evil.example",)),
        ("https://politie.nl%2eevil.example", ("https://politie.nl%2eevil.example",)),
        ("https://politie.nl\u3002evil.example", ("https://politie.nl\u3002evil.example",)),
        ("https://politie.nl\u0336.evil.example", ("https://politie.nl\u0336.evil.example",)),
        ("", ()),
    ],
)
def test_addresses_are_found_without_closing_punctuation(text, expected):
    assert addresses(text) == expected


@pytest.mark.parametrize(
    ("text", "partly", "cut"),
    [
        ("Meer: https://www.pol…", False, ("https://www.pol",)),
        ("Meer: www.politie.n… en 112", False, ("www.politie.n",)),
        ("https://politie.nl/mijn-bu…", False, ()),
        ("Meer: www.politi", True, ("www.politi",)),
        ("Meer: www.politi", False, ()),
        ("Meer: www.politie.nl/x", True, ()),
        ("www.politie.nl en meer", True, ()),
    ],
)
def test_an_address_whose_host_is_cut_is_told_apart(text, partly, cut):
    assert cut_addresses(text, partly=partly) == cut
    assert not set(cut) & set(addresses(text, partly=partly))


@pytest.mark.parametrize(
    "text", ["www.," * 20_000, "https://a@" * 10_000, "https://" * 10_000, "1 " * 50_000, "www." + "a" * 100_000]
)
def test_hostile_texts_are_read_in_time(text):
    assert isinstance(addresses(text), tuple)
    assert not has_number(text, "112")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://www.politie.nl/x?y#z", "www.politie.nl"),
        ("www.politie.nl", "www.politie.nl"),
        ("HTTPS://POLITIE.NL.:443/", "politie.nl"),
        ("//evil.example/politie.nl", "evil.example"),
        ("https:///evil.example", "evil.example"),
        ("https://politie.nl@evil.example/", "evil.example"),
        ("https://evil.example\\@politie.nl", "evil.example"),
        ("https://evil.example#@politie.nl", "evil.example"),
        ("https://ｐolitie.nl/", "politie.nl"),
        ("https://xn--polite-4va.nl/", "xn--polite-4va.nl"),
        ("mailto:x@politie.nl", None),
        ("https://", None),
        ("", None),
    ],
)
def test_the_host_is_the_one_a_browser_would_go_to(link, expected):
    assert host(link) == expected


@pytest.mark.parametrize("link", ["https://politie.nl", "https://www.politie.nl/", "https://a.b.politie.nl."])
def test_a_domain_and_what_lies_under_it_are_allowed(link):
    assert in_domain(host(link), ["politie.nl"])


@pytest.mark.parametrize(
    "link",
    [
        "https://politie.nl.example",
        "https://politie-nl.nl",
        "https://nepolitie.nl",
        "https://politıe.nl",
        "https://politie.nl\n.evil.example",
        "https://politie.nl／.evil.example",
        "https://poli\u200dtie.nl",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_only_looks_like_the_domain_is_not_allowed(link):
    assert not in_domain(host(link), ["politie.nl"])
