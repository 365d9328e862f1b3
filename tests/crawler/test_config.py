from datetime import date

import pytest

from adapters import ADAPTERS
from adapters.model import Platform
from crawler import config
from crawler.config import SettingsError

TODAY = date(2026, 11, 22)
RECORD = """
[[permission]]
platform = "instagram"
sources = ["page"]
grantor = "Meta"
document = "brief 12"
scope = "profielen"
until = 2026-12-31
"""


def written(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_default():
    assert config.load(None).policy == "voorbeeld-2024"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("policy = ", "Invalid value"),
        ("polisy = 'x'", "polisy"),
        ("timeout = 'soon'", "timeout"),
        ("[platform.hyves]\nrate = 1.0", "hyves"),
        ("[platform.x]\nrade = 1.0", "rade"),
        (RECORD.replace("until = 2026-12-31", ""), "until"),
        ("[alarm]\nafter_hours = nan", "after_hours"),
        ("[alarm]\nurl = 'monitor.example.org'", "Expected a web address, such as https://monitor.example.org/alarm"),
        ("[alarm]\nurl = 'monitor.example.org'", "alarm.url"),
        ("[alarm]\nmail_to = ['beheer']", "Expected a mail address, such as beheer@example.org - at `$.alarm.mail_to"),
        ("[night]\nat = '25:00'", "Expected HH:MM, such as 02:30 - at `$.night.at`"),
        ("[smtp]\nport = 0", "smtp.port"),
        ("[platform.x]\ntoken = 'geheim'", "HERKENBAAR_X_TOKEN"),
        ("[platform.x]\ntoken = 'geheim'\nbase = {api = 'https://api.x.com'}", "HERKENBAAR_X_TOKEN"),
    ],
)
def test_a_mistake_is_told_in_one_line_with_the_file(tmp_path, text, complaint):
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        config.load(path)
    message = str(error.value)
    assert complaint in message
    assert str(path) in message
    assert "\n" not in message


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path):
    with pytest.raises(SettingsError, match="--settings"):
        config.load(tmp_path / "nergens.toml")


def test_a_test_token_may_stand_beside_a_base_on_loopback(tmp_path):
    text = "[platform.x]\ntoken = 'proef'\nbase = {api = 'http://127.0.0.1:9/api.x.com'}"
    settings = config.load(written(tmp_path, text))
    assert config.token(settings, Platform.X, {}) == "proef"


def test_the_secret_comes_from_the_environment():
    settings = config.load(None)
    assert config.token(settings, Platform.X, {"HERKENBAAR_X_TOKEN": "echt"}) == "echt"
    assert config.token(settings, Platform.X, {}) is None


@pytest.mark.parametrize(
    ("platform", "source", "day", "allowed"),
    [
        ("instagram", "api", TODAY, True),
        ("instagram", "page", TODAY, True),
        ("instagram", "page", date(2026, 12, 31), True),
        ("instagram", "page", date(2027, 1, 1), False),
        ("instagram", "embed", TODAY, False),
        ("x", "page", TODAY, False),
        ("x", "api", TODAY, True),
    ],
)
def test_a_closed_page_takes_a_record_that_names_it_and_has_not_ended(tmp_path, platform, source, day, allowed):
    settings = config.load(written(tmp_path, RECORD))
    assert config.permitted(settings, ADAPTERS[Platform(platform)].source(source), day) is allowed
