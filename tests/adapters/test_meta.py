from __future__ import annotations

from typing import Any

import pytest

from adapters.meta import bio_links, followers_in, graph_error, image_key, is_default_avatar, is_site_file, unwrapped
from adapters.model import Outcome


def error(code: Any, subcode: Any = None, message: str = "", **more: Any) -> dict[str, Any]:
    return {"error": {"code": code, "error_subcode": subcode, "message": message, **more}}


@pytest.mark.parametrize(
    ("codes", "outcome"),
    [
        ((4, 17, 32, 341, 613, 80001, 80002, 80014), Outcome.RATE_LIMITED),
        ((190, 102, 104, 2500, 10, 200, 250, 299), Outcome.DENIED),
        ((368,), Outcome.BLOCKED),
        ((1, 2), Outcome.TRANSPORT_ERROR),
        ((110, 3, 300, 199, 80015, 36104), Outcome.AMBIGUOUS),
    ],
)
def test_the_number_of_an_error_decides(codes: tuple[int, ...], outcome: Outcome):
    assert {graph_error(error(code)) for code in codes} == {(outcome, f"graph_error:{code}") for code in codes}


def test_the_words_of_an_error_in_any_language_do_not_matter():
    told = [error(110, 2207013, words) for words in ("Invalid user id", "rate limit", "permission")]
    assert {graph_error(one) for one in told} == {(Outcome.AMBIGUOUS, "graph_error:110/2207013")}


@pytest.mark.parametrize(
    ("message", "outcome", "reason"),
    [
        ("requires the 'pages_read_engagement' permission", Outcome.DENIED, "graph_error:100"),
        ("the 'Page Public Content Access' feature", Outcome.DENIED, "graph_error:100"),
        ("requires either app secret proof or an app token", Outcome.DENIED, "graph_error:100"),
        ("(#100) Tried accessing nonexisting field (bio)", Outcome.LAYOUT_CHANGED, "bio"),
        ("Unsupported get request", Outcome.AMBIGUOUS, "graph_error:100"),
        ("", Outcome.AMBIGUOUS, "graph_error:100"),
    ],
)
def test_of_error_100_the_message_tells_the_cases_apart(message: str, outcome: Outcome, reason: str):
    assert graph_error(error(100, None, message)) == (outcome, reason)


def test_an_unknown_error_that_calls_itself_passing_is_no_word_about_the_account():
    assert graph_error(error(9999, None, "", is_transient=True)) == (Outcome.TRANSPORT_ERROR, "graph_error:9999")


@pytest.mark.parametrize("odd", [{"error": {}}, error("x"), error(None), error(-1), error([])])
def test_an_error_without_a_number_is_ambiguous(odd: Any):
    assert graph_error(odd) == (Outcome.AMBIGUOUS, "graph_error")


@pytest.mark.parametrize("other", [None, {}, [], {"error": "x"}, {"data": {"error": {"code": 4}}}, 7])
def test_what_is_no_error_is_none(other: Any):
    assert graph_error(other) is None


@pytest.mark.parametrize(
    ("url", "outer"),
    [
        ("https://l.instagram.com/?u=https%3A%2F%2Fwww.politie.nl%2F%3Fa%3D1&e=AT", "https://www.politie.nl/?a=1"),
        ("http://l.facebook.com/l.php?h=x&u=http%3A%2F%2Fpolitie.nl", "http://politie.nl"),
        ("https://L.Threads.net/?u=https://politie.nl", "https://politie.nl"),
        ("https://l.instagram.com/?e=AT", "https://l.instagram.com/?e=AT"),
        ("https://l.instagram.com.nep.example/?u=https://politie.nl", None),
        ("https://nep.example/?u=https://politie.nl", None),
        ("https://www.politie.nl/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_only_the_shims_of_the_platforms_are_unwrapped(url: str, outer: str | None):
    assert unwrapped(url) == (outer or url)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://scontent-a.cdninstagram.com/v/t51.2885-19/11_22_33_n.jpg?stp=dst-jpg_s150x150&oe=6A", "11_22_33"),
        ("https://scontent-b.fbcdn.net/v/t51.82787-19/11_22_33_o.png", "11_22_33"),
        ("http://127.0.0.1:80/beeld/11_22_33_a.webp", "11_22_33"),
        ("https://a.fbcdn.net/11_22_33.jpg", "11_22_33"),
        ("https://a.fbcdn.net/11_22_33", "11_22_33"),
        ("", ""),
    ],
)
def test_a_picture_keeps_its_key_whatever_its_host_size_and_signature(url: str, key: str):
    assert image_key(url) == key


@pytest.mark.parametrize(
    "url",
    [
        "https://scontent.cdninstagram.com/v/t51.2885-19/44884218_345707102882519_2446069589734326272_n.jpg?oe=1",
        "http://127.0.0.1:9/x/464760996_1254146839119862_3605321457742435801_n.jpg",
        "https://scontent.fbcdn.net/v/t1.30497-1/84702798_579370612644419_1_n.png",
        "https://a.example/v/t51.2885-19/1_2_3_n.jpg?ig_cache_key=YW5vbnltb3VzX3Byb2ZpbGVfcGlj.2",
    ],
)
def test_a_default_picture_is_known_on_any_host(url: str):
    assert is_default_avatar(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://scontent.cdninstagram.com/v/t51.2885-19/11_22_33_n.jpg?next=44884218_345707102882519_2446069589734326272",
        "https://a.example/v/t51.2885-19/1_2_3_n.jpg?ig_cache_key=MTIz",
        "https://a.example/",
        "",
    ],
)
def test_an_own_picture_is_no_default_one(url: str):
    assert not is_default_avatar(url)


def test_a_drawing_of_the_site_is_told_apart():
    assert is_site_file("https://static.cdninstagram.com/rsrc.php/v3/logo.png")
    assert not is_site_file("https://scontent.cdninstagram.com/v/t51.2885-19/rsrc.php_n.jpg")


@pytest.mark.parametrize(
    ("description", "followers"),
    [
        ("33 Followers • 0 Threads", 33),
        ("1 Follower • 0 Threads", 1),
        ("1,234 Followers, 56 Following", 1234),
        ("5.5M Followers", 5_500_000),
        ("12K Followersclub", None),
        ("Politie: 12 Followers", None),
        ("1,23 Followers", None),
        ("", None),
    ],
)
def test_followers_are_what_a_description_begins_with(description: str, followers: int | None):
    assert followers_in(description) == followers


def test_links_of_a_bio_are_the_outer_addresses_once_each_and_none_that_is_empty():
    shown = [
        {"url": "https://l.threads.com/?u=https%3A%2F%2Fpolitie.nl"},
        {"url": "", "lynx_url": "https://l.instagram.com/?u=https%3A%2F%2Fpolitie.nl"},
        {"url": ""},
        "https://politie.nl",
        None,
    ]
    assert bio_links(shown) == ("https://politie.nl",)
    assert (bio_links([]), bio_links(None), bio_links({})) == ((), None, None)
