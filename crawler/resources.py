"""The files that come with the program or that the user points to: policies, texts, templates, logos."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from audits.gazetteer.own import OwnArea
from audits.gazetteer.own import read as read_areas
from audits.logo.approved import ApprovedSet, load
from audits.logo.decode import MAX_BYTES
from audits.logo.limits import LIMITS
from audits.logo.manifest import MANIFEST, file_names
from audits.policy import Policy, PolicyError
from audits.policy import load as load_policy
from audits.report.texts import TEMPLATES, Texts


class ResourceError(ValueError):
    """A file that is needed is not there or cannot be read; one line with the cure."""


def policy_ids() -> tuple[str, ...]:
    """The ids of the policies that come with the program."""
    found = (entry.name for entry in files("audits.policies").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def policy(reference: str) -> tuple[Policy, str]:
    """The policy called by its id or by the path of its file, and its text as it was read."""
    data = _policy_bytes(reference)
    return load_policy(data, reference), data.decode("utf-8")


def is_file(reference: str) -> bool:
    """Whether a policy is called by the path of its file."""
    path = Path(reference)
    return path.suffix == ".toml" or path.is_file()


def _policy_bytes(reference: str) -> bytes:
    if is_file(reference):
        return read(Path(reference), "policy")
    if reference not in policy_ids():
        raise PolicyError(f"{reference}: no such policy; known are {', '.join(policy_ids())}, or give a .toml file")
    return (files("audits.policies") / f"{reference}.toml").read_bytes()


def texts() -> Texts:
    """The words of the reports and their page, from the package."""
    folder = files("audits.report")
    words, pages = folder / "texts", folder / "templates"
    templates = {name: (pages / name).read_text(encoding="utf-8") for name in TEMPLATES}
    return Texts.parse((words / "nl.toml").read_bytes(), (words / "en.toml").read_bytes(), templates)


def approved_logos(folder: Path | None) -> ApprovedSet:
    """The approved pictures in a folder with `logos.toml`; without a folder the stand-ins of the program."""
    place: Path | Traversable = folder if folder is not None else stand_ins()
    try:
        manifest = (place / MANIFEST).read_bytes()
    except OSError as error:
        cure = f"herkenbaar logos add FILE --name N --logos {folder}"
        raise ResourceError(f"{folder}: no readable {MANIFEST} ({error.strerror}); make one with: {cure}") from error
    return load(manifest, logo_files(place, file_names(manifest)), logo_files(place, [LIMITS]).get(LIMITS, b""))


def logo_files(folder: Path | Traversable, names: Iterable[str]) -> dict[str, bytes]:
    """Those of these files that are in the folder; of one that is too large for a picture only the beginning."""
    found = {}
    for name in names:
        if (folder / name).is_file():
            found[name] = _beginning(folder / name)
    return found


def picture(path: Path) -> bytes:
    """The bytes of a user's picture, of one that is too large only the beginning; ResourceError when there are none."""
    if path.exists() and not path.is_file():
        raise ResourceError(f"{path}: this picture cannot be read (no file)")
    return _beginning(path)


def _beginning(path: Path | Traversable) -> bytes:
    try:
        with path.open("rb") as file:
            data: bytes = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ResourceError(f"{path}: this picture cannot be read ({error.strerror})") from error
    return data


def own_areas(file: str | None) -> tuple[OwnArea, ...]:
    """The names of areas that the settings add; GazetteerError when the file cannot be used."""
    return read_areas(read(Path(file), "file of areas"), file) if file else ()


def stand_ins() -> Traversable:
    """The folder of the stand-in emblem."""
    return files("fixtures.logos") / "approved"


def read(path: Path, what: str) -> bytes:
    """The bytes of a user's file; ResourceError with one line when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: this {what} cannot be read ({error.strerror})") from error
