"""`logos`: the approved pictures, and what the image check says of a file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from adapters.model import Platform
from audits.logo.approved import ApprovedSet, Entry, load
from audits.logo.decode import Unreadable, decode
from audits.logo.limits import LIMITS, kept, to_json
from audits.logo.manifest import BAD, FRAMES, MANIFEST, SHAPES, add_entry, file_names
from audits.logo.scope import within_scope
from audits.logo.vector import Undrawable
from audits.logo.verify import look_alikes, verify
from audits.model import LogoVerdict
from audits.report.visible import visible
from crawler import resources
from crawler.cli import COMPLETE, Verbs, logos_page, setting
from crawler.cli.terminal import say
from crawler.drawing import drawn
from crawler.run.folder import put

SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser("logos", help="add, list and check logos")
    does = own.add_subparsers(metavar="WHAT", required=True)
    _add_add(does.add_parser("add", parents=[shared], help="approve a picture (PNG, JPEG, WebP or SVG)"))
    show = does.add_parser("list", parents=[shared], help="the approved pictures")
    show.add_argument("--logos", type=Path, metavar="DIR", help="default: the settings', else the stand-ins")
    show.add_argument("--json", action="store_true", help="one JSON object a line")
    show.set_defaults(run=run_list)
    again = does.add_parser("calibrate", parents=[shared], help="measure the limits of pictures that have none")
    again.add_argument("--logos", type=Path, required=True, metavar="DIR")
    again.set_defaults(run=run_calibrate)
    check = does.add_parser("check", parents=[shared], help="judge image files")
    check.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    check.add_argument("--logos", type=Path, metavar="DIR", help="default: the settings', else the stand-ins")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    check.add_argument("--html", type=Path, metavar="FILE", help="also a page with the pictures to see why")
    check.add_argument("--lang", choices=["nl", "en"], default="nl", help="of that page")
    check.set_defaults(run=run_check)


def _add_add(more: argparse.ArgumentParser) -> None:
    more.add_argument("file", type=Path, metavar="FILE")
    more.add_argument("--name", required=True, metavar="N")
    more.add_argument("--logos", type=Path, required=True, metavar="DIR", help="made when it does not exist")
    more.add_argument("--shape", choices=SHAPES, default="full")
    more.add_argument("--frame", choices=FRAMES, default="round", help="square: its corners must be its own too")
    more.add_argument("--from", type=date.fromisoformat, metavar="DATE", dest="valid_from", help="its first day")
    more.add_argument("--to", type=date.fromisoformat, metavar="DATE", dest="valid_to", help="its last day")
    more.add_argument("--platform", action="append", choices=[str(name) for name in Platform], metavar="P")
    more.add_argument("--type", action="append", metavar="T", help="type of account, as in the register")
    more.add_argument("--bad", choices=BAD, help="no approved picture, but one to be named when it is seen")
    more.add_argument("--source", metavar="TEXT", help="where an administrator gets the right picture")
    more.set_defaults(run=run_add)


def _approved(args: argparse.Namespace) -> ApprovedSet:
    named = setting.settings_of(args).logos
    return resources.approved_logos(args.logos or (Path(named) if named else None))


def run_add(args: argparse.Namespace) -> int:
    """Enter the picture in logos.toml and put it beside it; nothing is written when anything is wrong."""
    folder: Path = args.logos
    fresh, target = _files(args)
    manifest = folder / MANIFEST
    old = resources.read(manifest, "list of logos") if manifest.exists() else None
    new = add_entry(old, args.name, args.shape, target, **_keys(args))
    present = resources.logo_files(folder, [*file_names(new), *fresh, LIMITS])
    for name in fresh:
        if present.get(name, fresh[name]) != fresh[name]:
            raise setting.UsageError(f"{folder / name}: is there already and is another picture; take another --name")
    approved = load(new, present | fresh, present.get(LIMITS, b""))
    alike = look_alikes(approved)
    _write(folder, fresh | _limits(approved) | {MANIFEST: new})
    for one, other in alike:
        say(f"warning: {one} and {other} can hardly be told apart")
    print(f"{args.name}: {'known to be wrong' if args.bad else 'approved'}, {len(_all(approved))} in {folder}")
    return COMPLETE


def _keys(args: argparse.Namespace) -> dict[str, Any]:
    """The keys of an entry that may be left out."""
    return {
        "frame": args.frame if args.frame != FRAMES[0] else None,
        "valid_from": args.valid_from,
        "valid_to": args.valid_to,
        "platforms": args.platform,
        "types": args.type,
        "bad": args.bad,
        "source": args.source,
    }


def _files(args: argparse.Namespace) -> tuple[dict[str, bytes], str]:
    """What to put in the folder, and which of it is the picture: of an SVG also its PNG, which is what is compared."""
    data = resources.picture(args.file)
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            png = f"{args.name}.png"
            return {f"{args.name}.svg": data, png: drawn(data)}, png
        kind = decode(data).format
    except (Unreadable, Undrawable) as refusal:
        raise setting.UsageError(f"{args.file}: cannot be read ({refusal})") from refusal
    if kind not in SUFFIXES:
        raise setting.UsageError(f"{args.file}: {kind} is not taken; give PNG, JPEG, WebP or SVG")
    name = f"{args.name}{SUFFIXES[kind]}"
    return {name: data}, name


def _limits(approved: ApprovedSet) -> dict[str, bytes]:
    """The file of the limits of these pictures; those that are not known yet are measured, in seconds."""
    return {LIMITS: to_json({entry.key: entry.limits or kept(entry.calibrated) for entry in approved.entries})}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Each file whole or not at all, the last one last."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            put(folder / name, data)
    except OSError as error:
        raise setting.UsageError(f"--logos {folder}: cannot be written ({error.strerror})") from error


def _all(approved: ApprovedSet) -> tuple[Entry, ...]:
    return (*approved.entries, *approved.banners)


def run_calibrate(args: argparse.Namespace) -> int:
    """Limits for what was entered in logos.toml by hand, and for all when the program has learnt to look otherwise."""
    approved = resources.approved_logos(args.logos)
    missing = [entry.name for entry in approved.entries if entry.limits is None]
    _write(args.logos, _limits(approved))
    print(f"{', '.join(missing)}: measured" if missing else "nothing to measure: all limits are kept")
    return COMPLETE


def run_list(args: argparse.Namespace) -> int:
    """Each picture with what logos.toml says of it."""
    for entry in _all(_approved(args)):
        print(msgspec.json.encode(_told(entry)).decode() if args.json else "  ".join(_words(entry)))
    return COMPLETE


def _told(entry: Entry) -> dict[str, Any]:
    scope = msgspec.to_builtins(entry.scope)
    own = {"name": entry.name, "file": entry.file, "shape": entry.shape, "frame": entry.frame}
    return {**own, **scope, "bad": entry.bad, "source": entry.source}


def _words(entry: Entry) -> Iterator[str]:
    scope = entry.scope
    yield from (entry.name, entry.shape, entry.frame)
    if entry.bad:
        yield f"known to be wrong: {entry.bad}"
    if scope.valid_from:
        yield f"from {scope.valid_from}"
    if scope.valid_to:
        yield f"to {scope.valid_to}"
    if scope.platforms:
        yield f"on {', '.join(scope.platforms)}"
    if scope.types:
        yield f"for {', '.join(scope.types)}"
    if entry.source:
        yield f"({entry.source})"


def run_check(args: argparse.Namespace) -> int:
    """One verdict for each file, as it counts today; for whom a picture is approved is not looked at."""
    approved, today = _approved(args), setting.clock_of(args).today()
    if not approved.entries:
        raise setting.UsageError(
            "this set has banners only: no profile photo can be held against it; logos add another"
        )
    pictures = [(path, resources.picture(path)) for path in args.images]
    files = []
    for path, data in pictures:
        verdict = within_scope(verify(data, approved), approved, None, today)
        print(_json(path, verdict) if args.json else _plain(path, verdict))
        if args.html is not None:
            files.append(logos_page.checked(str(path), data, verdict, approved))
    if args.html is not None:
        logos_page.write(args.html, files, approved, args.lang)
        say(str(args.html))
    return COMPLETE


def _json(path: Path, verdict: LogoVerdict) -> str:
    return msgspec.json.encode({"file": _name(path), **msgspec.to_builtins(verdict)}).decode()


def _plain(path: Path, verdict: LogoVerdict) -> str:
    why = f" ({', '.join(verdict.reasons)})" if verdict.reasons else ""
    near = f", nearest {verdict.variant} at {verdict.distance}" if verdict.variant else ""
    return f"{visible(_name(path))}: {verdict.verdict}{why}{near}"


def _name(path: Path) -> str:
    """The path as text, also where its bytes are none."""
    return os.fsencode(path).decode(errors="replace")
