from __future__ import annotations

import pytest

from adapters.facebook.figures import Description, described, figure, name_in, plain


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3,783 likes", (3783, True)),
        ("28,721,075 likes", (28721075, True)),
        ("812 followers", (812, True)),
        ("0 followers", (0, True)),
        ("3.7K followers", (3700, False)),
        ("12K followers", (12000, False)),
        ("1.2M likes", (1200000, False)),
        ("3,7K volgers", (3700, False)),
        ("1.234 vind-ik-leuks", (1234, True)),
        ("1\u202f234 j’aime", (1234, True)),
        ("\u200f١٬٢٣٤\u200f تسجيل إعجاب", (1234, True)),
        ("3 Kantoren", (3, True)),
        ("3.7 followers", None),
        ("followers", None),
        ("", None),
        ("K", None),
    ],
)
def test_a_figure_is_read_with_whether_it_is_exact(words: str, value: tuple[int, bool] | None):
    assert figure(words) == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dam. 8 likes · 77 talking about this · 12 were here. Bel 112.", ((8, True), None, "Bel 112.")),
        ("Dam, Havendam, Zuid-Holland. 1 like. Bel 112. 5 likes", ((1, True), None, "Bel 112. 5 likes")),
        ("Dam, St. Jansdam. 1 like. Bel", ((1, True), None, "Bel")),
        ("Dam. 3.7K followers · 12 talking about this. Wij", (None, (3700, False), "Wij")),
        ("Dam. 8 likes · 9 followers.", ((8, True), (9, True), "")),
        ("Dam. 8 likes", ((8, True), None, "")),
        ("Dam. 9 Follower. Wij", (None, (9, True), "Wij")),
        ("Dam. 7 henkilöä. Wij", (None, None, "Wij")),
        ("Dam.", (None, None, "")),
        ("Dam", (None, None, "")),
        ("Dam is on Facebook.", (None, None, None)),
        ("Dijk. 8 likes. Wij", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_a_description_is_taken_apart(text: str, told: tuple[object, object, object]):
    seen = described("Dam", text)
    assert (seen.likes, seen.followers, seen.bio) == told


def test_a_description_without_a_name_tells_nothing():
    assert described("", "8 likes. Wij") == Description()


@pytest.mark.parametrize(
    ("title", "description", "name"),
    [
        ("Politie Dam", "Politie Dam. 8 likes", "Politie Dam"),
        ("Politie Dam | Facebook", "", "Politie Dam"),
        ("Politie Dam | Dijk ZH", "Politie Dam, Dijk. 8 likes", "Politie Dam"),
        ("Politie | Dam", "Politie | Dam. 8 likes", "Politie | Dam"),
        ("\u200f\u200eDam\u200f", "", "Dam"),
        ("\u202eDam", "\u200fDam. 8 likes", "\u202eDam"),
        ("", "", ""),
    ],
)
def test_a_name_is_cut_out_of_a_title(title: str, description: str, name: str):
    assert name_in(title, description) == name


def test_joined_emoji_survive_the_removal_of_directions():
    assert plain("\u200e👮\u200d♀️ Dam\u200f") == "👮\u200d♀️ Dam"


@pytest.mark.parametrize("text", ["1," * 500_000, "Dam. " + "1 like · " * 200_000, "Dam, " + ". 1" * 300_000])
def test_a_text_without_end_says_nothing(text: str):
    assert figure(text) is None
    assert (described("Dam", text).likes, described("Dam", text).bio) == (None, None)


def test_a_number_without_end_is_none():
    assert figure("9" * 10**6) is None
    assert described("Dam", "Dam. " + "9" * 10**6).likes is None
