"""What the permitted sources can give, as the plain values that the audit works with."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.model import Source
from audits.merging import SourceGives


def gives(sources: Sequence[Source]) -> tuple[SourceGives, ...]:
    """Name, full fields and partial fields of each source, in order of preference."""
    return tuple(SourceGives(name=source.name, gives=source.gives, hints=source.hints) for source in sources)
