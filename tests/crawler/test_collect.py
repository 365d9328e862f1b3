import msgspec
import pytest

from adapters import ADAPTERS
from adapters.model import (
    Observation,
    Outcome,
    Platform,
    Profile,
    Reading,
    Request,
    Response,
    Source,
    SourceKind,
    Subject,
)
from audits.merging import merge
from crawler.collect import Carrier, Target, collect, lacks
from crawler.net.doors import Doors
from crawler.net.fetch import Failed
from crawler.run.gives import gives
from tests.adapters.recorded import CASES

WANTED = frozenset({"bio", "links"})


def subject(name):
    return Subject(handle=name)


def source(name="api", gives=("bio",), hints=(), answers=None, batch=2, follow=None):
    """A source over a table: handle -> outcome or profile; `follow` handles are asked again by a further request."""
    answers, follow = answers or {}, follow or set()

    def request(step, subjects):
        return Request(platform=Platform.X, source=name, step=step, base="api", path="/", subjects=subjects)

    def ask(subjects):
        return tuple(request("first", subjects[i : i + batch]) for i in range(0, len(subjects), batch))

    def read(asked, response):
        late = tuple(s for s in asked.subjects if s.handle in follow and asked.step == "first")
        told = tuple(told_of(s) for s in asked.subjects if s not in late and s.handle in answers)
        return Reading(observations=told, requests=(request("second", late),) if late else ())

    def told_of(one):
        answer = answers[one.handle]
        profile = answer if isinstance(answer, Profile) else None
        outcome = Outcome.OK if profile else answer
        return Observation(subject=one, platform=Platform.X, source=name, outcome=outcome, profile=profile)

    return Source(
        platform=Platform.X,
        name=name,
        kind=SourceKind.OFFICIAL,
        batch=batch,
        gives=frozenset(gives),
        hints=frozenset(hints),
        ask=ask,
        read=read,
    )


class World:
    def __init__(self, failing=()):
        self.asked = []
        self.failing = failing

    async def ask(self, request):
        self.asked.append((request.source, request.step, tuple(s.handle for s in request.subjects)))
        if request.source in self.failing:
            return Failed(outcome=Outcome.TRANSPORT_ERROR, reason="dood")
        return Response(status=200, url="", body=b"")


async def observe(sources, names, world, wanted=WANTED):
    targets = [Target(key=name, subject=subject(name), wanted=wanted) for name in names]
    seen = await collect(ADAPTERS[Platform.X], sources, targets, Carrier(world))
    return {key: [(o.source, str(o.outcome)) for o in observations] for key, observations in seen.items()}


FULL = Profile(bio="112", links=())
PART = Profile(bio="112")


async def test_the_next_source_is_asked_only_for_what_lacks():
    api = source(answers={"a": FULL, "b": PART}, gives=("bio", "links"))
    page = source("page", gives=("bio", "links"), answers={"b": FULL})
    world = World()
    assert await observe([api, page], ["a", "b"], world) == {"a": [("api", "ok")], "b": [("api", "ok"), ("page", "ok")]}
    assert world.asked == [("api", "first", ("a", "b")), ("page", "first", ("b",))]


async def test_no_page_is_loaded_when_the_policy_needs_nothing_more():
    world = World()
    await observe([source(answers={"a": PART}), source("page")], ["a"], world, frozenset({"bio"}))
    assert [name for name, _, _ in world.asked] == ["api"]


async def test_a_field_of_which_the_source_shows_only_a_part_is_asked_of_the_next():
    world = World()
    api = source(answers={"a": FULL}, gives=("bio",), hints=("links",))
    await observe([api, source("page", gives=("links",), answers={"a": FULL})], ["a"], world)
    assert [name for name, _, _ in world.asked] == ["api", "page"]


@pytest.mark.parametrize("outcome", [Outcome.SUSPENDED, Outcome.NOT_FOUND])
async def test_what_the_platform_itself_settled_is_not_asked_again(outcome):
    world = World()
    seen = await observe([source(answers={"a": outcome}), source("page", gives=WANTED)], ["a"], world)
    assert seen == {"a": [("api", str(outcome))]}


@pytest.mark.parametrize("outcome", [Outcome.AMBIGUOUS, Outcome.DENIED, Outcome.LOGIN_WALL])
async def test_what_one_source_could_not_see_the_next_is_asked(outcome):
    world = World()
    page = source("page", answers={"a": FULL}, gives=WANTED)
    assert (await observe([source(answers={"a": outcome}), page], ["a"], world))["a"][-1] == ("page", "ok")


@pytest.mark.parametrize(
    ("outcome", "asked"), [(Outcome.LAYOUT_CHANGED, False), (Outcome.LOGIN_WALL, True), (Outcome.AMBIGUOUS, True)]
)
async def test_a_layout_that_the_reader_did_not_know_is_not_asked_for_again_through_a_browser(outcome, asked):
    world = World()
    rendered = msgspec.structs.replace(source("rendered", answers={"a": FULL}, gives=WANTED), rendered=True)
    await observe([source("page", answers={"a": outcome}, gives=WANTED), rendered], ["a"], world)
    assert (("rendered", "first", ("a",)) in world.asked) is asked


async def test_a_source_that_fails_says_why_for_each_of_its_subjects():
    seen = await observe([source(answers={"a": FULL})], ["a", "b"], World(failing=["api"]))
    assert seen == {"a": [("api", "transport_error")], "b": [("api", "transport_error")]}


async def test_a_subject_that_no_answer_speaks_of_is_ambiguous_never_missing():
    assert await observe([source(answers={"a": FULL})], ["b"], World()) == {"b": [("api", "ambiguous")]}


