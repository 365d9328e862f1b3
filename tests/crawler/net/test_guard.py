import pytest

from crawler.net.guard import Forbidden, Origins, PublicResolver

OFFICIAL = {"api": "https://api.x.com", "page": "https://x.com"}
IMAGES = ("pbs.twimg.com", "*.cdninstagram.com")
STAND_IN = {"api": "http://127.0.0.1:8000/api.x.com", "page": "http://127.0.0.1:8000/x.com"}


@pytest.mark.parametrize(
    ("url", "image"),
    [
        ("https://x.com/POL_Zwolle", False),
        ("https://api.x.com/2/users", False),
        ("https://x.com:443/POL_Zwolle", False),
        ("https://pbs.twimg.com/profile_images/1/a.jpg", True),
        ("https://scontent-ams.cdninstagram.com/v/a.jpg", True),
    ],
)
def test_lets_through_what_belongs_to_the_platform(url, image):
    origins = Origins(OFFICIAL, {}, IMAGES)
    origins.check(url, image=image)
    assert origins.official(url) == url


@pytest.mark.parametrize(
    ("url", "image"),
    [
        ("http://x.com/POL_Zwolle", False),
        ("https://x.com.evil.example/POL_Zwolle", False),
        ("https://evil.example/x.com", False),
        ("https://user@x.com/", False),
        ("https://x.com:8443/", False),
        ("https://x.com:port/", False),
        ("https://127.0.0.1/", False),
        ("http://127.0.0.1:8000/x.com/a", False),
        ("http://169.254.169.254/latest/meta-data", True),
        ("file:///etc/passwd", False),
        ("https://cdninstagram.com.evil.example/a.jpg", True),
        ("https://x.com/a.jpg", True),
    ],
)
def test_refuses_every_other_address(url, image):
    with pytest.raises(Forbidden):
        Origins(OFFICIAL, {}, IMAGES).check(url, image=image)


def test_a_stand_in_opens_exactly_its_own_origin():
    origins = Origins(OFFICIAL, STAND_IN, IMAGES)
    origins.check("http://127.0.0.1:8000/pbs.twimg.com/a.jpg", image=True)
    with pytest.raises(Forbidden):
        origins.check("http://127.0.0.1:8001/x.com/a")


@pytest.mark.parametrize(
    ("base", "path", "asked", "seen"),
    [
        ("page", "/h", "http://127.0.0.1:8000/x.com/h", "https://x.com/h"),
        ("api", "/2/users?ids=1", "http://127.0.0.1:8000/api.x.com/2/users?ids=1", "https://api.x.com/2/users?ids=1"),
    ],
)
def test_readers_see_the_platforms_own_address_whatever_was_asked(base, path, asked, seen):
    origins = Origins(OFFICIAL, STAND_IN, IMAGES)
    assert origins.url(base, path) == asked
    assert origins.official(asked) == seen


def test_an_address_outside_the_bases_stays_as_it_is():
    origins = Origins(OFFICIAL, STAND_IN, IMAGES)
    assert origins.official("http://127.0.0.1:8000/x.community/h") == "http://127.0.0.1:8000/x.community/h"


async def test_a_name_that_leads_to_this_machine_is_refused():
    resolver = PublicResolver()
    with pytest.raises(OSError, match="not public"):
        await resolver.resolve("localhost", 80)
    await resolver.close()
