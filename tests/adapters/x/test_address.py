from __future__ import annotations

import pytest

from adapters.x import X
from adapters.x.address import is_avatar, is_default_avatar, is_short

HOME = "https://pbs.twimg.com/profile_images/123"


@pytest.mark.parametrize(
    ("url", "larger"),
    [
        (f"{HOME}/Schild_normal.jpg", f"{HOME}/Schild_400x400.jpg"),
        (f"{HOME}/Schild_bigger.png", f"{HOME}/Schild_400x400.png"),
        (f"{HOME}/Schild_x96", f"{HOME}/Schild_400x400"),
        (f"{HOME}/a_normal_b_mini.jpeg", f"{HOME}/a_normal_b_400x400.jpeg"),
        (f"{HOME}/Schild_400x400.jpg", f"{HOME}/Schild_400x400.jpg"),
        (f"{HOME}/Schild.jpg", f"{HOME}/Schild.jpg"),
        ("http://127.0.0.1:81/p/profile_images/1/a_normal.gif", "http://127.0.0.1:81/p/profile_images/1/a_400x400.gif"),
        ("https://elders.example/a_normal.jpg", "https://elders.example/a_normal.jpg"),
        ("http://[", "http://["),
    ],
)
def test_an_avatar_is_asked_for_at_400_pixels(url: str, larger: str):
    assert X.avatar_url(url) == larger


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"{HOME}/Schild_normal.jpg", "profile_images/123/Schild.jpg"),
        ("http://127.0.0.1/pbs/profile_images/123/Schild_400x400.jpg?x=1", "profile_images/123/Schild.jpg"),
        ("https://pbs.twimg.com/profile_banners/5/1500/1500x500", "profile_banners/5/1500"),
        ("https://pbs.twimg.com/profile_banners/5/1500", "profile_banners/5/1500"),
        ("", ""),
    ],
)
def test_a_picture_keeps_its_key_whatever_its_host_and_size(url: str, key: str):
    assert X.image_key(url) == key


@pytest.mark.parametrize(
    ("url", "default"),
    [
        ("https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png", True),
        ("http://127.0.0.1/sticky/default_profile_images/default_profile_3_400x400.png", True),
        (f"{HOME}/default_profile.png", False),
        (f"{HOME}/a.png?x=/default_profile_images/default_profile", False),
    ],
)
def test_a_default_picture_is_known_by_its_path(url: str, *, default: bool):
    assert is_default_avatar(url) is default


def test_the_drawing_of_the_site_is_no_avatar():
    assert not is_avatar("https://abs.twimg.com/rweb/ssr/default/v2/og/image.png")
    assert is_avatar(f"{HOME}/a_200x200.jpg")


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://t.co/abc", True),
        ("http://T.CO/a", True),
        ("https://t.co.nep.nl/a", False),
        ("https://at.co", False),
    ],
)
def test_only_the_shortener_itself_is_short(url: str, *, short: bool):
    assert is_short(url) is short


def test_pictures_come_from_the_hosts_of_x_and_people_look_at_the_profile():
    assert X.image_hosts == ("pbs.twimg.com", "abs.twimg.com")
    assert X.profile_url("PolDam") == "https://x.com/PolDam"
