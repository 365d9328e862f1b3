"""`simulate`: the platform simulator alone, until it is terminated."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
from pathlib import Path

import msgspec

from crawler import resources
from crawler.cli import COMPLETE, Verbs, setting
from fixtures.simulator import Faults, World, parse_faults, population, register_csv, serve, settings_toml, truth_lines

DEMO_POLICY = "voorbeeld-2024"


def add(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """The command line."""
    own = verbs.add_parser(
        "simulate", parents=[shared], conflict_handler="resolve", help="serve simulated platforms on this machine"
    )
    own.add_argument("--settings", type=Path, metavar="FILE", help="write settings with which audit and scan use it")
    own.add_argument("--accounts", type=int, default=2500, metavar="N", help="how many accounts (default 2500)")
    own.add_argument("--seed", type=int, default=1, metavar="S", help="another seed is another population")
    own.add_argument("--port", type=_port, default=0, metavar="P", help="0 takes a free port")
    own.add_argument("--latency", type=float, default=0.0, metavar="MS", help="milliseconds before each answer")
    own.add_argument("--faults", type=_faults, default=parse_faults(""), metavar="SPEC", help="e.g. 429=0.01,dead=x")
    own.add_argument("--truth", type=Path, metavar="FILE", help="write what a perfect first audit would say")
    own.add_argument("--register", type=Path, metavar="FILE", help="write the register of the accounts (CSV)")
    own.add_argument("--log", type=Path, metavar="FILE", help="write one line for every request answered")
    own.add_argument("--permissions", choices=["official", "open", "recorded"], default="recorded")
    own.set_defaults(run=run)


def _faults(text: str) -> Faults:
    try:
        return parse_faults(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port between 0 and 65535")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    if args.accounts < 1:
        raise setting.UsageError(f"--accounts {args.accounts}: at least one")
    asyncio.run(_serve(args))
    return COMPLETE


async def _serve(args: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    world = population(args.accounts, args.seed)
    with contextlib.ExitStack() as files:
        log = files.enter_context(args.log.open("w", encoding="utf-8")) if args.log else None
        server = await serve(
            world,
            port=args.port,
            latency_ms=args.latency,
            faults=args.faults,
            log=log,
            permissions=args.permissions,
        )
        try:
            _write(args, world, server.address)
            print(f"ready {server.address}", flush=True)
            await stopped.wait()
        finally:
            await server.close()


def _write(args: argparse.Namespace, world: World, address: str) -> None:
    """The files that were asked for, all before the line that says ready."""
    if args.truth:
        lines = (msgspec.json.encode(line) + b"\n" for line in truth_lines(world, args.permissions))
        args.truth.write_bytes(b"".join(lines))
    if args.register:
        args.register.write_bytes(register_csv(world))
    if args.settings:
        policy, _ = resources.policy(DEMO_POLICY)
        text = settings_toml(world, address, args.permissions, str(resources.stand_ins()), policy.id, policy.sha256)
        args.settings.write_text(text, encoding="utf-8")
