"""The policy as data: TOML in, typed clauses out, checked against the rules before anything is fetched."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from adapters.model import Platform, Value
from audits.merging import SourceGives
from audits.model import PICTURES, TYPES, Rule, Severity
from audits.rules import RULES

LANGUAGES = ("nl", "en")
Filled = Annotated[str, msgspec.Meta(min_length=1)]
KebabCase = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class PolicyError(ValueError):
    """A policy file that cannot be used; one line: file, clause, reason."""


class Clause(Value, frozen=True, kw_only=True):
    """One requirement as the policy words it. `rule` is its unique id, `check` the function that judges it.

    `clause` is the article; `text` and `remedy` are by language (`nl`, `en`), a remedy also by platform and language
    (`instagram_nl`); `platforms` and `types` limit the scope (`None` = all); `evidence` is `verified`, `draft` or
    `invented`.
    """

    rule: str
    check: str
    clause: str
    severity: Severity
    parameters: msgspec.Struct
    text: dict[str, str]
    remedy: dict[str, str]
    source: str
    evidence: str
    since: date
    platforms: tuple[Platform, ...] | None = None
    types: tuple[str, ...] | None = None
    except_types: tuple[str, ...] = ()


class Policy(Value, frozen=True, kw_only=True):
    """One version of the policy. `sha256` is that of the file as it was read.

    `logos` is the folder of its own approved pictures, as written; `None`: those of the settings hold.
    """

    id: str
    title: dict[str, str]
    in_force_from: date
    clauses: tuple[Clause, ...]
    sha256: str
    logos: str | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: KebabCase
    title: dict[str, Filled]
    in_force_from: date
    logos: Filled | None = None
    clause: Annotated[list[dict[str, Any]], msgspec.Meta(min_length=1)]


class _Clause(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rule: KebabCase
    clause: Filled
    severity: Severity
    text: dict[str, Filled]
    remedy: dict[str, Filled]
    source: Filled
    evidence: Literal["verified", "draft", "invented"]
    check: str | None = None
    parameters: dict[str, Any] = {}
    since: date | None = None
    platforms: tuple[Platform, ...] | None = None
    types: tuple[str, ...] | None = None
    except_types: tuple[str, ...] = ()


class Decision(Value, frozen=True, kw_only=True):
    """Which permitted sources decide a clause, by platform.

    A cell names the source, or several joined by `+` that only do together; `~` before it: in some cases only;
    `-`: none does; `n/a`: the clause asks nothing here; `register`: no source is needed.
    """

    rule: str
    clause: str
    cells: dict[Platform, str]


class Difference(Value, frozen=True, kw_only=True):
    """One difference between two policies; `field` is empty where a whole clause was added or removed."""

    kind: Literal["added", "removed", "changed"]
    rule: str
    field: str = ""
    old: str | None = None
    new: str | None = None

    def __str__(self) -> str:
        detail = f" {self.field}: {self.old} -> {self.new}" if self.field else ""
        return f"{self.kind} {self.rule}{detail}"


def load(data: bytes, name: str, rules: Mapping[str, Rule] = RULES) -> Policy:
    """The policy in a TOML file called `name`; PolicyError for anything in it that is wrong or missing."""
    try:
        read = msgspec.convert(tomllib.loads(data.decode()), _File)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise _error(name, "policy", _reason(error)) from error
    _check_languages(read.title, name, "policy", "title")
    clauses = tuple(_clause(raw, number, name, rules, read.in_force_from) for number, raw in enumerate(read.clause, 1))
    ids = [clause.rule for clause in clauses]
    for rule in ids:
        if ids.count(rule) > 1:
            raise _error(name, rule, "this id stands twice; give one of them its own `rule` and name its `check`")
    return Policy(
        id=read.id,
        title=read.title,
        in_force_from=read.in_force_from,
        clauses=clauses,
        sha256=hashlib.sha256(data).hexdigest(),
        logos=read.logos,
    )


def in_force(policy: Policy, on: date) -> tuple[Clause, ...]:
    """The clauses in force on a day, in the order of the file."""
    return tuple(clause for clause in policy.clauses if clause.since <= on)


def in_scope(clause: Clause, platform: Platform, kind: str | None) -> bool:
    """Whether a clause is about accounts of this platform and type (`None` = a type the register does not tell)."""
    if clause.platforms is not None and platform not in clause.platforms:
        return False
    return kind not in clause.except_types and (clause.types is None or kind in clause.types)


def wanted_facts(clause: Clause, rules: Mapping[str, Rule] = RULES) -> frozenset[str]:
    """The profile fields that a clause looks at; a picture stands under its address."""
    rule = rules[clause.check]
    if rule.asks and not rule.asks(clause.parameters):
        return frozenset()
    return frozenset(PICTURES.get(need, need) for need in rule.needs | rule.optional) - {"outcome"}


def wanted_fields(policy: Policy, platform: Platform, kind: str | None, on: date) -> frozenset[str]:
    """The profile fields that the clauses in force on a day need to see of an account of this platform and type."""
    clauses = [clause for clause in in_force(policy, on) if in_scope(clause, platform, kind)]
    return frozenset().union(*(wanted_facts(clause) for clause in clauses))


def decidability(policy: Policy, sources: Mapping[Platform, Sequence[SourceGives]], on: date) -> tuple[Decision, ...]:
    """A row for each clause in force: what the permitted sources, in order of preference, can decide."""
    return tuple(
        Decision(
            rule=clause.rule,
            clause=clause.clause,
            cells={platform: _cell(clause, platform, those) for platform, those in sources.items()},
        )
        for clause in in_force(policy, on)
    )


def diff(old: Policy, new: Policy) -> tuple[Difference, ...]:
    """What `new` adds, removes and changes, by clause id, in the order of the files; first its approved pictures."""
    before = {clause.rule: clause for clause in old.clauses}
    after = {clause.rule: clause for clause in new.clauses}
    removed = [Difference(kind="removed", rule=rule) for rule in before if rule not in after]
    added = [Difference(kind="added", rule=rule) for rule in after if rule not in before]
    changed = [row for rule, clause in after.items() if rule in before for row in _changed(before[rule], clause)]
    pictures = [Difference(kind="changed", rule="policy", field="logos", old=old.logos, new=new.logos)]
    return (*(pictures if old.logos != new.logos else ()), *removed, *added, *changed)


def _clause(raw: dict[str, Any], number: int, name: str, rules: Mapping[str, Rule], from_: date) -> Clause:
    label = raw["rule"] if isinstance(raw.get("rule"), str) and raw["rule"] else f"clause {number}"
    try:
        read = msgspec.convert(raw, _Clause)
    except msgspec.ValidationError as error:
        raise _error(name, label, _reason(error)) from error
    check = read.check or read.rule
    if check not in rules:
        near = difflib.get_close_matches(check, rules, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(rules)}"
        raise _error(name, label, f"there is no rule {check!r}; {hint}")
    _check_languages(read.text, name, label, "text")
    _check_languages(read.remedy, name, label, "remedy")
    unknown = sorted({*(read.types or ()), *read.except_types} - TYPES)
    if unknown:
        raise _error(name, label, f"there is no account type {unknown[0]!r}; known: {', '.join(sorted(TYPES))}")
    try:
        parameters = msgspec.convert(read.parameters, rules[check].parameters)
    except msgspec.ValidationError as error:
        raise _error(name, label, f"parameters: {_reason(error)}") from error
    fields = msgspec.structs.asdict(read) | {"check": check, "parameters": parameters, "since": read.since or from_}
    return Clause(**fields)


def _check_languages(texts: Mapping[str, str], name: str, clause: str, field: str) -> None:
    for language in LANGUAGES:
        if not texts.get(language, "").strip():
            raise _error(name, clause, f"{field}.{language} is missing")
    special = {f"{platform}_{language}" for platform in Platform for language in LANGUAGES}
    allowed = {*LANGUAGES, *(special if field == "remedy" else ())}
    unknown = sorted(texts.keys() - allowed)
    if unknown:
        raise _error(name, clause, f"{field}.{unknown[0]} is no language of this file")


def _error(name: str, clause: str, reason: str) -> PolicyError:
    return PolicyError(" ".join(f"{name}: {clause}: {reason}".split()))


def _reason(error: Exception) -> str:
    """The reason in a file's own terms: `$.words[0]` becomes `words[0]`."""
    return re.sub(r" - at `\$\.?([^`]*)`", lambda found: f" ({found[1]})" if found[1] else "", str(error))


