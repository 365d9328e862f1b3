import socket
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller

from crawler.config import AlarmSettings, Settings, SmtpSettings
from crawler.night import alarm
from crawler.night.alarm import Silence

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def look(last=None, since=None, told=None, **alarm_settings):
    return alarm.look(Settings(alarm=AlarmSettings(**alarm_settings)), Silence(last=last, since=since), NOW, told)


@pytest.mark.parametrize(
    ("last", "since", "told", "state"),
    [
        (NOW - timedelta(hours=8), None, None, "quiet"),
        (NOW - 2 * DAY, None, None, "overdue"),
        (NOW - 2 * DAY, None, NOW - timedelta(hours=1), "quiet"),
        (NOW - 3 * DAY, None, NOW - DAY, "overdue"),
        (NOW - timedelta(hours=8), None, NOW - DAY, "well"),
        (None, NOW - timedelta(hours=8), None, "quiet"),
        (None, NOW - 2 * DAY, None, "overdue"),
        (None, None, None, "quiet"),
    ],
)
def test_silence_is_told_once_a_day_and_its_end_once(last, since, told, state):
    assert look(last, since, told) == state


class Told(HTTPServer):
    """Keeps what it was told: method, path, body."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Monitor)
        self.told = []


class Monitor(BaseHTTPRequestHandler):
    """An address that notes what it was told."""

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def do_GET(self):
        self._answer(b"")

    def _answer(self, body):
        assert isinstance(self.server, Told)
        self.server.told.append((self.command, self.path, body.decode()))
        self.send_response(503 if self.path.startswith("/broken") else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def monitor():
    server = Told()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Postbox:
    """A mail server that keeps what it is handed."""

    def __init__(self, port):
        self.port = port
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name that the server calls
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


@pytest.fixture
def postbox():
    with socket.create_server(("127.0.0.1", 0)) as free:
        box = Postbox(free.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


def overdue(settings, notes, hours=40, now=NOW, outcome="incomplete"):
    silence = Silence(last=NOW - timedelta(hours=hours), tried=NOW - timedelta(hours=10), host="wijk7", outcome=outcome)
    return alarm.tell(settings, silence, notes, now)


def test_the_file_stands_as_long_as_the_alarm_does(tmp_path):
    note, file = tmp_path / "note", tmp_path / "alarm.txt"
    settings = Settings(alarm=AlarmSettings(file=str(file)))
    assert overdue(settings, note) == ()
    assert "40 uur" in file.read_text()
    assert alarm.noted(note / "told-file") == NOW
    assert overdue(settings, note, hours=3) == ()
    assert not file.exists()
    assert alarm.noted(note / "told-file") is None


def test_the_address_is_told(tmp_path, monitor):
    url = f"http://127.0.0.1:{monitor.server_port}/alarm"
    assert overdue(Settings(alarm=AlarmSettings(url=url)), tmp_path / "note") == ()
    ((method, path, text),) = monitor.told
    assert (method, path) == ("POST", "/alarm")
    assert "2026-11-22 21:00 Europe/Amsterdam" in text


def test_mail_is_sent_to_everybody_who_is_named(tmp_path, postbox):
    smtp = SmtpSettings(host="127.0.0.1", port=postbox.port, sender="herkenbaar@example.org")
    settings = Settings(alarm=AlarmSettings(mail_to=("a@example.org", "b@example.org")), smtp=smtp)
    assert overdue(settings, tmp_path / "note") == ()
    ((to, mail),) = postbox.mails
    assert to == ["a@example.org", "b@example.org"]
    assert "40 uur" in mail["Subject"]
    assert mail["From"] == "herkenbaar@example.org"
    assert "herkenbaar schedule status" in mail.get_content()


def test_a_way_that_fails_is_said_and_does_not_stop_the_others(tmp_path, monitor):
    file = tmp_path / "alarm.txt"
    settings = Settings(
        alarm=AlarmSettings(
            url=f"http://127.0.0.1:{monitor.server_port}/broken", mail_to=("a@example.org",), file=str(file)
        ),
        smtp=SmtpSettings(host="127.0.0.1", port=9),
    )
    failed = overdue(settings, tmp_path / "note")
    assert len(failed) == 2
    assert any("503" in line for line in failed)
    assert any(line.startswith("mail:") for line in failed)
    assert file.exists()


def test_a_way_that_failed_is_tried_again_at_the_next_look_and_the_others_are_left_alone(tmp_path, monitor, capsys):
    url = f"http://127.0.0.1:{monitor.server_port}"
    notes, mail = tmp_path / "notes", AlarmSettings(url=f"{url}/alarm", mail_to=("a@example.org",))
    smtp = SmtpSettings(host="127.0.0.1", port=9)
    for minutes in (0, 15, 30):
        (line,) = overdue(Settings(alarm=mail, smtp=smtp), notes, now=NOW + timedelta(minutes=minutes))
        assert line.startswith("mail:")
    assert len(monitor.told) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_key_in_an_address_is_not_shown_when_it_fails(tmp_path, monitor):
    settings = Settings(alarm=AlarmSettings(url=f"http://127.0.0.1:{monitor.server_port}/broken?key=geheim"))
    (line,) = overdue(settings, tmp_path / "notes")
    assert line.startswith("127.0.0.1: ")
    assert "geheim" not in line


def test_a_password_is_not_sent_in_the_clear(tmp_path, postbox):
    smtp = SmtpSettings(host="127.0.0.1", port=postbox.port, user="herkenbaar")
    settings = Settings(alarm=AlarmSettings(mail_to=("a@example.org",)), smtp=smtp)
    (line,) = overdue(settings, tmp_path / "notes")
    assert "starttls" in line
    assert postbox.mails == []


def test_both_languages_say_what_where_and_how_to_see_more(tmp_path):
    file = tmp_path / "alarm.txt"
    overdue(Settings(alarm=AlarmSettings(file=str(file))), tmp_path / "notes")
    subject, dutch, english = file.read_text(encoding="utf-8").split("\n\n")
    assert subject.startswith("Herkenbaar (wijk7): al 40 uur")
    for part, outcome in ((dutch, "onvolledig"), (english, "incomplete")):
        assert f"2026-11-24 03:00 Europe/Amsterdam ({outcome})" in part
        assert "wijk7" in part
        assert "40" in part
        assert "  herkenbaar schedule status" in part


def test_a_note_that_cannot_be_kept_is_said_and_the_alarm_is_told_all_the_same(tmp_path, monitor):
    (tmp_path / "notes").write_text("")
    settings = Settings(alarm=AlarmSettings(url=f"http://127.0.0.1:{monitor.server_port}/alarm"))
    assert any("notes" in line for line in overdue(settings, tmp_path / "notes"))
    assert len(monitor.told) == 1


def test_a_sign_of_life_goes_to_file_and_address(tmp_path, monitor):
    beat = tmp_path / "beat"
    url = f"http://127.0.0.1:{monitor.server_port}/beat"
    settings = Settings(alarm=AlarmSettings(heartbeat_file=str(beat), heartbeat_url=url))
    assert alarm.heartbeat(settings, NOW + timedelta(microseconds=17)) == ()
    assert beat.read_text() == "2026-11-24T12:00:00Z\n"
    assert monitor.told == [("GET", "/beat", "")]


@pytest.mark.parametrize(
    ("text", "later", "said"),
    [
        ("no register", timedelta(minutes=15), False),
        ("no policy", timedelta(minutes=15), True),
        ("no register", DAY, True),
        ("no register", -2 * DAY, True),
        ("", timedelta(minutes=15), False),
    ],
)
def test_what_goes_wrong_is_said_once_until_it_changes_or_a_day_has_passed(tmp_path, text, later, said):
    note = tmp_path / "notes" / "said"
    assert alarm.news(note, "no register", NOW)
    assert alarm.news(note, text, NOW + later) is said
    assert note.exists() is bool(text)


def test_what_went_wrong_and_was_mended_is_said_again(tmp_path):
    note = tmp_path / "said"
    assert [alarm.news(note, text, NOW) for text in ("no register", "", "no register")] == [True, False, True]


def test_what_cannot_be_noted_is_said_each_time(tmp_path):
    (tmp_path / "notes").write_text("")
    assert [alarm.news(tmp_path / "notes" / "said", "no register", NOW) for _ in range(2)] == [True, True]
