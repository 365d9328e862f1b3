"""From what was stored to findings. Judging comes last, because only then it is known what could not be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from adapters.model import Platform, Source, Value
from audits import engine
from audits.facts import Look, facts
from audits.merging import merge
from audits.model import Account, Result
from audits.policy import Policy
from crawler.run.gate import Trust
from crawler.run.gives import gives
from crawler.run.pictures import Verdicts
from crawler.run.plan import targets
from crawler.store.values import Sighting


class Judge(Value, frozen=True, kw_only=True):
    """Judges stored sightings under one policy. `sources` are the permitted ones, `verdicts` those on pictures."""

    policy: Policy
    sources: Mapping[Platform, tuple[Source, ...]]
    verdicts: Verdicts
    today: date

    def result(
        self, account: Account, sighting: Sighting, *, seen_before: int = 0, trust: Trust | None = None
    ) -> Result:
        """The findings about one account. `seen_before` = earlier runs in a row that ended in the same outcome."""
        wanted = targets([account], self.policy, self.today)[0].wanted
        merged = merge(sighting.observations, wanted, gives(self.sources.get(account.platform, ())))
        found = facts(
            account,
            merged,
            logo=Look(verdict=self.verdicts.avatars.get(sighting.image_sha256 or ""), gap=sighting.image_gap),
            banner=Look(verdict=self.verdicts.banners.get(sighting.banner_sha256 or ""), gap=sighting.banner_gap),
            seen_before=seen_before,
            today=self.today,
            blind_fields=trust.fields if trust is not None else frozenset(),
        )
        asked = tuple(dict.fromkeys(observation.source for observation in sighting.observations))
        told = engine.result(found, self.policy, observed_at=sighting.observed_at, sources=asked)
        return msgspec.structs.replace(told, differing=merged.differing) if found.profile is merged.profile else told
