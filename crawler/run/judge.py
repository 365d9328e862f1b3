"""From what was stored to findings. Judging comes last, because only then it is known what could not be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from adapters.model import Platform, Source, Value
from audits import engine
from audits.facts import Look, facts
from audits.logo.approved import ApprovedSet
from audits.logo.scope import within_scope
from audits.merging import merge
from audits.model import Account, LogoVerdict, Result
from audits.policy import Policy
from crawler.run.gate import Trust
from crawler.run.gives import gives
from crawler.run.pictures import Verdicts
from crawler.run.plan import targets
from crawler.store.values import Sighting


class Judge(Value, frozen=True, kw_only=True):
    """Judges stored sightings under one policy. `sources` are the permitted ones, `verdicts` those on pictures.

    A verdict says which picture of the `approved` set was seen; whether that is one for this account is decided here.
    """

    policy: Policy
    sources: Mapping[Platform, tuple[Source, ...]]
    approved: ApprovedSet
    verdicts: Verdicts
    today: date

    def result(
        self, account: Account, sighting: Sighting, *, seen_before: int = 0, trust: Trust | None = None
    ) -> Result:
        """The findings about one account. `seen_before` = earlier runs in a row that ended in the same outcome."""
        wanted = targets([account], self.policy, self.today)[0].wanted
        merged = merge(sighting.observations, wanted, gives(self.sources.get(account.platform, ())))
        avatars, banners = self.verdicts.avatars, self.verdicts.banners
        found = facts(
            account,
            merged,
            logo=self._look(avatars.get(sighting.image_sha256 or ""), sighting.image_gap, account),
            banner=self._look(banners.get(sighting.banner_sha256 or ""), sighting.banner_gap, account),
            seen_before=seen_before,
            today=self.today,
            blind_fields=trust.fields if trust is not None else frozenset(),
        )
        asked = tuple(dict.fromkeys(observation.source for observation in sighting.observations))
        told = engine.result(found, self.policy, observed_at=sighting.observed_at, sources=asked)
        return msgspec.structs.replace(told, differing=merged.differing) if found.profile is merged.profile else told

    def _look(self, verdict: LogoVerdict | None, gap: str | None, account: Account) -> Look:
        """What is known of a picture: the verdict as it counts for this account today, or why there is none."""
        told = None if verdict is None else within_scope(verdict, self.approved, account, self.today)
        return Look(verdict=told, gap=gap)
