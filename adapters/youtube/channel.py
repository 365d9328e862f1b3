"""An answer of the interface behind the page, which a page carries as `ytInitialData`: a channel, or why there is none.

Alerts count before anything else: an error has a head with the picture of no account, which says nothing of the
account's own. Only what is read is decoded; a page holds half a megabyte of videos besides.
"""

from __future__ import annotations

from typing import Any

import msgspec

from adapters.model import Observation, Outcome, Profile, Request, Subject, observation
from adapters.page import LayoutChanged, at, decoded, listed, need, table, text
from adapters.youtube.about import panels
from adapters.youtube.address import CHANNEL_ID, handle_in, is_default_avatar
from adapters.youtube.header import head_of, is_channel, picture
from adapters.youtube.wording import TEXT_LIMIT, alerted, said

RECORD = "metadata.channelMetadataRenderer"
_AGE_GATE = "channelAgeGateRenderer"
# The stub of an error only tells whom it is about.
_WITH_PROFILE = frozenset({Outcome.OK, Outcome.RESTRICTED, Outcome.SUSPENDED, Outcome.NOT_FOUND})


class Answer(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={"context": "responseContext", "actions": "onResponseReceivedActions"},
):
    """The parts of an answer that are read."""

    context: Any = None
    alerts: Any = None
    header: Any = None
    metadata: Any = None
    contents: msgspec.Raw = msgspec.Raw(b"")
    actions: msgspec.Raw = msgspec.Raw(b"")
    endpoint: Any = None
    error: Any = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with the text it stands in, and the id that was asked for when the subject bears none."""

    answer: Answer
    body: str
    asked_id: str | None = None


_DECODER = msgspec.json.Decoder(Answer)


def answer_in(body: str) -> Answer | None:
    """The answer in a JSON text; `None` when that is no object, or nested too deep to be one of ours."""
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError, ValueError):
        return None


def observed(request: Request, subject: Subject, told: Told) -> Observation:
    """What an answer says of one subject; of the channel it is about when the subject is nobody in particular."""
    alert = _alert(told.answer)
    if alert is not None:
        return _judged(request, subject, told, alerted(alert), alert[:TEXT_LIMIT], _stub(told.answer))
    gate = _age_gate(told.answer)
    if gate is not None:
        gated = _gated(gate, _named(told.answer) or told.asked_id or subject.platform_id)
        return _judged(request, subject, told, Outcome.RESTRICTED, _AGE_GATE, gated)
    try:
        profile = profile_of(told)
    except LayoutChanged as missing:
        return observation(request, subject, Outcome.LAYOUT_CHANGED, str(missing))
    if profile is None:
        return _elsewhere(request, subject, told.answer)
    return _judged(request, subject, told, Outcome.OK, None, profile)


def _judged(
    request: Request, subject: Subject, told: Told, outcome: Outcome, reason: str | None, profile: Profile
) -> Observation:
    """The outcome with its profile, unless the answer is about another channel than the subject."""
    if subject == Subject():
        subject = Subject(handle=profile.handle, platform_id=profile.platform_id)
    own = subject.matches(profile.handle, profile.platform_id) or _led_to(told, profile)
    if not own and not (_may_be(subject, profile) and outcome is not Outcome.OK):
        return observation(request, subject, Outcome.AMBIGUOUS, "another_account")
    return observation(request, subject, outcome, reason, profile if own and outcome in _WITH_PROFILE else None)


def _led_to(told: Told, profile: Profile) -> bool:
    """Whether this is the channel that a handle led to, and it bears no handle that could differ."""
    return told.asked_id is not None and told.asked_id == profile.platform_id and profile.handle is None


def _may_be(subject: Subject, profile: Profile) -> bool:
    """Whether an error can be about the subject: it names no handle, and no other id than the subject's."""
    return profile.handle is None and None in {profile.platform_id, subject.platform_id}


def _alert(answer: Answer) -> str | None:
    """The text of the first error alert; other alerts are mere notices."""
    for alert in listed(answer.alerts):
        for renderer in alert.values() if isinstance(alert, dict) else ():
            if at(renderer, "type") == "ERROR":
                return said(at(renderer, "text")) or ""
    return None


