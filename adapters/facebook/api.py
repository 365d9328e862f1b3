"""The official interface of Facebook: up to 50 pages by id or by name in one request.

One bad id or name fails a whole batch. The one that the error names is told apart, the others are asked again in two
halves, until the bad ones stand alone. What concerns the token or the throttle ends the matter for all of them at once.
A missing object is no word about the account: it may be hidden from us.
"""

from __future__ import annotations

from typing import Any

from msgspec import structs

from adapters.facebook import question
from adapters.facebook.address import folded, is_of, subject_of
from adapters.facebook.node import ROOT, is_node, profile_of
from adapters.facebook.question import BATCH, CREDENTIAL, ROUNDS
from adapters.meta import Refusal, about_object, blamed, graph_error, graph_refusal, migrated_to
from adapters.model import Observation, Outcome, Profile, Reading, Request, Response, Subject, Value, observation
from adapters.page import PAGE_LIMIT, LayoutChanged, at, decoded, identifier, text

__all__ = ["BATCH", "CREDENTIAL", "ROUNDS", "ask", "read"]

# What is said of names only.
_BY_NAME = frozenset({Outcome.NOT_FOUND, Outcome.NOT_ELIGIBLE})


def ask(subjects: tuple[Subject, ...]) -> tuple[Request, ...]:
    """Requests for these subjects, by id where the register has that of the page, else by name."""
    return question.requests(subjects)


def read(request: Request, response: Response) -> Reading:
    """Observations of the pages asked for, of all in the answer when the request names none; and what to ask next."""
    body = response.body.strip()
    answer = decoded(body[:PAGE_LIMIT]) if body else None
    refusal = graph_refusal(response, answer)
    if refusal is None:
        return _answered(request, _taken_apart(answer))
    if about_object(answer):
        return _about_one(request, answer, refusal)
    outcome, reason = refusal
    again = question.dropping(request, reason) if outcome is Outcome.LAYOUT_CHANGED else None
    return Reading(requests=(again,)) if again else Reading.alike(request, outcome, reason)


class _Answer(Value, frozen=True, kw_only=True):
    """An answer taken apart: pages with the key they stand under (`None` for a single one), and errors among them."""

    nodes: tuple[tuple[str | None, dict[str, Any]], ...] = ()
    errors: tuple[Any, ...] = ()


def _taken_apart(answer: Any) -> _Answer:
    """The pages of a single answer, of one keyed by the ids asked for, or of a batch of separate answers."""
    if isinstance(answer, list):
        parts = [decoded(words) if (words := text(at(item, "body"))) else None for item in answer[:BATCH]]
        nodes = tuple((None, part) for part in parts if isinstance(part, dict) and is_node(part))
        return _Answer(nodes=nodes, errors=tuple(part for part in parts if not is_node(part)))
    if is_node(answer):
        return _Answer(nodes=((None, answer),))
    return _Answer(nodes=tuple((key, node) for key, node in answer.items() if is_node(node)))


def _answered(request: Request, answer: _Answer) -> Reading:
    """What an answer says of each subject; of everyone in it when nobody is named."""
    if request.subjects:
        return Reading(observations=tuple(_observed(request, subject, answer) for subject in request.subjects))
    found = [_read(request, Subject(), node) for _, node in answer.nodes]
    refused = [_verdict(request, Subject(), error, _refusal(error)) for error in answer.errors]
    told = (*found, *refused)
    return Reading(observations=told) if told else Reading.alike(request, Outcome.AMBIGUOUS, "no_profile")


def _refusal(error: Any) -> Refusal:
    return graph_error(error) or (Outcome.TRANSPORT_ERROR, "no_answer")


