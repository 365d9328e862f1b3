"""What the permitted sources can give, as the plain values that the audit works with."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.model import Observation, Outcome, Source
from audits.merging import SourceGives


def gives(sources: Sequence[Source]) -> tuple[SourceGives, ...]:
    """Name, full fields and partial fields of each source, in order of preference."""
    return tuple(SourceGives(name=source.name, gives=source.gives, hints=source.hints) for source in sources)


def promised(observations: Sequence[Observation], sources: Sequence[SourceGives]) -> frozenset[str]:
    """The fields that should be there of one account: what the sources show in full whose last answer was `ok`."""
    last = {observation.source: observation.outcome for observation in observations}
    return frozenset(
        field for source in sources if last.get(source.name) is Outcome.OK for field in source.gives - source.hints
    )