def _cell(clause: Clause, platform: Platform, sources: Sequence[SourceGives]) -> str:
    rule, wanted = RULES[clause.check], wanted_facts(clause)
    free = rule.asks and not rule.asks(clause.parameters)
    if free or (clause.platforms is not None and platform not in clause.platforms):
        return "n/a"
    if not rule.needs and not rule.optional:
        return "register"
    needs = rule.needs - {"outcome"}
    if not wanted:
        return "+".join(source.name for source in sources[:1]) or "-"
    seen, used = frozenset[str](), []
    for source in sources:
        if wanted & source.gives - seen:
            seen |= source.gives
            used.append(source.name)
    if wanted <= seen:
        return "+".join(used)
    hinted = seen.union(*(source.hints for source in sources))
    if not needs <= hinted:
        return "-"
    return f"~{'+'.join(used or [source.name for source in sources if needs & source.hints])}"


def _changed(old: Clause, new: Clause) -> Iterator[Difference]:
    before, after = _flat(old), _flat(new)
    for field in (*before, *(name for name in after if name not in before)):
        if before.get(field) != after.get(field):
            yield Difference(
                kind="changed", rule=new.rule, field=field, old=_shown(before.get(field)), new=_shown(after.get(field))
            )


def _flat(clause: Clause) -> dict[str, Any]:
    """The fields of a clause, those of its tables one by one: `parameters.number`, `text.nl`."""
    flat: dict[str, Any] = {}
    for field, value in msgspec.to_builtins(clause).items():
        flat.update(
            {f"{field}.{key}": part for key, part in value.items()} if isinstance(value, dict) else {field: value}
        )
    return flat


def _shown(value: Any) -> str | None:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else None if value is None else str(value)
