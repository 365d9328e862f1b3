"""One platform's part of a run: canaries, then the accounts batch by batch, each stored before the next is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from adapters.model import Adapter, Observation, Profile, Source
from audits.facts import stranger
from audits.merging import merge
from audits.model import Account
from audits.report.model import CanaryResult
from crawler.collect import Carrier, collect
from crawler.run.canary import ask_canaries
from crawler.run.gives import gives
from crawler.run.job import Job, World
from crawler.run.judge import Judge
from crawler.run.pictures import Photo, Pictures
from crawler.run.plan import permitted_sources, targets, wanted
from crawler.store.values import Sighting

# What says whose profile it is; kept whatever the policy needs.
IDENTITY = frozenset({"handle", "platform_id"})
# Also what a kill costs at most: the accounts of a batch under way are asked again.
BATCH = 100


class PlatformRun:
    """One platform in one run; `canaries` fills as they are asked."""

    def __init__(
        self, job: Job, world: World, run_id: str, adapter: Adapter, carrier: Carrier, pictures: Pictures
    ) -> None:
        self._job, self._world, self._run_id = job, world, run_id
        self._adapter, self._carrier, self._pictures = adapter, carrier, pictures
        self._today = world.clock.today()
        self._sources: tuple[Source, ...] = permitted_sources(world.settings, adapter, self._today)
        self._judge = Judge(
            policy=job.policy,
            sources={adapter.platform: self._sources},
            approved=world.approved,
            verdicts=pictures.verdicts,
            today=self._today,
        )
        self.canaries: list[CanaryResult] = []

    async def observe(self, accounts: Sequence[Account]) -> None:
        """Observe and store all of these accounts between two rounds of canaries; the second always takes place."""
        if accounts:
            await self._ask_canaries("before")
        # Accounts with a stable id first: they are asked by id, the others by name, and no question mixes the two.
        ordered = sorted(accounts, key=lambda account: account.platform_id is None)
        for start in range(0, len(ordered), BATCH):
            await self._batch(ordered[start : start + BATCH])
        await self._ask_canaries("after")

    async def _ask_canaries(self, when: str) -> None:
        canaries = self._world.settings.of(self._adapter.platform).canary
        job = self._job
        fields = wanted(job.policy, job.drafts, self._adapter.platform, None, self._today)
        if canaries and self._sources:
            self.canaries += await ask_canaries(self._adapter, self._sources, canaries, fields, self._carrier, when)

    async def _batch(self, accounts: Sequence[Account]) -> None:
        goals = targets(accounts, self._job.policy, self._today, self._job.drafts)
        seen = await collect(self._adapter, self._sources, goals, self._carrier)
        needed = {goal.key: goal.wanted for goal in goals}
        sightings = await asyncio.gather(
            *(self._sighting(account, seen[account.account_id], needed[account.account_id]) for account in accounts)
        )
        await asyncio.to_thread(self._world.store.observations.add, self._run_id, sightings)

    async def _sighting(
        self, account: Account, observations: tuple[Observation, ...], needed: frozenset[str]
    ) -> Sighting:
        merged = merge(observations, needed, gives(self._sources))
        # A stranger under the account's name is no business of ours: his picture is not fetched, his profile not kept.
        foreign = stranger(account, merged.profile)
        kept = IDENTITY if foreign else IDENTITY | needed
        avatar, banner = await self._looked_at(merged.profile, kept)
        sighting = Sighting(
            account_id=account.account_id,
            platform=account.platform,
            handle=account.handle,
            outcome=merged.outcome,
            observations=tuple(_trimmed(one, kept) for one in observations),
            observed_at=self._world.clock.text(),
            image_sha256=avatar.sha256,
            image_gap=avatar.gap,
            banner_sha256=banner.sha256,
            banner_gap=banner.gap,
        )
        self._world.watch.watch(account.platform, self._judge.result(account, sighting).status, merged.outcome)
        return sighting

    async def _looked_at(self, profile: Profile | None, kept: frozenset[str]) -> tuple[Photo, Photo]:
        """Avatar and banner of a profile, each only where its address is among the fields that are kept."""
        return await asyncio.gather(
            self._pictures.avatar(self._adapter, profile if "avatar_url" in kept else None),
            self._pictures.banner(self._adapter, profile if "banner_url" in kept else None),
        )


def _trimmed(observation: Observation, kept: frozenset[str]) -> Observation:
    """An observation with only these fields of its profile."""
    profile = observation.profile
    if profile is None:
        return observation
    values = {name: getattr(profile, name) for name in kept}
    return msgspec.structs.replace(observation, profile=Profile(alt_ids=profile.alt_ids, **values))
