"""The second half of a run: gate, judge, store the results, record the run. No network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from adapters.model import SEEN, Observation, Outcome, Platform, Source, Value
from audits import history
from audits.identity import Identity
from audits.merging import merge
from audits.model import Account, Result, Verdict
from audits.report.model import CanaryResult, Diff, RegisterMark, Run
from crawler.net.doors import Refusal
from crawler.run.counts import coverage, platform_count, tally
from crawler.run.gate import Read, Trust, trust
from crawler.run.gives import gives, promised
from crawler.run.job import CODE_VERSION, Job, World
from crawler.run.judge import Judge
from crawler.run.pictures import Verdicts
from crawler.run.plan import by_platform, permitted_sources, remarks
from crawler.store.values import Sighting

STANDING = frozenset({Verdict.FAIL, Verdict.REVIEW})
# The outcomes that say something is wrong with the account itself.
EARNED = frozenset({Outcome.NOT_FOUND, Outcome.SUSPENDED, Outcome.MOVED, Outcome.NOT_ELIGIBLE})


class Seen(Value, frozen=True, kw_only=True):
    """What the first half of a run leaves besides the store: times, canaries, requests sent per platform and source.

    `closed` are the sources that refused in the course of it. Of a `resumed` run, all this is of its last part.
    """

    run_id: str
    started: str
    seconds: float
    canaries: tuple[CanaryResult, ...]
    sent: Mapping[tuple[Platform, str], int]
    closed: Mapping[tuple[Platform, str], Refusal] = {}
    resumed: bool = False


class Done(Value, frozen=True, kw_only=True):
    """A finished run: its record, its results in the order of the register, and what changed."""

    run: Run
    results: tuple[Result, ...]
    diff: Diff


Sightings = dict[str, Sighting]
Sources = Mapping[Platform, tuple[Source, ...]]


def finish(job: Job, world: World, seen: Seen, verdicts: Verdicts) -> Done:
    """Judge what was stored and store the judgement; calling it twice for one run changes nothing."""
    today = world.clock.today()
    sources = {name: permitted_sources(world.settings, adapter, today) for name, adapter in world.adapters.items()}
    sightings = _sightings(job, world, seen.run_id)
    trusts = {
        platform: _trust(job, platform, [sightings[account.account_id] for account in accounts], seen, sources)
        for platform, accounts in by_platform(job.accounts).items()
    }
    sightings = _withdraw(world, seen.run_id, sightings, trusts)
    bench = Judge(policy=job.policy, sources=sources, approved=world.approved, verdicts=verdicts, today=today)
    results = _judge(job, world, seen.run_id, sightings, trusts, bench)
    results, diff = _baseline(job, world, seen.run_id, results, trusts)
    run = _record(job, world, seen, results, sightings, trusts, sources)
    world.store.runs.finish(seen.run_id, run, run.finished_at)
    return Done(run=run, results=results, diff=diff)


def _sightings(job: Job, world: World, run_id: str) -> Sightings:
    """What was stored of each account; one that no adapter could ask has an observation that says so."""
    stored = {sighting.account_id: sighting for sighting in world.store.observations.of(run_id)}
    now = world.clock.text()
    return {account.account_id: stored.get(account.account_id) or _unasked(account, now) for account in job.accounts}


def _unasked(account: Account, now: str) -> Sighting:
    return Sighting(
        account_id=account.account_id,
        platform=account.platform,
        handle=account.handle,
        outcome=Outcome.NOT_PERMITTED,
        observations=(),
        observed_at=now,
    )


def _trust(job: Job, platform: Platform, sightings: Sequence[Sighting], seen: Seen, sources: Sources) -> Trust:
    if platform not in sources:
        return Trust(blind=True, reason=f"no adapter for {platform}: its accounts cannot be read yet")
    own = gives(sources.get(platform, ()))
    reads = [
        Read(profile=profile, promised=promised(sighting.observations, own))
        for sighting in sightings
        if (profile := merge(sighting.observations, frozenset(), own).profile) is not None
    ]
    canaries = [canary for canary in seen.canaries if canary.platform is platform]
    return trust(coverage(sightings), job.min_coverage, canaries, reads)


def _withdraw(world: World, run_id: str, sightings: Sightings, trusts: Mapping[Platform, Trust]) -> Sightings:
    """What accuses an account of being gone is earned between good canaries only; else it is taken back, for good."""
    changed = {
        key: msgspec.structs.replace(
            sighting, outcome=Outcome.AMBIGUOUS, observations=tuple(_doubted(one) for one in sighting.observations)
        )
        for key, sighting in sightings.items()
        if sighting.outcome in EARNED and trusts[sighting.platform].untrusted
    }
    if changed:
        world.store.observations.add(run_id, tuple(changed.values()))
    return sightings | changed


def _doubted(observation: Observation) -> Observation:
    if observation.outcome not in EARNED:
        return observation
    return msgspec.structs.replace(observation, outcome=Outcome.AMBIGUOUS, reason="canary_wrong")


def _judge(
    job: Job, world: World, run_id: str, sightings: Sightings, trusts: Mapping[Platform, Trust], bench: Judge
) -> tuple[Result, ...]:
    handles = {account.account_id: account.handle for account in job.accounts}
    # What was not seen tonight continues no streak, and a clause asks for no more nights than it says.
    asked = [key for key, sighting in sightings.items() if sighting.outcome in SEEN]
    most = max(getattr(clause.parameters, "observations", 1) for clause in job.policy.clauses)
    streaks = world.store.observations.streaks(asked, before_run=run_id, handles=handles, most=most)

    def judged(account: Account) -> Result:
        sighting = sightings[account.account_id]
        outcome, runs = streaks.get(account.account_id, (None, 0))
        before = runs if outcome == sighting.outcome else 0
        return bench.result(account, sighting, seen_before=before, trust=trusts[account.platform])

    return tuple(judged(account) for account in job.accounts)


def _baseline(
    job: Job, world: World, run_id: str, results: tuple[Result, ...], trusts: Mapping[Platform, Trust]
) -> tuple[tuple[Result, ...], Diff]:
    """Move the baseline (audits only) and put on each standing finding since when it stands."""
    store = world.store
    blind = frozenset(platform for platform, verdict in trusts.items() if verdict.blind)
    if job.kind == "audit":
        store.findings.advance(run_id, world.clock.text(), results, blind, whole=job.whole)
    standing = {key: interval.first_seen for key, interval in store.findings.open().items()}
    dated = tuple(_dated(result, standing) for result in results)
    store.results.save(run_id, dated)
    return dated, diff_of(world, job.kind, run_id, dated, blind)


def _dated(result: Result, standing: Mapping[tuple[str, str], str]) -> Result:
    findings = tuple(
        msgspec.structs.replace(finding, first_seen=standing.get((result.account_id, finding.rule)))
        if finding.verdict in STANDING
        else finding
        for finding in result.findings
    )
    return msgspec.structs.replace(result, findings=findings)


def diff_of(world: World, kind: str, run_id: str, results: tuple[Result, ...], blind: frozenset[Platform]) -> Diff:
    """This run against what the audits before it last said of the same accounts; a scan is not compared."""
    previous = world.store.runs.latest(before=run_id)
    if kind == "scan" or previous is None:
        return Diff(run_id=run_id) if kind == "scan" else history.changes(run_id, None, (), results, blind)
    before = world.store.results.last(run_id)
    present = {result.account_id for result in results}
    if kind != "audit":
        return history.changes(run_id, previous.run_id, before, results, blind, present)
    return history.changes(
        run_id, previous.run_id, before, results, blind, world.store.results.accounts(previous.run_id)
    )


def _why(refusal: Refusal) -> str:
    return f"{refusal.outcome}: {refusal.reason}"


def _record(
    job: Job,
    world: World,
    seen: Seen,
    results: Sequence[Result],
    sightings: Sightings,
    trusts: Mapping[Platform, Trust],
    sources: Sources,
) -> Run:
    conflicts = sum(bool(account.conflicts) for account in job.accounts)
    return Run(
        run_id=seen.run_id,
        kind=job.kind,
        started_at=seen.started,
        finished_at=world.clock.text(),
        policy=job.mark,
        register=RegisterMark(sha256=job.register_digest, accounts=len(job.accounts), conflicts=conflicts),
        code_version=CODE_VERSION,
        permissions={str(platform): tuple(source.name for source in own) for platform, own in sources.items()},
        platforms={
            str(platform): platform_count(
                [result for result in results if result.platform is platform],
                [sightings[account.account_id] for account in accounts],
                trusts[platform],
                {name: count for (where, name), count in seen.sent.items() if where is platform},
                {name: _why(refusal) for (where, name), refusal in seen.closed.items() if where is platform},
            )
            for platform, accounts in by_platform(job.accounts).items()
        },
        canaries=seen.canaries,
        statuses=tally(str(result.status) for result in results),
        requests=sum(seen.sent.values()),
        seconds=seen.seconds,
        resumed=seen.resumed,
        complete=all(verdict.complete for verdict in trusts.values()),
        problems=tuple(f"{platform}: {v.reason}" for platform, v in sorted(trusts.items()) if v.reason),
        remarks=remarks(world.settings, world.adapters, world.clock.today()),
        unconfirmed=sum(result.identity == Identity.UNCONFIRMED for result in results),
    )
