"""Mail goes out here and nowhere else."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from crawler.config import SmtpSettings

# The environment variable with the password for the mail server.
PASSWORD = "HERKENBAAR_SMTP_PASSWORD"  # noqa: S105 - its name, not the password
SECONDS = 20


class MailError(Exception):
    """A mail could not be handed over; one line with what the server said."""


def send(
    smtp: SmtpSettings, to: Sequence[str], subject: str, text: str, environ: Mapping[str, str] = os.environ
) -> None:
    """Hand a plain text mail over to the mail server of the settings; MailError when it does not take it."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"], message["To"] = smtp.sender, ", ".join(to)
        message["Subject"], message["Date"] = " ".join(subject.split()), formatdate(localtime=False)
        message["Message-ID"] = make_msgid(domain=smtp.sender.rpartition("@")[2] or "localhost")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        with smtplib.SMTP(smtp.host, smtp.port, timeout=SECONDS) as server:
            if smtp.starttls:
                server.starttls(context=ssl.create_default_context())
            if smtp.user:
                if not smtp.starttls:
                    raise MailError(f"{smtp.host}:{smtp.port}: a password is only sent with starttls = true")
                server.login(smtp.user, environ.get(PASSWORD, ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise MailError(f"{smtp.host}:{smtp.port}: {' '.join(str(error).split()) or type(error).__name__}") from error
