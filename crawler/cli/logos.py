"""`logos`: the approved pictures, and what the image check says of a file."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import msgspec

from audits.logo.approved import ApprovedSet, add_entry, load
from audits.logo.verify import look_alikes, verify
from audits.model import LogoVerdict
from crawler import resources
from crawler.cli import COMPLETE, Verbs, logos_page, setting
from crawler.cli.terminal import say


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("logos", help="add, list and check logos")
    does = own.add_subparsers(metavar="WHAT", required=True)
    more = does.add_parser("add", parents=[shared], help="approve a picture (PNG, JPEG or WebP)")
    more.add_argument("file", type=Path, metavar="FILE")
    more.add_argument("--name", required=True, metavar="N")
    more.add_argument("--logos", type=Path, required=True, metavar="DIR", help="made when it does not exist")
    more.add_argument("--shape", choices=["emblem", "wordmark", "full"], default="full")
    more.set_defaults(run=run_add)
    show = does.add_parser("list", parents=[shared], help="the approved pictures")
    show.add_argument("--logos", type=Path, metavar="DIR", help="default: the settings', else the stand-ins")
    show.set_defaults(run=run_list)
    check = does.add_parser("check", parents=[shared], help="judge image files")
    check.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    check.add_argument("--logos", type=Path, metavar="DIR", help="default: the settings', else the stand-ins")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    check.add_argument("--html", type=Path, metavar="FILE", help="also a page with the pictures to see why")
    check.add_argument("--lang", choices=["nl", "en"], default="nl", help="of that page")
    check.set_defaults(run=run_check)


def _approved(args: argparse.Namespace) -> ApprovedSet:
    named = setting.settings_of(args).logos
    return resources.approved_logos(args.logos or (Path(named) if named else None))


def run_add(args: argparse.Namespace) -> int:
    """Copy the picture into the folder and enter it in logos.toml."""
    data = resources.read(args.file, "picture")
    args.logos.mkdir(parents=True, exist_ok=True)
    manifest = args.logos / resources.MANIFEST
    old = manifest.read_bytes() if manifest.exists() else None
    target = f"{args.name}{args.file.suffix.lower()}"
    pictures = {one.name: one.read_bytes() for one in args.logos.iterdir() if one.is_file() and one != manifest}
    new = add_entry(old, args.name, args.shape, target)
    approved = load(new, pictures | {target: data})
    shutil.copyfile(args.file, args.logos / target)
    manifest.write_bytes(new)
    for one, other in look_alikes(approved):
        say(f"warning: {one} and {other} can hardly be told apart")
    print(f"{args.name}: approved, {len(approved.entries)} in {args.logos}")
    return COMPLETE


def run_list(args: argparse.Namespace) -> int:
    """Name and shape of each approved picture."""
    for entry in _approved(args).entries:
        print(f"{entry.name}  {entry.shape}")
    return COMPLETE


def run_check(args: argparse.Namespace) -> int:
    """One verdict for each file."""
    approved, files = _approved(args), []
    for path in args.images:
        data = resources.read(path, "picture")
        verdict = verify(data, approved)
        print(_json(path, verdict) if args.json else _plain(path, verdict))
        if args.html is not None:
            files.append(logos_page.checked(str(path), data, verdict, approved))
    if args.html is not None:
        logos_page.write(args.html, files, approved, args.lang)
        say(str(args.html))
    return COMPLETE


def _json(path: Path, verdict: LogoVerdict) -> str:
    return msgspec.json.encode({"file": str(path), **msgspec.to_builtins(verdict)}).decode()


def _plain(path: Path, verdict: LogoVerdict) -> str:
    why = f" ({', '.join(verdict.reasons)})" if verdict.reasons else ""
    near = f", nearest {verdict.variant} at {verdict.distance}" if verdict.variant else ""
    return f"{path}: {verdict.verdict}{why}{near}"
