"""`logos check --html`: what was said of picture files, on a page with the pictures to see why."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from audits.logo.approved import ApprovedSet
from audits.logo.decode import Unreadable
from audits.logo.showing import show
from audits.model import LogoVerdict
from audits.report.logo_page import Checked, LogoCheck, logos_html
from audits.report.model import CloseUp
from audits.report.texts import Language
from crawler import resources
from crawler.cli import FULL, setting
from crawler.run import album, folder

PIXELS = 192  # pixels a side of the pictures


def checked(file: str, data: bytes, verdict: LogoVerdict, approved: ApprovedSet) -> Checked:
    """A file with its verdict and its pictures; without them when it cannot be read."""
    logo = album.right_ones(approved).get(verdict.variant or "")
    with contextlib.suppress(Unreadable):
        seen = show(data, verdict, logo.image if logo else None, PIXELS)
        closeup = CloseUp(difference=seen.difference, boxed=seen.boxed)
        return Checked(file=file, verdict=verdict, photo=seen.photo, closeup=closeup)
    return Checked(file=file, verdict=verdict)


def write(path: Path, files: Iterable[Checked], approved: ApprovedSet, lang: Language) -> None:
    """The page, whole or not at all; UsageError when it cannot be written there."""
    logos = album.in_reports(approved, PIXELS)
    check = LogoCheck(files=tuple(files), approved=logos, origins=album.origins(approved))
    try:
        folder.put(path, logos_html(check, resources.texts(), lang))
    except OSError as error:
        if error.errno in FULL:
            raise
        raise setting.UsageError(f"--html {path}: cannot be written ({error.strerror}); name another file") from error
