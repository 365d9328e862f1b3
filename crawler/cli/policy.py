"""`policy` and `rules`: what is demanded, whether it can be decided, and who adopted it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from adapters import ADAPTERS
from audits.policy import decidability, diff
from audits.rules import RULES
from crawler import resources
from crawler.cli import COMPLETE, Verbs, setting
from crawler.run.gives import gives
from crawler.run.plan import permitted_sources


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line of both verbs."""
    own = verbs.add_parser("policy", help="list, show, check, compare and adopt policies")
    does = own.add_subparsers(metavar="WHAT", required=True)
    does.add_parser("list", parents=[shared], help="the policies that come with the program").set_defaults(run=run_list)
    show = does.add_parser("show", parents=[shared], help="the clauses of a policy in words")
    show.add_argument("policy", metavar="ID|FILE")
    show.add_argument("--lang", choices=["nl", "en"], default="nl")
    show.set_defaults(run=run_show)
    check = does.add_parser("check", parents=[shared], help="validate, and print what can be decided and what cannot")
    check.add_argument("policy", nargs="?", metavar="ID|FILE")
    check.set_defaults(run=run_check)
    compare = does.add_parser("diff", parents=[shared], help="what another version changes")
    compare.add_argument("old", metavar="ID|FILE")
    compare.add_argument("new", metavar="ID|FILE")
    compare.set_defaults(run=run_diff)
    adopt = does.add_parser("adopt", parents=[shared], help="record who adopted this very file, and when")
    adopt.add_argument("policy", metavar="ID|FILE")
    adopt.add_argument("--by", required=True, metavar="NAME", help="who adopts it (name or role)")
    adopt.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="from which day (default: today)")
    adopt.set_defaults(run=run_adopt)
    _add_rules(verbs, shared)


def _add_rules(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    rules = verbs.add_parser("rules", help="list the rules and show one")
    does = rules.add_subparsers(metavar="WHAT", required=True)
    does.add_parser("list", parents=[shared], help="every rule in a line").set_defaults(run=run_rules)
    show = does.add_parser("show", parents=[shared], help="what a rule looks at and takes as parameters")
    show.add_argument("rule", metavar="ID")
    show.set_defaults(run=run_rule)


def run_list(args: argparse.Namespace) -> int:
    """Each policy with its number of clauses and whether it is adopted here."""
    settings = setting.settings_of(args)
    with setting.store_of(args, settings) as store:
        for name in resources.policy_ids():
            policy, _ = resources.policy(name)
            mark = setting.mark_of(policy, settings, store, setting.clock_of(args).today())
            state = f"adopted by {mark.adopted_by} on {mark.adopted_on}" if mark.adopted_by else "draft"
            print(f"{name}  {len(policy.clauses)} clauses  in force from {policy.in_force_from}  {state}")
    return COMPLETE


def run_show(args: argparse.Namespace) -> int:
    """The clauses in words."""
    policy, _ = resources.policy(args.policy)
    print(f"{policy.id}: {policy.title[args.lang]} ({policy.sha256})")
    for clause in policy.clauses:
        print(f"\n{clause.clause} [{clause.rule}] {clause.severity} ({clause.evidence})\n  {clause.text[args.lang]}")
        print(f"  -> {clause.remedy[args.lang]}\n  {clause.source}")
    return COMPLETE


def run_check(args: argparse.Namespace) -> int:
    """Clause x platform x permitted source: which source decides it, `-` where none does."""
    settings = setting.settings_of(args)
    today = setting.clock_of(args).today()
    reference = args.policy or settings.policy
    policy, _ = resources.policy(reference)
    logos = setting.logos_of(policy, reference, settings)
    pictures = resources.approved_logos(Path(logos)).entries if logos else ()
    sources = {name: gives(permitted_sources(settings, adapter, today)) for name, adapter in ADAPTERS.items()}
    print(f"{policy.id}: valid, {len(policy.clauses)} clauses, sha256 {policy.sha256}")
    if logos:
        print(f"its own logos: {len(pictures)} in {logos}")
    print(f"{'clause':<34}" + "".join(f"{platform:<16}" for platform in ADAPTERS))
    for row in decidability(policy, sources, today):
        cells = "".join(f"{row.cells[platform]:<16}" for platform in ADAPTERS)
        print(f"{row.clause + ' ' + row.rule:<34}{cells}".rstrip())
    print("api+page = these sources together decide it · ~ = only in part · - = no permitted source shows it")
    return COMPLETE


def run_diff(args: argparse.Namespace) -> int:
    """One line for each clause that differs."""
    old, _ = resources.policy(args.old)
    new, _ = resources.policy(args.new)
    rows = diff(old, new)
    if not rows:
        print(f"{args.old} and {args.new} demand the same")
    for row in rows:
        change = f" {row.field}: {row.old} -> {row.new}" if row.field else ""
        print(f"{row.kind} {row.rule}{change}")
    return COMPLETE


def run_adopt(args: argparse.Namespace) -> int:
    """Record the adoption of this file by its hash; another file, be it one letter, is another policy."""
    settings, clock = setting.settings_of(args), setting.clock_of(args)
    if not args.by.strip():
        raise setting.UsageError("--by: a person adopts a policy; give a name or a role")
    policy, _ = resources.policy(args.policy)
    on = (args.on or clock.today()).isoformat()
    with setting.store_of(args, settings) as store:
        store.adoptions.add(policy.id, policy.sha256, args.by, on, clock.text())
    print(f"{policy.id} ({policy.sha256[:12]}…) adopted by {args.by} on {on}")
    return COMPLETE


def run_rules(args: argparse.Namespace) -> int:  # noqa: ARG001 - every verb takes its arguments
    """Every rule with the first line of its docstring."""
    for rule in RULES.values():
        print(f"{rule.id:<24} {_first_line(rule.check.__doc__)}")
    return COMPLETE


def run_rule(args: argparse.Namespace) -> int:
    """What one rule needs and takes, and the clauses of the shipped policies that use it."""
    rule = RULES.get(args.rule)
    if rule is None:
        raise setting.UsageError(f"{args.rule}: no such rule; herkenbaar rules list shows all")
    print(f"{rule.id}: {rule.check.__doc__}")
    print(f"needs: {', '.join(sorted(rule.needs)) or '-'}; also looks at: {', '.join(sorted(rule.optional)) or '-'}")
    print(f"parameters: {', '.join(rule.parameters.__struct_fields__) or '-'}")
    for name in resources.policy_ids():
        for clause in resources.policy(name)[0].clauses:
            if clause.check == rule.id:
                print(f"{name} {clause.clause} [{clause.rule}] {clause.severity}: {clause.text['nl']}")
    return COMPLETE


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0] if text else ""
