"""Canaries: accounts whose answer is known, asked before and after a platform's batches. They assert values."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from adapters.model import READ, Adapter, Observation, Outcome, Profile, Source, Subject, handle_key, id_kind, ids_of
from audits.merging import merge
from audits.report.model import CanaryResult
from crawler.collect import Carrier, Target, collect
from crawler.config import Canary
from crawler.run.gives import gives, promised

# A single login wall or time-out must not blind a platform: a canary counts as wrong when it is wrong so often.
TRIES = 3


async def ask_canaries(
    adapter: Adapter,
    sources: Sequence[Source],
    canaries: Sequence[Canary],
    wanted: frozenset[str],
    carrier: Carrier,
    when: str,
) -> tuple[CanaryResult, ...]:
    """How each canary answered, the wrong ones asked again up to three times."""
    results: dict[str, CanaryResult] = {}
    for _ in range(TRIES):
        due = [canary for canary in canaries if not _right(results.get(canary.handle))]
        if not due:
            break
        asked = [
            Target(key=c.handle, subject=Subject(handle=c.handle, platform_id=c.platform_id), wanted=wanted)
            for c in due
        ]
        seen = await collect(adapter, sources, asked, carrier)
        for canary in due:
            results[canary.handle] = judge_canary(adapter, sources, canary, seen[canary.handle], wanted, when)
    return tuple(results.values())


def _right(result: CanaryResult | None) -> bool:
    return result is not None and result.right


def judge_canary(
    adapter: Adapter,
    sources: Sequence[Source],
    canary: Canary,
    observations: Sequence[Observation],
    wanted: frozenset[str],
    when: str,
) -> CanaryResult:
    """A live canary is right when it was read and no expected value differs; a missing one when it was not read."""
    own = gives(sources)
    merged = merge(observations, wanted, own)
    read = merged.outcome in READ
    due = promised(observations, own)
    wrong = () if canary.missing or not read else _wrong_fields(adapter, canary, merged.profile or Profile(), due)
    return CanaryResult(
        platform=adapter.platform,
        handle=canary.handle,
        when=when,
        outcome=str(merged.outcome),
        right=_missing_is_right(merged.outcome) if canary.missing else read and not wrong,
        wrong_fields=wrong,
    )


def _missing_is_right(outcome: Outcome) -> bool:
    """What does not exist was not read; a wall or a fault in its place proves nothing against the platform."""
    return outcome not in READ


def _wrong_fields(adapter: Adapter, canary: Canary, profile: Profile, due: frozenset[str]) -> tuple[str, ...]:
    """Expected fields with another value, and those that are `due` and did not come; any other is unseen, not wrong."""
    return tuple(
        field
        for field, expected in canary.expect.items()
        if (
            field in due and not _may_be_left_out(expected)
            if (value := getattr(profile, field)) is None
            else _differs(adapter, profile, field, value, expected)
        )
    )


def _may_be_left_out(expected: Any) -> bool:
    """Whether a value is empty: some interfaces leave such fields out."""
    return expected in ("", [], ())


def _differs(adapter: Adapter, profile: Profile, field: str, value: Any, expected: Any) -> bool:
    if field != "platform_id":
        return bool(_plain(adapter, field, value) != _plain(adapter, field, expected))
    # Of an id of another kind than the expected one nothing can be said.
    ids = ids_of(adapter.platform, profile)
    return expected not in ids.values() and id_kind(adapter.platform, expected) in ids


def _plain(adapter: Adapter, field: str, value: Any) -> Any:
    """A value in the form in which it is compared: pictures by identity, handles without case, text in NFC."""
    match value:
        case str() if field in {"avatar_url", "banner_url"}:
            return adapter.image_key(value)
        case str() if field == "handle":
            # YouTube's interface tells no capitals.
            return handle_key(adapter.platform, value)
        case str():
            return unicodedata.normalize("NFC", value)
        case list() | tuple():
            return sorted(value)
        case _:
            return value