def _observed(request: Request, subject: Subject, answer: _Answer) -> Observation:
    """The page of the subject, joined by id and by name; else what stands under its key, else an error about it."""
    keyed = [node for key, node in answer.nodes if key is not None and _is_key(key, subject, request.step)]
    others = [node for _, node in answer.nodes if any(node is not own for own in keyed) or not keyed]
    for node in (*keyed, *others):
        if is_of(subject, Profile(platform_id=identifier(node.get("id")), handle=text(node.get("username")))):
            return _read(request, subject, node)
    if keyed or len(answer.nodes) == len(request.subjects) == 1:
        return _misplaced(request, subject, keyed[0] if keyed else answer.nodes[0][1])
    alone = len(request.subjects) == 1 and len(answer.errors) == 1 and not answer.nodes
    for error in answer.errors:
        if alone or _is_blamed(subject, request.step, blamed(error)):
            return _verdict(request, subject, error, _refusal(error))
    return observation(request, subject, Outcome.AMBIGUOUS, "absent" if answer.nodes else "no_profile")


def _is_key(key: str, subject: Subject, step: str) -> bool:
    asked = question.asked_as(subject, step)
    names = {folded(asked)} if asked else {folded(subject.handle), folded(subject.platform_id)}
    return folded(key) in names - {""}


def _misplaced(request: Request, subject: Subject, node: dict[str, Any]) -> Observation:
    """What to make of a page under the subject's key that bears neither its id nor its name."""
    missing = "id" if identifier(node.get("id")) is None else "username" if text(node.get("username")) is None else None
    if missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, f"{ROOT}.{missing}")
    return observation(request, subject, Outcome.AMBIGUOUS, "another_account")


def _read(request: Request, subject: Subject, node: dict[str, Any]) -> Observation:
    """The observation of one page; its reason tells which fields the interface no longer gives."""
    try:
        profile = profile_of(node)
    except LayoutChanged as missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, str(missing))
    dropped = question.without(request.step)
    reason = f"without:{','.join(dropped)}" if dropped else None
    return observation(request, subject if subject != Subject() else subject_of(profile), Outcome.OK, reason, profile)


def _about_one(request: Request, answer: Any, refusal: Refusal) -> Reading:
    """What an error about one object leads to: a verdict on whom it is about, and the others asked in two halves."""
    names = blamed(answer)
    subjects = request.subjects or (Subject(),)
    guilty = [subject for subject in subjects if _is_blamed(subject, request.step, names)]
    if len(subjects) == 1 and not guilty:
        # Ids say nothing about whom was asked for by name; a name that somebody else has does.
        named_other = bool(names) and subjects != (Subject(),) and refusal[0] in _BY_NAME
        refusal = (Outcome.AMBIGUOUS, "another_account") if named_other else refusal
        guilty = list(subjects)
    others = [subject for subject in subjects if subject not in guilty]
    again = {subject: _other_way(request, subject, refusal) for subject in guilty}
    told = tuple(_verdict(request, subject, answer, refusal) for subject in guilty if not again[subject])
    further = tuple(one for one in again.values() if one)
    if question.is_own(request.step):
        return Reading(observations=told, requests=(*further, *question.halves(request, others)))
    open_ = tuple(observation(request, subject, Outcome.AMBIGUOUS, refusal[1]) for subject in others)
    return Reading(observations=(*told, *open_))


def _is_blamed(subject: Subject, step: str, names: tuple[str, ...]) -> bool:
    own = {folded(value) for value in (subject.handle, subject.platform_id, question.asked_as(subject, step))}
    return any(folded(name) in own - {""} for name in names)


def _other_way(request: Request, subject: Subject, refusal: Refusal) -> Request | None:
    """The question that may still tell more: the name where the id shows nothing, the id where nobody has the name."""
    by_id = request.step.startswith(question.BY_ID)
    worth = {Outcome.AMBIGUOUS, Outcome.NOT_FOUND} if by_id else {Outcome.NOT_FOUND}
    return question.other_way(request, subject) if refusal[0] in worth else None


def _verdict(request: Request, subject: Subject, answer: Any, refusal: Refusal) -> Observation:
    """What an error says of the subject. Where nobody has the name either, a hidden id is a missing account."""
    outcome, reason = refusal
    if outcome is Outcome.AMBIGUOUS and question.is_second(request.step) and request.step.startswith(question.BY_ID):
        outcome = Outcome.NOT_FOUND
    seen = observation(request, subject, outcome, reason)
    return structs.replace(seen, new_platform_id=migrated_to(answer)) if outcome is Outcome.MOVED else seen
