"""How a page of Instagram is asked for."""

from __future__ import annotations

from adapters.meta import VISIT, can_be_asked
from adapters.model import Platform, Request, Subject


def page_requests(source: str, subjects: tuple[Subject, ...], ending: str) -> tuple[Request, ...]:
    """A request for the page of each subject; one that cannot be asked by handle is left out."""
    return tuple(
        Request(
            platform=Platform.INSTAGRAM,
            source=source,
            step=source,
            base="page",
            path=f"/{subject.handle}/{ending}",
            subjects=(subject,),
            headers=VISIT,
        )
        for subject in subjects
        if can_be_asked(subject)
    )
