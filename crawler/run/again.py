"""A finished run taken out of the store again: its reports can be written anew without asking anybody anything."""

from __future__ import annotations

from adapters.model import Platform
from crawler.run.finish import Done, diff_of
from crawler.run.job import Job, World
from crawler.store.values import RunRow


class ResumeError(ValueError):
    """A run cannot be gone on with; one line with the cure."""


def again(job: Job, world: World) -> Done | None:
    """With `--resume`: the finished run of this register, when none is unfinished; `None` when there is work to do."""
    runs = world.store.runs
    if not job.resume or runs.unfinished(job.register_digest, job.kind) is not None:
        return None
    last = runs.latest_for(job.register_digest, job.kind)
    if last is None or last.state != "finished":
        return None
    same_policy(job, last)
    return stored(world, last.run_id)


def same_policy(job: Job, run: RunRow) -> None:
    """ResumeError when a run was made under another policy than the one that is asked for now."""
    if run.policy_sha256 != job.policy.sha256:
        raise ResumeError(
            f"run {run.run_id} was made under policy {run.policy_id} as it then was ({run.policy_sha256[:12]}…); "
            "leave --resume out to audit anew"
        )


def stored(world: World, run_id: str) -> Done | None:
    """A finished run by its id."""
    run = world.store.runs.record(run_id)
    if run is None:
        return None
    results = world.store.results.of(run_id)
    blind = frozenset(Platform(name) for name, count in run.platforms.items() if count.blind)
    return Done(run=run, results=results, diff=diff_of(world, run.kind, run_id, results, blind))
