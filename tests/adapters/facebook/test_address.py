from __future__ import annotations

import pytest

from adapters.facebook import FACEBOOK
from adapters.facebook.address import app_id, handle_in, is_of, website
from adapters.model import Profile, Subject

PROFILE = Profile(platform_id="100060001122334", alt_ids={"page_id": "204600112233"}, handle="Politie.Dam")


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://www.facebook.com/politie.dam", "politie.dam"),
        ("https://www.facebook.com/NASA/", "NASA"),
        ("https://www.facebook.com/loginspecialist?ref=1", "loginspecialist"),
        ("https://www.facebook.com/profile.php?id=1", None),
        ("https://www.facebook.com/people/Dam/100060001122334/", None),
        ("https://www.facebook.com/204600112233", None),
        ("https://www.facebook.com/politiedam/posts/1", None),
        ("https://www.facebook.com/login/", None),
        ("https://www.facebook.com/", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_a_name_stands_alone_in_an_address(url: str | None, handle: str | None):
    assert handle_in(url) == handle


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("fb://profile/100060001122334", ("profile", "100060001122334")),
        ("fb://page/?id=204600112233", ("page", "204600112233")),
        ("fb://page/204600112233?referrer=app_link", ("page", "204600112233")),
        ("fb://photo/1", None),
        ("fb://profile/" + "1" * 26, None),
        ("https://www.facebook.com/1", None),
        (None, None),
    ],
)
def test_links_to_the_app_tell_kind_and_id(link: str | None, found: tuple[str, str] | None):
    assert app_id(link) == found


@pytest.mark.parametrize(
    ("handle", "number", "same"),
    [
        ("politiedam", None, True),
        ("POLITIE.DAM", None, True),
        (None, "204600112233", True),
        ("oudenaam", "100060001122334", True),
        ("204600112233", None, True),
        ("Politie-Dam-204600112233", None, True),
        ("politiedijk", None, False),
        ("Politie-Dam-204600112234", None, False),
        (None, "31", False),
        ("", None, False),
        (None, None, False),
    ],
)
def test_a_profile_is_of_whom_one_of_its_ids_or_its_name_says(handle: str | None, number: str | None, same: bool):
    assert is_of(Subject(handle=handle, platform_id=number), PROFILE) is same


@pytest.mark.parametrize(
    ("url", "outer"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fpolitie.nl%2F%3Ffbclid%3Dx&h=1", "https://politie.nl/"),
        ("https://politie.nl/?a=1&fbclid=x&b=", "https://politie.nl/?a=1&b="),
        ("politie.nl", "politie.nl"),
        ("https://www.google.com/maps/place/x", None),
        ("https://maps.google.nl/x", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_a_website_is_unwrapped_and_a_map_is_none(url: object, outer: str | None):
    assert website(url) == outer


def test_pictures_keep_their_signed_size_and_their_key_in_every_form():
    url = "https://scontent.xx.fbcdn.net/v/t1.0-1/p50x50/11_22_33_o.png?stp=dst-png_p50x50&oh=0&oe=6A"
    assert FACEBOOK.avatar_url(url) == url
    assert {FACEBOOK.image_key(url), FACEBOOK.image_key(url.replace("_o.png", "_n.jpg"))} == {"11_22_33"}


def test_people_look_at_the_page_by_name_or_id():
    assert FACEBOOK.profile_url("politie.dam") == "https://www.facebook.com/politie.dam"
