"""The house rules as data and the checker that holds a module against them. Pure: source text in, complaints out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_FUNCTION = 40
LONGEST_FILE = 250
NAMELESS = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"})
ROOMS = ("adapters", "audits", "crawler", "fixtures")

PURE_STANDARD_LIBRARY = frozenset(
    {
        *("__future__", "base64", "bisect", "binascii", "calendar", "codecs", "collections", "colorsys", "contextlib"),
        *("csv", "dataclasses", "datetime", "decimal", "difflib", "enum", "fractions", "functools"),
        *("hashlib", "heapq", "html", "io", "ipaddress", "itertools", "json", "math"),
        *("operator", "re", "statistics", "string", "struct", "textwrap", "tomllib", "types", "typing"),
        *("unicodedata", "urllib.parse", "uuid", "warnings", "zipfile", "zlib", "zoneinfo"),
    }
)
# Calls that read the clock, the disk or the terminal, by name or as the last part of a dotted name.
WORLDLY_NAMES = frozenset({"open", "print", "input", "exec", "eval", "compile", "__import__"})
WORLDLY_METHODS = frozenset(
    {"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes", "urandom", "uuid1", "uuid4"}
)


class Room(NamedTuple):
    """What the modules under one name may import. `pure` = the standard library without I/O, no clock, no chance."""

    own: str
    libraries: str = "msgspec"
    never: str = ""
    pure: bool = False


PIXELS = "msgspec PIL imagehash numpy cv2 resvg_py defusedxml"
# Layers of the program: each imports only what stands here beside the adapters, the audits and itself.
LEAVES = "adapters audits crawler.config crawler.clock crawler.resources crawler.drawing"
BELOW_RUN = f"{LEAVES} crawler.collect crawler.net crawler.store crawler.mail crawler.evidence"
ABOVE_RUN = f"{BELOW_RUN} crawler.run crawler.night"

# By the first two parts of a module's name, else the first. A module may always import its own room.
HOUSE = {
    "adapters": Room("adapters", "msgspec selectolax lxml", pure=True),
    "adapters.model": Room("", pure=True),
    "adapters.page": Room("adapters.model", "msgspec selectolax lxml", pure=True),
    "adapters.meta": Room("adapters.model adapters.page", "msgspec selectolax lxml", pure=True),
    "adapters.PLATFORM": Room("adapters.model adapters.page adapters.meta", "msgspec selectolax lxml", pure=True),
    "audits": Room("adapters.model audits", pure=True),
    "audits.model": Room("adapters.model", pure=True),
    "audits.rules": Room("adapters.model audits.model audits.text audits.gazetteer", pure=True),
    "audits.logo": Room("adapters.model audits.model", PIXELS, pure=True),
    "audits.register": Room("adapters.model audits", "msgspec openpyxl xlsxwriter", pure=True),
    "audits.report": Room("adapters.model audits", "msgspec jinja2 markupsafe openpyxl xlsxwriter", pure=True),
    "crawler": Room(""),
    "crawler.OTHER": Room(LEAVES),
    "crawler.config": Room("adapters audits", "msgspec platformdirs"),
    "crawler.net": Room(LEAVES, "msgspec aiohttp tenacity playwright", never="aiohttp.web"),
    "crawler.store": Room(LEAVES, "msgspec sqlalchemy alembic"),
    "crawler.night": Room(f"{LEAVES} crawler.mail crawler.net.ping"),
    "crawler.collect": Room(f"{LEAVES} crawler.net"),
    "crawler.run": Room(BELOW_RUN),
    "crawler.queue": Room(ABOVE_RUN, "msgspec procrastinate"),
    "crawler.web": Room(ABOVE_RUN, "msgspec aiohttp.web aiohttp.typedefs jinja2"),
    "crawler.cli": Room(f"{ABOVE_RUN} crawler.web crawler.queue fixtures"),
    "crawler.__main__": Room("crawler.cli"),
    "fixtures": Room("adapters.model fixtures"),
    "fixtures.logos": Room("adapters.model", "msgspec PIL imagehash numpy"),
    "fixtures.simulator": Room("adapters.model fixtures", "msgspec aiohttp.web PIL imagehash numpy"),
}
# Which entry holds for what is not named above.
OTHERS = {"adapters": "adapters.PLATFORM", "crawler": "crawler.OTHER"}


def room_of(module: str) -> tuple[str, Room]:
    """The name and the room that hold for a module; any other module of `adapters` is a platform."""
    parts = module.split(".")
    name = ".".join(parts[:2])
    if len(parts) > 1 and name not in HOUSE and parts[0] in OTHERS:
        return name, HOUSE[OTHERS[parts[0]]]
    return (name, HOUSE[name]) if name in HOUSE else (parts[0], HOUSE[parts[0]])


def within(name: str, prefixes: Iterable[str]) -> bool:
    """Whether a dotted name is one of the prefixes or lies under one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def imported(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, also inside functions; `from a import b` counts as `a.b`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                start = ".".join([*above, *([module] if module else [])])
                yield from ((node.lineno, f"{start}.{alias.name}") for alias in names)


def import_complaints(module: str, source: str, standard: frozenset[str], *, is_package: bool = False) -> Iterator[str]:
    """What a module imports that its room does not allow. `standard` = the names of the standard library."""
    name, room = room_of(module)
    package = module if is_package else module.rpartition(".")[0]
    for line, target in imported(ast.parse(source), package):
        if within(target, ROOMS):
            allowed = within(target, [name, *room.own.split()])
        elif within(target, standard):
            allowed = not room.pure or within(target, PURE_STANDARD_LIBRARY)
        else:
            allowed = within(target, room.libraries.split()) and not within(target, room.never.split())
        if not allowed:
            yield f"{module}:{line} may not import {target} (room {name})"


def call_complaints(module: str, source: str) -> Iterator[str]:
    """Calls by which a pure module would touch the world: clock, disk, terminal."""
    if not room_of(module)[1].pure:
        return
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=called)) if called in WORLDLY_NAMES:
                yield f"{module}:{node.lineno} may not call {called}()"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="io" | "codecs" as home), attr="open")):
                yield f"{module}:{node.lineno} may not call {home}.open()"
            case ast.Call(func=ast.Attribute(attr=called)) if called in WORLDLY_METHODS:
                yield f"{module}:{node.lineno} may not call .{called}()"


def functions(source: str) -> Iterator[tuple[str, int, int]]:
    """Name, line and length in lines (without decorators) of each function, nested ones too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def size_complaints(module: str, source: str) -> Iterator[str]:
    """Functions and files beyond the bar, and module names that say nothing."""
    for name, line, length in functions(source):
        if length > LONGEST_FUNCTION:
            yield f"{module}:{line} {name} has {length} lines, more than {LONGEST_FUNCTION}"
    filled = sum(1 for line in source.splitlines() if line.strip())
    if filled > LONGEST_FILE:
        yield f"{module} has {filled} lines that are not blank, more than {LONGEST_FILE}"
    for part in module.split("."):
        if part in NAMELESS:
            yield f"{module}: a module named {part} says nothing"


def undocumented(module: str, source: str) -> Iterator[str]:
    """Public functions, classes and methods without a docstring, and a module with code but no words."""
    tree = ast.parse(source)
    if tree.body and ast.get_docstring(tree) is None:
        yield f"{module} has no docstring"
    yield from _undocumented_in(module, tree)


def _undocumented_in(module: str, scope: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in scope.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield f"{module}:{node.lineno} {node.name} has no docstring"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented_in(module, node)
