"""The counts of a run: coverage, outcomes, statuses and sources of one platform."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from adapters.model import SEEN
from audits.model import NO_SOURCE, Result
from audits.report.model import PlatformCount, SourceCount
from crawler.run.gate import Trust
from crawler.store.values import Sighting


def tally(words: Iterable[str]) -> dict[str, int]:
    """How often each word occurs, in alphabetical order."""
    return dict(sorted(Counter(words).items()))


def coverage(sightings: Sequence[Sighting]) -> float:
    """Share of the accounts about which the platform answered (0..1)."""
    return sum(sighting.outcome in SEEN for sighting in sightings) / len(sightings) if sightings else 1.0


def platform_count(
    results: Sequence[Result],
    sightings: Sequence[Sighting],
    trust: Trust,
    sent: Mapping[str, int],
    closed: Mapping[str, str],
) -> PlatformCount:
    """All that `run.json` says of one platform. `closed`: source -> why it was not asked any more."""
    return PlatformCount(
        planned=len(sightings),
        seen=sum(sighting.outcome in SEEN for sighting in sightings),
        coverage=round(coverage(sightings), 4),
        blind=trust.blind,
        blind_reason=trust.reason,
        blind_fields=tuple(sorted(trust.fields)),
        outcomes=tally(str(sighting.outcome) for sighting in sightings),
        statuses=tally(str(result.status) for result in results),
        no_source=_no_source(results),
        sources=_sources(sightings, sent, closed),
    )


def _no_source(results: Sequence[Result]) -> dict[str, str]:
    """The rules that no permitted source of this platform can decide: told once, for all its accounts."""
    rules = {finding.rule for result in results for finding in result.findings if finding.gap == NO_SOURCE}
    return dict.fromkeys(sorted(rules), NO_SOURCE)


def _sources(
    sightings: Sequence[Sighting], sent: Mapping[str, int], closed: Mapping[str, str]
) -> dict[str, SourceCount]:
    outcomes: dict[str, Counter[str]] = {name: Counter() for name in sent}
    for observation in (one for sighting in sightings for one in sighting.observations):
        outcomes.setdefault(observation.source, Counter())[str(observation.outcome)] += 1
    return {
        name: SourceCount(requests=sent.get(name, 0), outcomes=tally(counter.elements()), closed=closed.get(name))
        for name, counter in sorted(outcomes.items())
    }
