"""What it means that something wanted was not found in a field."""

from __future__ import annotations

from audits.model import Facts, Judgement, Verdict


def absent(facts: Facts, field: str, *, seen: str, wanted: str) -> Judgement:
    """`fail`; but `unknown` when only a part of `field` was seen: what is wanted may stand in the rest."""
    if field in facts.gaps:
        return Judgement(verdict=Verdict.UNKNOWN, seen=seen, wanted=wanted, gap=facts.gaps[field])
    return Judgement(verdict=Verdict.FAIL, seen=seen, wanted=wanted)
