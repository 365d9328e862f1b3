"""The catalogue: what is declared in one place must be there in all the others, down to the Dutch words."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from adapters import ADAPTERS
from adapters.model import Outcome, Source
from audits.model import GAPS, Severity, Status, Verdict
from audits.policy import load
from audits.rules import RULES

ROOT = Path(__file__).parents[1]
CASES = ROOT / "fixtures" / "cases"
POLICIES = sorted((ROOT / "audits" / "policies").glob("*.toml"))
SOURCES = [source for adapter in ADAPTERS.values() for source in adapter.sources]
# A rendered source is read by the reader of the page: those cases are its own.
RECORDED = [source for source in SOURCES if not source.rendered]
RULE_TESTS = "\n".join(path.read_text() for path in sorted((ROOT / "tests" / "audits").glob("rules*/**/test_*.py")))
# Every source needs a recorded answer of each kind; one of the outcomes makes the kind (an embed is partial at best).
KINDS = (
    {Outcome.OK, Outcome.PARTIAL},
    {Outcome.NOT_FOUND, Outcome.AMBIGUOUS},
    {Outcome.LOGIN_WALL, Outcome.CONSENT_WALL, Outcome.DENIED},
    {Outcome.LAYOUT_CHANGED},
)


def name_of(source: Source) -> str:
    return f"{source.platform}-{source.name}"


def recorded(source: Source) -> set[str]:
    """The outcomes that the cases of a source expect."""
    found = set()
    for meta in (CASES / source.platform).glob("*/meta.json"):
        if json.loads(meta.read_text())["source"] == source.name:
            expected = json.loads((meta.parent / "expect.json").read_text())
            found |= {entry["outcome"] for entry in expected if "outcome" in entry}
    return found


def missing_kinds(outcomes: Iterable[str]) -> list[list[str]]:
    return [sorted(map(str, kind)) for kind in KINDS if not kind & set(outcomes)]


def words(language: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((ROOT / "audits" / "report" / "texts" / f"{language}.toml").read_text())


def without_words(keys: Iterable[str], table: Mapping[str, str]) -> list[str]:
    return sorted(key for key in keys if not str(table.get(key, "")).strip())


def mentioned(text: str) -> set[str]:
    """Files and folders of this repository that a text names: link targets, and code that looks like a path."""
    linked = {target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target}
    quoted = re.findall(r"`((?:adapters|audits|crawler|fixtures|tests|docs|\.ci)/[\w./-]*)`", text)
    return {target for target in [*linked, *quoted] if target}


@pytest.mark.parametrize("source", RECORDED, ids=name_of)
def test_every_source_has_a_recorded_answer_of_each_kind(source):
    assert missing_kinds(recorded(source)) == []


def test_a_source_without_a_wall_among_its_cases_is_reported():
    assert missing_kinds(["ok", "not_found", "layout_changed"]) == [["consent_wall", "denied", "login_wall"]]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_documented_worded_and_tested(rule):
    clauses = [clause for path in POLICIES for clause in load(path.read_bytes(), path.name, RULES).clauses]
    assert RULES[rule].check.__doc__
    assert rule in {clause.check for clause in clauses}
    assert f'"{rule}"' in RULE_TESTS or f"{rule.replace('-', '_')}" in RULE_TESTS


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_shipped_policy_loads_and_bears_the_name_of_its_file(path):
    policy = load(path.read_bytes(), path.name, RULES)
    assert policy.id == path.stem
    assert policy.clauses


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("section", "keys"),
    [("outcomes", Outcome), ("gaps", GAPS), ("verdicts", Verdict), ("statuses", Status), ("severities", Severity)],
)
def test_every_outcome_and_gap_has_words(language, section, keys):
    assert without_words(keys, words(language)[section]) == []


def test_a_missing_or_empty_word_is_reported():
    assert without_words(["ok", "denied", "moved"], {"ok": "in orde", "denied": " "}) == ["denied", "moved"]


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))]
)
def test_every_file_that_a_page_names_exists(page):
    path = ROOT / page
    found = mentioned(path.read_text())
    assert [name for name in sorted(found) if not ((path.parent / name).exists() or (ROOT / name).exists())] == []


def test_paths_are_found_in_links_and_in_code():
    text = "[a](docs/a.md#part) [b](https://example.org) `audits/rules/` `make test` ![c](docs/c.png)"
    assert mentioned(text) == {"docs/a.md", "audits/rules/", "docs/c.png"}
