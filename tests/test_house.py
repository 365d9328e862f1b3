"""The house: who may import whom, how long things may be, and what may not stand in the repository."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.architecture import (
    ROOMS,
    call_complaints,
    functions,
    import_complaints,
    size_complaints,
    undocumented,
)

ROOT = Path(__file__).parents[1]
STANDARD = frozenset(sys.stdlib_module_names)
FOLDERS = {*ROOMS, "tests", "docs", ".ci"}
FILES = {
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile"),
    *("pyproject.toml", "publiccode.yml", ".gitignore", ".gitattributes", ".editorconfig"),
}
IGNORED = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git"}
# Each pattern is written so that it does not match itself.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.])/(?:root|Users|opt/(?!pyenv)|work|home)/\w",
    "the host of a package index": r"\bpypi\.org|files\.pythonhosted[.]org|--(?:extra-)?index[-]url",
    "something left to do": r"\b(?:TO[D]O|FIXM[E]|XX[X])\b|NotImplemented[E]rror",
    "a test that does not run": r"pytest[.]skip\b|pytest\.mark\.(?:skip|xfail)|importor[s]kip",
    "how the work was organised": r"\b[Ii]ssue #?\d|\bPART [A-G]\b",
}


def kept(folder: Path) -> Iterator[Path]:
    """Every file that belongs to the repository, without what .gitignore names."""
    for path in sorted(folder.iterdir()):
        if any(path.match(pattern) for pattern in IGNORED):
            continue
        if path.is_dir():
            yield from kept(path)
        else:
            yield path


REPOSITORY = list(kept(ROOT))
CODE = [path for path in REPOSITORY if path.suffix == ".py"]
MODULES = [path for path in CODE if path.relative_to(ROOT).parts[0] in ROOMS]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def complaints(check: Callable[[Path], Iterable[str]], room: str) -> list[str]:
    paths = [path for path in CODE if path.relative_to(ROOT).parts[0] == room]
    assert paths
    return [complaint for path in paths for complaint in check(path)]


def import_check(path: Path) -> Iterable[str]:
    is_package = path.name == "__init__.py"
    return import_complaints(dotted(path), path.read_text(), STANDARD, is_package=is_package)


def forbidden(text: str) -> list[str]:
    return [reason for reason, pattern in FORBIDDEN.items() if re.search(pattern, text)]


@pytest.mark.parametrize("room", ROOMS)
def test_modules_import_only_what_their_room_allows(room):
    assert complaints(import_check, room) == []


@pytest.mark.parametrize("room", ROOMS)
def test_pure_modules_read_no_clock_disk_or_terminal(room):
    assert complaints(lambda path: call_complaints(dotted(path), path.read_text()), room) == []


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_functions_and_files_stay_within_the_bar(room):
    assert complaints(lambda path: size_complaints(dotted(path), path.read_text()), room) == []


@pytest.mark.parametrize("room", ROOMS)
def test_public_names_are_documented(room):
    assert complaints(lambda path: undocumented(dotted(path), path.read_text()), room) == []


def test_most_functions_fit_half_a_screen():
    lengths = [length for path in MODULES for _, _, length in functions(path.read_text())]
    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[-1] <= 25


def test_nothing_forbidden_stands_in_the_repository():
    texts = [path for path in REPOSITORY if path.suffix not in {".png", ".jpg", ".webp", ".gif", ".ico", ".bin"}]
    found = {place(path): forbidden(path.read_text(encoding="utf-8", errors="replace")) for path in texts}
    assert {name: reasons for name, reasons in found.items() if reasons} == {}


def test_the_top_level_holds_only_what_it_should():
    top = {path.relative_to(ROOT).parts[0] for path in REPOSITORY}
    assert top <= FOLDERS | FILES
    assert {"adapters", "audits", "crawler", "fixtures", "tests", "pyproject.toml", "LICENSE", "README.md"} <= top


WRONG_IMPORTS = [
    ("adapters.x.page", "import asyncio"),
    ("adapters.x.page", "from pathlib import Path"),
    ("adapters.x.page", "import random"),
    ("adapters.x.page", "from urllib.request import urlopen"),
    ("adapters.x.page", "from adapters.instagram import ADAPTER"),
    ("adapters.x.page", "from audits.model import Facts"),
    ("adapters.threads", "from adapters import ADAPTERS"),
    ("adapters.threads", "def late():\n    import aiohttp"),
    ("adapters.page", "from adapters.meta import graph_error"),
    ("audits.engine", "from adapters.x import ADAPTER"),
    ("audits.engine", "from crawler.store import Store"),
    ("audits.engine", "from ..crawler import store"),
    ("audits.engine", "from PIL import Image"),
    ("audits.engine", "import socket"),
    ("audits.rules.bio", "from audits.policy import Policy"),
    ("audits.rules.bio", "from audits import engine"),
    ("audits.logo.hashes", "import sqlalchemy"),
    ("audits.logo.hashes", "import jinja2"),
    ("audits.report.html", "import PIL.Image"),
    ("crawler.net.fetch", "from crawler.store import Store"),
    ("crawler.net.fetch", "from aiohttp import web"),
    ("crawler.store.runs", "from crawler.net.fetch import Fetcher"),
    ("crawler.store.runs", "import aiohttp"),
    ("crawler.run.job", "import sqlalchemy"),
    ("crawler.run.job", "from crawler.cli import main"),
    ("crawler.collect", "from crawler.run import run"),
    ("crawler.collect", "from crawler.store import Store"),
    ("crawler.mail", "from crawler.run import run"),
    ("crawler.config", "from crawler.net import fetch"),
    ("crawler.run.job", "from fixtures.simulator import serve"),
    ("crawler.cli.audit", "import playwright"),
    ("crawler.web.pages", "from aiohttp import ClientSession"),
    ("fixtures.simulator.truth", "from audits.engine import assess"),
    ("fixtures.simulator.truth", "from audits.rules import RULES"),
    ("fixtures.simulator.app", "import aiohttp"),
    ("fixtures.simulator.app", "from crawler.config import Settings"),
    ("fixtures.logos.emblem", "from audits.logo import verify"),
    ("fixtures.register.rows", "from PIL import Image"),
]
RIGHT_IMPORTS = [
    ("adapters.x.page", "from adapters.page import find_json\nfrom .api import read\nimport re"),
    ("adapters.x.page", "from urllib.parse import urlsplit"),
    ("adapters.instagram.api", "from adapters.meta import graph_error\nimport msgspec"),
    ("adapters", "from adapters.x import ADAPTER"),
    ("audits.engine", "from adapters.model import Outcome\nfrom audits.rules import RULES"),
    ("audits.rules.bio", "from audits.rules.registry import rule\nfrom audits.text import words"),
    ("audits.logo.hashes", "import imagehash\nfrom PIL import Image\nfrom io import BytesIO"),
    ("crawler.net.fetch", "import aiohttp\nimport socket\nfrom crawler.config import Settings"),
    ("crawler.store.runs", "import sqlalchemy as sa\nfrom pathlib import Path"),
    ("crawler.run.job", "from crawler.store import Store\nfrom crawler.collect import collect"),
    ("crawler.cli.demo", "from fixtures.simulator import serve\nfrom crawler.run import run"),
    ("fixtures.simulator.app", "from aiohttp import web\nimport random"),
]


@pytest.mark.parametrize(("module", "source"), WRONG_IMPORTS)
def test_a_wrong_import_is_reported(module, source):
    assert len(list(import_complaints(module, source, STANDARD))) == 1


@pytest.mark.parametrize(("module", "source"), RIGHT_IMPORTS)
def test_a_right_import_is_not_reported(module, source):
    is_package = module == "adapters"
    assert list(import_complaints(module, source, STANDARD, is_package=is_package)) == []


@pytest.mark.parametrize(
    "call", ["open('f')", "io.open('f')", "print(1)", "date.today()", "datetime.now(UTC)", "p.read_text()"]
)
def test_a_worldly_call_is_reported_in_a_pure_room_only(call):
    assert len(list(call_complaints("audits.facts", call))) == 1
    assert list(call_complaints("crawler.clock", call)) == []


@pytest.mark.parametrize("call", ["Image.open(BytesIO(data))", "facts.today", "opened(1)", "'now'.upper()"])
def test_a_harmless_call_is_not_reported(call):
    assert list(call_complaints("audits.logo.pixels", call)) == []


def test_what_is_too_long_or_says_nothing_is_reported():
    long_function = "def long():\n" + "    x = 1\n" * 40
    assert list(size_complaints("audits.engine", long_function)) == ["audits.engine:1 long has 41 lines, more than 40"]
    assert list(size_complaints("audits.engine", "x = 1\n\n" * 251)) != []
    assert list(size_complaints("audits.utils", "")) != []
    assert list(size_complaints("audits.engine", "x = 1\n\n" * 250)) == []


def test_a_missing_docstring_is_reported():
    source = '"""Words."""\nclass A:\n    """Words."""\n    def b(self): ...\n    def _c(self): ...\n'
    assert list(undocumented("audits.engine", source)) == ["audits.engine:4 b has no docstring"]


@pytest.mark.parametrize(
    "text",
    [
        "see /ro" + "ot/x",
        "py" + "pi.org",
        "# TO" + "DO later",
        "@pytest.mark." + "skip",
        "raise NotImplemented" + "Error",
    ],
)
def test_forbidden_text_is_reported(text):
    assert len(forbidden(text)) == 1


@pytest.mark.parametrize("text", ["https://x.com/home/latest", "the root of /tmp", "a to-do list", "issue a warning"])
def test_innocent_text_is_not_reported(text):
    assert forbidden(text) == []
