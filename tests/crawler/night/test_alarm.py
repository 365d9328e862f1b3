import socket
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller

from crawler.config import AlarmSettings, Settings, SmtpSettings
from crawler.night import alarm

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def look(last=None, since=None, told=None, **alarm_settings):
    return alarm.look(Settings(alarm=AlarmSettings(**alarm_settings)), last, since, NOW, told).state


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
        self.send_response(503 if self.path == "/broken" else 204)
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


def overdue(settings, note, hours=40):
    last = NOW - timedelta(hours=hours)
    watch = alarm.look(settings, last, None, NOW, alarm.told(note))
    return alarm.tell(settings, watch, note, NOW)


def test_the_file_stands_as_long_as_the_alarm_does(tmp_path):
    note, file = tmp_path / "note", tmp_path / "alarm.txt"
    settings = Settings(alarm=AlarmSettings(file=str(file)))
    assert overdue(settings, note) == ()
    assert "40 uur" in file.read_text()
    assert alarm.told(note) == NOW
    assert overdue(settings, note, hours=3) == ()
    assert not file.exists()
    assert alarm.told(note) is None


def test_the_address_is_told(tmp_path, monitor):
    url = f"http://127.0.0.1:{monitor.server_port}/alarm"
    assert overdue(Settings(alarm=AlarmSettings(url=url)), tmp_path / "note") == ()
    ((method, path, text),) = monitor.told
    assert (method, path) == ("POST", "/alarm")
    assert "2026-11-22 20:00 UTC" in text


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


def test_a_sign_of_life_goes_to_file_and_address(tmp_path, monitor):
    beat = tmp_path / "beat"
    url = f"http://127.0.0.1:{monitor.server_port}/beat"
    settings = Settings(alarm=AlarmSettings(heartbeat_file=str(beat), heartbeat_url=url))
    assert alarm.heartbeat(settings, NOW) == ()
    assert beat.read_text().startswith("2026-11-24T12:00:00")
    assert monitor.told == [("GET", "/beat", "")]
