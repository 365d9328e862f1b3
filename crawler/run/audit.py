"""A run over many accounts or one: plan, observe, gate, judge, store. What it reports is stored before it says so."""

from __future__ import annotations

import asyncio

import msgspec

from crawler.net.fetch import Fetcher
from crawler.run.finish import Done, Seen, finish
from crawler.run.job import CODE_VERSION, Job, World
from crawler.run.observe import PlatformRun
from crawler.run.pictures import Pictures
from crawler.run.plan import by_platform


class ResumeError(ValueError):
    """An unfinished run cannot be gone on with; one line with the cure."""


async def audit(job: Job, world: World) -> Done:
    """One whole run. A cancelled run stays unfinished in the store and can be resumed."""
    run_id, started = _begin(job, world)
    began = asyncio.get_running_loop().time()
    done = world.store.observations.done(run_id)
    todo = by_platform([account for account in job.accounts if account.account_id not in done])
    async with Fetcher(world.settings, world.adapters, CODE_VERSION) as fetcher:
        pictures = Pictures(world.store, fetcher, world.approved, world.clock)
        parts = {
            platform: PlatformRun(job, world, run_id, world.adapters[platform], fetcher, pictures)
            for platform in todo
            if platform in world.adapters
        }
        await asyncio.gather(*(parts[platform].observe(todo[platform]) for platform in parts))
        sent = dict(fetcher.sent)
    canaries = tuple(canary for part in parts.values() for canary in part.canaries)
    seconds = asyncio.get_running_loop().time() - began
    seen = Seen(run_id=run_id, started=started, seconds=round(seconds, 3), canaries=canaries, sent=sent)
    return await asyncio.to_thread(finish, job, world, seen, pictures.verdicts)


def _begin(job: Job, world: World) -> tuple[str, str]:
    """The run to fill: the unfinished one when it is to be resumed, else a new one."""
    runs, now = world.store.runs, world.clock.text()
    unfinished = runs.unfinished(job.register_digest) if job.kind == "audit" else None
    if unfinished is not None and job.resume:
        if unfinished.policy_sha256 != job.policy.sha256:
            raise ResumeError(
                f"run {unfinished.run_id} was started under policy {unfinished.policy_id} as it then was; "
                "audit without --resume to start anew"
            )
        return unfinished.run_id, unfinished.started_at
    if unfinished is not None:
        runs.abandon(unfinished.run_id, now)
    kept = msgspec.json.encode({"policy": job.policy_text}).decode()
    return runs.start(job.kind, job.register_digest, job.policy.id, job.policy.sha256, kept, now), now
