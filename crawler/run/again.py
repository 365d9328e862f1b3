"""A finished run taken out of the store again: its reports can be written anew without asking anybody anything."""

from __future__ import annotations

from adapters.model import Platform
from crawler.run.finish import Done, diff_of
from crawler.run.job import Job, World


def again(job: Job, world: World) -> Done | None:
    """With `--resume`: the finished run of this register, when none is unfinished; `None` when there is work to do."""
    runs = world.store.runs
    if not job.resume or runs.unfinished(job.register_digest) is not None:
        return None
    last = runs.latest_for(job.register_digest)
    return stored(world, last.run_id) if last is not None and last.state == "finished" else None


def stored(world: World, run_id: str) -> Done | None:
    """A finished run by its id."""
    run = world.store.runs.record(run_id)
    if run is None:
        return None
    results = world.store.results.of(run_id)
    blind = frozenset(Platform(name) for name, count in run.platforms.items() if count.blind)
    return Done(run=run, results=results, diff=diff_of(world, run_id, results, blind))
