"""A run over many accounts or one: plan, observe, gate, judge, store. What it reports is stored before it says so."""

from __future__ import annotations

import asyncio

import msgspec

from crawler.collect import Carrier
from crawler.net.fetch import Fetcher
from crawler.run.again import same_policy
from crawler.run.finish import Done, Seen, finish
from crawler.run.job import CODE_VERSION, Job, World
from crawler.run.observe import PlatformRun
from crawler.run.pictures import Pictures
from crawler.run.plan import by_platform


async def audit(job: Job, world: World) -> Done:
    """One whole run. A cancelled run stays unfinished in the store and can be resumed."""
    run_id, started = _begin(job, world)
    began = asyncio.get_running_loop().time()
    done = world.store.observations.done(run_id)
    todo = {
        platform: [account for account in accounts if account.account_id not in done]
        for platform, accounts in by_platform(job.accounts).items()
        if platform in world.adapters
    }
    world.watch.begin(sum(map(len, todo.values())))
    async with Fetcher(world.settings, world.adapters, CODE_VERSION) as fetcher:
        pictures = Pictures(world.store, fetcher, world.approved, world.clock)
        carrier = Carrier(fetcher, now=world.clock.text)
        parts = {
            platform: PlatformRun(job, world, run_id, world.adapters[platform], carrier, pictures) for platform in todo
        }
        # Also a platform with nothing left to do is asked for its canaries: what a killed run saw must be earned too.
        try:
            await asyncio.gather(*(parts[platform].observe(accounts) for platform, accounts in todo.items()))
        finally:
            await pictures.close()
        sent = dict(fetcher.sent)
    seen = Seen(
        run_id=run_id,
        started=started,
        seconds=round(asyncio.get_running_loop().time() - began, 3),
        canaries=tuple(canary for part in parts.values() for canary in part.canaries),
        sent=sent,
        closed=dict(carrier.doors.closed),
        resumed=bool(done),
    )
    return await asyncio.to_thread(finish, job, world, seen, pictures.verdicts)


def _begin(job: Job, world: World) -> tuple[str, str]:
    """The run to fill: the unfinished one when it is to be resumed, else a new one."""
    runs, now = world.store.runs, world.clock.text()
    unfinished = runs.unfinished(job.register_digest, job.kind) if job.kind != "scan" else None
    if unfinished is not None and job.resume:
        same_policy(job, unfinished)
        return unfinished.run_id, unfinished.started_at
    if unfinished is not None:
        runs.abandon(unfinished.run_id, now)
    world.store.registers.keep(job.accounts, job.register_digest)
    kept = msgspec.json.encode({"policy": job.policy_text, "logos": job.logos}).decode()
    return runs.start(job.kind, job.register_digest, job.policy.id, job.policy.sha256, kept, now), now
