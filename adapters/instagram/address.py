"""What a handle of Instagram looks like, and how a page of it is asked for."""

from __future__ import annotations

import re

from adapters.model import Platform, Request, Subject

HANDLE = re.compile(r"[A-Za-z0-9._]{1,30}", re.ASCII)
# What a browser sends with a visit; without it the answer is the shell for programs.
HEADERS = (
    ("Accept", "text/html,application/xhtml+xml"),
    ("Accept-Language", "en"),
    ("Sec-Fetch-Dest", "document"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Site", "none"),
    ("Sec-Fetch-User", "?1"),
)


def can_be_asked(subject: Subject) -> bool:
    """Whether the subject has a handle that Instagram could have given out."""
    return HANDLE.fullmatch(subject.handle or "") is not None


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
            headers=HEADERS,
        )
        for subject in subjects
        if can_be_asked(subject)
    )