def _stub(answer: Answer) -> Profile:
    """Whom an error is about, and the picture of no account it comes with: never the account's own."""
    avatar = picture(at(answer.header, "c4TabbedHeaderRenderer.avatar.thumbnails"))
    return Profile(platform_id=_named(answer), avatar_is_default=is_default_avatar(avatar) if avatar else None)


def _named(answer: Answer) -> str | None:
    """The id of the channel that an answer without a record is about: its head bears it, or its statistics do."""
    shown = text(at(answer.header, "c4TabbedHeaderRenderer.channelId"))
    candidates = (shown, *_browsed(answer))
    return next((one for one in candidates if one and CHANNEL_ID.fullmatch(one)), None)


def _browsed(answer: Answer) -> list[str | None]:
    services = listed(at(answer.context, "serviceTrackingParams"))
    params = [param for service in services for param in listed(at(service, "params"))]
    return [text(at(param, "value")) for param in params if at(param, "key") == "browse_id"]


def _age_gate(answer: Answer) -> dict[str, Any] | None:
    """The gate that stands in the place of the first tab."""
    if _AGE_GATE.encode() not in bytes(answer.contents):
        return None
    tabs = listed(at(decoded(bytes(answer.contents)), "twoColumnBrowseResultsRenderer.tabs"))
    sections = (at(tab, "tabRenderer.content.sectionListRenderer.contents") for tab in tabs)
    gates = (table(at(part, _AGE_GATE)) for section in sections for part in listed(section))
    return next((gate for gate in gates if gate is not None), None)


def _gated(gate: dict[str, Any], platform_id: str | None) -> Profile:
    """What is shown of a channel for adults: name and picture. A gate that names no id stands before the one asked."""
    avatar = picture(at(gate, "avatar.thumbnails"))
    return Profile(
        platform_id=platform_id,
        display_name=said(at(gate, "channelTitle")),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
    )


def profile_of(told: Told) -> Profile | None:
    """The channel of an answer, `None` without any sign of one; LayoutChanged without id or name.

    The panel about it adds to the record; an answer with nothing but the panel is one as well.
    """
    shown = list(panels(told.body))
    record = table(at(told.answer.metadata, "channelMetadataRenderer"))
    if record is None and is_channel(told.answer.header):
        raise LayoutChanged(RECORD)
    if record is None:
        return shown[0] if shown else None
    profile = _recorded(told.answer, record)
    panel = next((panel for panel in shown if panel.platform_id == profile.platform_id), None)
    return profile if panel is None else _with_panel(profile, panel)


def _recorded(answer: Answer, record: dict[str, Any]) -> Profile:
    top = head_of(answer.header)
    avatar = picture(at(record, "avatar.thumbnails"))
    return Profile(
        platform_id=need(record, "externalId", RECORD, _channel_id),
        handle=_handle(record) or top.handle,
        display_name=need(record, "title", RECORD, text),
        bio=text(at(record, "description")),
        avatar_url=avatar,
        avatar_is_default=is_default_avatar(avatar) if avatar else None,
        banner_url=top.banner_url,
        verified=top.verified,
        followers=top.followers,
        followers_exact=None if top.followers is None else False,
    )


def _channel_id(value: Any) -> str | None:
    return value if isinstance(value, str) and CHANNEL_ID.fullmatch(value) else None


def _handle(record: dict[str, Any]) -> str | None:
    """The handle in the addresses of the channel; those of old channels and of topics may have none."""
    urls = (at(record, "vanityChannelUrl"), *listed(at(record, "ownerUrls")))
    return next((handle for url in urls if isinstance(url, str) and (handle := handle_in(url))), None)


def _with_panel(profile: Profile, panel: Profile) -> Profile:
    return msgspec.structs.replace(profile, links=panel.links, created_at=panel.created_at, extra=panel.extra)


def _elsewhere(request: Request, subject: Subject, answer: Answer) -> Observation:
    """An answer without a channel: it leads to another one, or says nothing that could be told apart."""
    for action in listed(decoded(bytes(answer.actions)) if bytes(answer.actions) else None):
        target = _channel_id(at(action, "navigateAction.endpoint.browseEndpoint.browseId"))
        if target and target != subject.platform_id:
            moved = observation(request, subject, Outcome.MOVED, "navigateAction")
            return msgspec.structs.replace(moved, new_platform_id=target)
    return observation(request, subject, Outcome.AMBIGUOUS, "no_channel")
