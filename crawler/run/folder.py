"""The folder of a run: every report written from what is stored, so that it can be written again at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from adapters.model import Profile
from audits.merging import merge
from audits.model import Account
from audits.report import csv_file, html, json_files, jsonl, xlsx_file
from audits.report.model import Night
from audits.report.texts import Language, Texts
from crawler.run import album
from crawler.run.finish import Done
from crawler.run.job import Job, World
from crawler.store.values import Sighting

# The files of a run folder. The mark is the last: where it stands, all the others do.
MARK = "run.json"
NAMES = ("results.jsonl", "non-compliant.csv", "non-compliant.xlsx", "report.html", "diff.json", MARK)
# What the reports show of a profile besides its findings.
SHOWN = frozenset({"display_name"})


def night(job: Job, world: World, done: Done) -> Night:
    """All that the reports need, gathered from the store."""
    sightings = {one.account_id: one for one in world.store.observations.of(done.run.run_id)}
    accounts = {account.account_id: account for account in job.accounts}
    contents = {key: one.image_sha256 for key, one in sightings.items() if one.image_sha256}
    pictures = album.album(world.store.images, world.approved, contents, done.results)
    return Night(
        run=done.run,
        results=done.results,
        accounts=accounts,
        profiles=_profiles(sightings),
        policy=job.policy,
        diff=done.diff,
        pictures=pictures.photos,
        closeups=pictures.closeups,
        approved=album.in_reports(world.approved),
        origins=album.origins(world.approved),
        profile_urls=_addresses(world, job.accounts),
    )


def _profiles(sightings: Mapping[str, Sighting]) -> dict[str, Profile]:
    merged = {key: merge(one.observations, SHOWN, ()).profile for key, one in sightings.items()}
    return {key: profile for key, profile in merged.items() if profile is not None}


def _addresses(world: World, accounts: Sequence[Account]) -> dict[str, str]:
    return {
        account.account_id: world.adapters[account.platform].profile_url(account.handle)
        for account in accounts
        if account.platform in world.adapters
    }


def write(folder: Path, evening: Night, texts: Texts, lang: Language = "nl") -> None:
    """Write all files of a run; each appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents(evening, texts, lang).items():
        put(folder / name, data)


def contents(evening: Night, texts: Texts, lang: Language) -> dict[str, bytes]:
    """The files of a run folder by name."""
    return {
        "results.jsonl": jsonl.results_jsonl(evening.results),
        "non-compliant.csv": csv_file.non_compliant_csv(evening, texts, lang),
        "non-compliant.xlsx": xlsx_file.non_compliant_xlsx(evening, texts, lang),
        "report.html": html.report_html(evening, texts, lang),
        "diff.json": json_files.diff_json(evening.diff),
        MARK: json_files.run_json(evening.run),
    }


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; an OSError names the file."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