async def test_without_a_permitted_source_nothing_is_asked():
    world = World()
    assert await observe([], ["a"], world) == {"a": [("none", "not_permitted")]}
    assert world.asked == []


async def test_a_further_question_is_asked_and_its_answer_counts():
    world = World()
    api = source(answers={"a": PART, "b": PART}, follow={"b"})
    assert (await observe([api], ["a", "b"], world, frozenset({"bio"})))["b"] == [("api", "ok")]
    assert world.asked == [("api", "first", ("a", "b")), ("api", "second", ("b",))]


async def test_two_rows_about_one_account_are_asked_once():
    world = World()
    targets = [Target(key=key, subject=subject("a"), wanted=frozenset({"bio"})) for key in ("1", "2")]
    seen = await collect(ADAPTERS[Platform.X], [source(answers={"a": PART})], targets, Carrier(world))
    assert [len(seen[key]) for key in ("1", "2")] == [1, 1]
    assert world.asked == [("api", "first", ("a",))]


def test_nothing_lacks_when_all_that_is_wanted_was_observed_even_as_empty():
    seen = [
        Observation(
            subject=subject("a"),
            platform=Platform.X,
            source="api",
            outcome=Outcome.OK,
            profile=Profile(bio="", links=()),
        )
    ]
    assert not lacks(source(gives=WANTED), WANTED, seen)


async def test_a_source_that_refused_is_not_asked_again_in_the_run():
    world = World()
    carrier = Carrier(world, Doors({Outcome.DENIED: 1}))
    api = source(answers=dict.fromkeys("abcdef", Outcome.DENIED), batch=2)
    page = source("page", answers=dict.fromkeys("abcdef", FULL), gives=WANTED)
    for names in ("ab", "cd", "ef"):
        targets = [Target(key=name, subject=subject(name), wanted=WANTED) for name in names]
        seen = await collect(ADAPTERS[Platform.X], [api, page], targets, carrier)
        assert [str(seen[name][-1].outcome) for name in names] == ["ok", "ok"]
    assert [names for name, _, names in world.asked if name == "api"] == [("a", "b")]
    assert seen["e"][0].outcome is Outcome.DENIED
    assert (seen["e"][0].reason or "").startswith("source_closed")


async def test_each_observation_bears_the_time_at_which_it_was_made():
    moments = iter(["2026-11-24T01:00:00Z", "2026-11-24T01:00:05Z"])
    carrier = Carrier(World(), now=lambda: next(moments))
    api = source(answers={"a": PART}, gives=("bio",))
    page = source("page", answers={"a": FULL}, gives=("links",))
    targets = [Target(key="a", subject=subject("a"), wanted=WANTED)]
    seen = (await collect(ADAPTERS[Platform.X], [api, page], targets, carrier))["a"]
    assert [one.observed_at for one in seen] == ["2026-11-24T01:00:00Z", "2026-11-24T01:00:05Z"]


async def test_an_outcome_of_which_a_source_is_unsure_is_asked_of_the_next():
    world = World()
    api = msgspec.structs.replace(source(answers={"a": Outcome.NOT_FOUND}), unsure=frozenset({Outcome.NOT_FOUND}))
    page = source("page", answers={"a": Outcome.SUSPENDED}, gives=WANTED)
    assert (await observe([api, page], ["a"], world))["a"][-1] == ("page", "suspended")


async def test_a_source_that_shows_nothing_of_what_is_wanted_is_passed_over():
    world = World()
    page = source("page", answers={"a": FULL}, gives=WANTED)
    assert await observe([source(answers={"a": FULL}, gives=("verified",)), page], ["a"], world) == {
        "a": [("page", "ok")]
    }


async def test_when_no_source_shows_what_is_wanted_the_first_still_says_whether_the_account_is_there():
    world = World()
    api = source(answers={"a": PART}, gives=("verified",))
    assert await observe([api], ["a"], world, frozenset({"bio"})) == {"a": [("api", "ok")]}


class Channel:
    """YouTube, which answers with recorded answers in turn."""

    def __init__(self, *names):
        self.left = list(names)

    async def ask(self, request):
        name = f"youtube/{self.left.pop(0)}"
        return next(case for case in CASES if case.name == name).response


async def links_of(*names):
    target = Target(key="dam", subject=subject("politiedam"), wanted=frozenset({"bio", "links"}))
    youtube = ADAPTERS[Platform.YOUTUBE]
    return (await collect(youtube, (youtube.source("innertube"),), [target], Carrier(Channel(*names))))["dam"]


async def test_what_a_later_step_tells_of_an_account_stands_beside_what_the_earlier_one_told():
    seen = await links_of("innertube-handle-leads-to-id", "innertube-ok", "innertube-about")
    assert [(one.outcome, one.profile.display_name, one.profile.links is None) for one in seen] == [
        (Outcome.OK, "Politie Dam", True),
        (Outcome.OK, None, False),
    ]
    merged = merge(seen, frozenset({"bio", "links"}), ())
    assert merged.profile is not None
    assert (merged.profile.display_name, len(merged.profile.links or ())) == ("Politie Dam", 3)


async def test_a_later_step_that_fails_takes_nothing_away():
    seen = await links_of("innertube-handle-leads-to-id", "innertube-ok", "innertube-rate-limited")
    youtube = gives(ADAPTERS[Platform.YOUTUBE].sources)
    merged = merge(seen, frozenset({"bio", "links"}), youtube)
    assert (merged.outcome, merged.gaps) == (Outcome.OK, {"links": "rate_limited"})
    assert merged.profile is not None
    assert merged.profile.display_name == "Politie Dam"
