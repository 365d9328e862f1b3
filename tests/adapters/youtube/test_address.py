from __future__ import annotations

import pytest

from adapters.youtube.address import (
    HANDLE,
    avatar_url,
    channel_in,
    handle_in,
    image_key,
    in_path,
    is_default_avatar,
    unwrapped,
)

SUFFIX = "-c-k-c0x00ffffff-no-rj"
CHANNEL = "UCproefPolitieDam0000000"


@pytest.mark.parametrize(
    ("url", "large"),
    [
        (f"https://yt3.ggpht.com/ytc/Proef=s88{SUFFIX}", f"https://yt3.ggpht.com/ytc/Proef=s900{SUFFIX}"),
        (f"https://yt3.googleusercontent.com/Pr-oef_=s0{SUFFIX}-mo", None),
        ("https://yt3.ggpht.com/Proef=s88", "https://yt3.ggpht.com/Proef=s900"),
        ("http://127.0.0.1:80/yt3.ggpht.com/Pr=s88-c?d=2", "http://127.0.0.1:80/yt3.ggpht.com/Pr=s900-c?d=2"),
        ("https://yt3.ggpht.com/-a/b/c/s88-c-k-no/photo.jpg", "https://yt3.ggpht.com/-a/b/c/s900-c-k-no/photo.jpg"),
    ],
)
def test_an_avatar_is_asked_for_at_900_pixels_and_else_as_it_was(url: str, large: str | None):
    assert avatar_url(url) == (large or f"https://yt3.googleusercontent.com/Pr-oef_=s900{SUFFIX}-mo")
    assert avatar_url(avatar_url(url)) == avatar_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://yt3.googleusercontent.com/Proef=w2560-fcrop64=1,00005a57ffffa5a8-k-c0xffffffff-no-nd-rj",
        "https://yt3.googleusercontent.com/Proef",
        "https://yt3.googleusercontent.com/s88Proef",
        "",
    ],
)
def test_an_address_without_the_size_of_an_avatar_stands(url: str):
    assert avatar_url(url) == url


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"https://yt3.ggpht.com/ytc/Proef=s88{SUFFIX}", "ytc/Proef"),
        (f"https://yt3.googleusercontent.com/ytc/Proef=s900{SUFFIX}?days=3", "ytc/Proef"),
        (f"http://127.0.0.1:8080/yt3.googleusercontent.com/ytc/Proef=s900{SUFFIX}", "ytc/Proef"),
        ("https://yt3.googleusercontent.com/Pr-oef_=w1060-fcrop64=1,0-nd", "Pr-oef_"),
        ("https://yt3.ggpht.com/-a/b/c/s88-c-k-no/photo.jpg", "-a/b/c/photo.jpg"),
        ("https://yt3.ggpht.com/-a/b/d/s900-c-k-no/photo.jpg", "-a/b/d/photo.jpg"),
        ("", ""),
    ],
)
def test_a_picture_keeps_its_key_whatever_its_host_and_size(url: str, key: str):
    assert image_key(url) == key


@pytest.mark.parametrize(
    ("url", "default"),
    [
        (f"https://yt3.googleusercontent.com/a/default-user=s100{SUFFIX}", True),
        ("//yt3.ggpht.com/a/default-user", True),
        (f"http://127.0.0.1:9/yt3.googleusercontent.com/a/default-user=s900{SUFFIX}", True),
        (f"https://yt3.googleusercontent.com/ytc/default-users=s100{SUFFIX}", False),
        (f"https://yt3.googleusercontent.com/Proef=s100{SUFFIX}?x=/a/default-user=s1", False),
    ],
)
def test_the_picture_of_no_account_is_known_by_its_path(url: str, default: bool):
    assert is_default_avatar(url) is default


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("http://www.youtube.com/@PolitieDam", "PolitieDam"),
        ("https://www.youtube.com/@PolitieDam./about?hl=en", "PolitieDam."),
        ("https://www.youtube.com/@%D0%BF%D0%BE%D0%BB", "пол"),
        ("http://www.youtube.com/user/politiedam", None),
        (f"http://www.youtube.com/channel/{CHANNEL}", None),
        ("http://www.youtube.com/@", None),
        ("http://www.youtube.com/@a%2Fb", None),
        ("http://[", None),
    ],
)
def test_a_handle_is_read_from_an_address_with_its_capitals(url: str, handle: str | None):
    assert handle_in(url) == handle


def test_a_handle_in_another_script_can_be_asked_for():
    assert HANDLE.fullmatch("пол·иция.1")
    assert in_path("пол") == "@%D0%BF%D0%BE%D0%BB"


@pytest.mark.parametrize("handle", ["", "a b", "a/b", "a?b", "a#b", "@a", "a&b", "a%2F", "a\nb", "a\u00a0b", "x" * 61])
def test_what_an_address_cannot_hold_is_no_handle(handle: str):
    assert not HANDLE.fullmatch(handle)


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        (f"https://www.youtube.com/channel/{CHANNEL}", CHANNEL),
        (f"https://www.youtube.com/channel/{CHANNEL}/about", CHANNEL),
        (f"https://www.youtube.com/c/{CHANNEL}", None),
        (f"https://www.youtube.com/channel/{CHANNEL}x", None),
        ("https://www.youtube.com/channel/UC", None),
    ],
)
def test_an_id_is_read_from_the_address_of_a_channel_only(url: str, identifier: str | None):
    assert channel_in(url) == identifier


@pytest.mark.parametrize(
    ("link", "outer"),
    [
        ("https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fpolitie.nl%2F%3Fa%3D1", "https://politie.nl/?a=1"),
        ("/redirect?q=politie.nl", "https://politie.nl"),
        ("https://youtube.com/redirect?event=x", "https://youtube.com/redirect?event=x"),
        ("https://nep.example/redirect?q=https://politie.nl", "https://nep.example/redirect?q=https://politie.nl"),
        ("https://www.youtube.com.nep.example/redirect?q=https://politie.nl", None),
        ("politie.nl/dam", "https://politie.nl/dam"),
        ("//politie.nl", "https://politie.nl"),
        ("mailto:dam@politie.example", "mailto:dam@politie.example"),
        ("https://www.youtube.com/redirect?q=" + "%", "https://%"),
    ],
)
def test_a_link_is_unwrapped_only_where_the_site_wrapped_it(link: str, outer: str | None):
    assert unwrapped(link) == (outer or link)
