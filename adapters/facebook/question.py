"""Questions to the Graph interface: whom to ask by id and whom by name, and how a refused batch is asked anew.

The step of a request holds all that its reading has to know: what is asked by, whether the other way was tried
before (`again`), and which fields are left out (`-bio`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from adapters.facebook.address import name, page_id, profile_id
from adapters.facebook.node import FIELDS, REQUIRED
from adapters.model import Platform, Request, Subject

BATCH = 50
CREDENTIAL = "facebook"
BY_ID = "ids"
BY_NAME = "names"
# Fields that may be left out of one chain of questions before the interface counts as changed.
DROPS = 2
# How many rounds of questions the answers to one batch can ask for: the batch, six halvings from 50 to 1, one more by
# the other of name and id, and one for each field that is left out.
ROUNDS = 1 + (BATCH - 1).bit_length() + 1 + DROPS
_AGAIN = "again"
_PATH = "/v25.0/?ids={}&locale=en_US&fields={}"
_FIELD = re.compile(r"\w+")


def requests(subjects: Iterable[Subject]) -> tuple[Request, ...]:
    """Requests for these subjects: by the id of the page, else by name, else by the id of the profile.

    One that can be asked by none of them is left out: it would have the whole batch refused.
    """
    by_name = [subject for subject in subjects if not page_id(subject) and name(subject)]
    by_id = [subject for subject in subjects if page_id(subject) or (profile_id(subject) and not name(subject))]
    return _batches(by_id, BY_ID) + _batches(by_name, BY_NAME)


def _batches(subjects: Sequence[Subject], step: str) -> tuple[Request, ...]:
    return tuple(_request(tuple(subjects[start : start + BATCH]), step) for start in range(0, len(subjects), BATCH))


def _request(subjects: tuple[Subject, ...], step: str) -> Request:
    left_out = without(step)
    fields = ",".join(field for field in FIELDS if _FIELD.match(field)[0] not in left_out)  # type: ignore[index]
    keys = dict.fromkeys(asked_as(subject, step) or "" for subject in subjects)
    return Request(
        platform=Platform.FACEBOOK,
        source="api",
        step=step,
        base="api",
        path=_PATH.format(",".join(keys), fields),
        subjects=subjects,
        credential=CREDENTIAL,
    )


def asked_as(subject: Subject, step: str) -> str | None:
    """The id or name by which a request of this step asks for the subject; `None` for a step that is none of ours."""
    way = step.partition(" ")[0]
    if way == BY_ID:
        return page_id(subject) or profile_id(subject)
    return name(subject) if way == BY_NAME else None


def without(step: str) -> tuple[str, ...]:
    """The fields that a step leaves out."""
    return tuple(token[1:] for token in step.split() if token.startswith("-"))


def is_second(step: str) -> bool:
    """Whether the other of name and id was asked before, without success."""
    return _AGAIN in step.split()


def is_own(step: str) -> bool:
    """Whether the request is one of these, and not a recorded answer that nobody can be asked about again."""
    return step.partition(" ")[0] in {BY_ID, BY_NAME}


def halves(request: Request, subjects: Sequence[Subject]) -> tuple[Request, ...]:
    """The same question about each half of these subjects."""
    middle = (len(subjects) + 1) // 2
    parts = (tuple(subjects[:middle]), tuple(subjects[middle:]))
    return tuple(_request(part, request.step) for part in parts if part)


def other_way(request: Request, subject: Subject) -> Request | None:
    """The question about one subject by name where its id was asked, and the reverse; `None` when that is spent."""
    if not is_own(request.step) or is_second(request.step):
        return None
    way = BY_NAME if request.step.startswith(BY_ID) else BY_ID
    dropped = (f"-{field}" for field in without(request.step))
    step = " ".join((way, _AGAIN, *dropped))
    return _request((subject,), step) if asked_as(subject, step) else None


def dropping(request: Request, field: str) -> Request | None:
    """The same question without a field; `None` when it is needed, was not asked for, or too many are gone already."""
    known = {_FIELD.match(one)[0] for one in FIELDS} - set(REQUIRED)  # type: ignore[index]
    dropped = without(request.step)
    if not is_own(request.step) or field not in known or field in dropped or len(dropped) >= DROPS:
        return None
    return _request(request.subjects, f"{request.step} -{field}")
