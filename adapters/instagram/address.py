"""How a page of Instagram is asked for."""

from __future__ import annotations

from adapters.meta import VISIT, one_each
from adapters.model import Platform, Request, Subject


def page_requests(source: str, subjects: tuple[Subject, ...], ending: str) -> tuple[Request, ...]:
    """A request for the page of each subject; one that cannot be asked by handle is left out."""
    asked = Request(
        platform=Platform.INSTAGRAM, source=source, step=source, base="page", headers=VISIT, path="", subjects=()
    )
    return one_each(subjects, asked, lambda subject: f"/{subject.handle}/{ending}")
