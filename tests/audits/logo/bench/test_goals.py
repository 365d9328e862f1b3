from __future__ import annotations

from tests.audits.logo.bench.goals import goals, speeds
from tests.audits.logo.bench.test_judged import judged


def by_name(found):
    return {goal.name: goal for goal in goals(found)}


def test_one_refused_in_a_thousand_keeps_to_the_bound_and_two_do_not():
    kept = [judged("genuine", "approved") for _ in range(999)]
    refused = judged("genuine", "different")

    assert by_name([*kept, refused])["genuine refused, >= 100 px"].reached
    assert not by_name([*kept, refused, refused])["genuine refused, >= 100 px"].reached


def test_small_pictures_count_only_among_all_sizes():
    found = [judged("altered", "approved", size=48), judged("altered", "altered")]

    assert by_name(found)["altered accepted, >= 100 px"].of == 1
    assert by_name(found)["altered accepted, >= 100 px"].reached
    assert by_name(found)["altered accepted, all sizes"].value == 50


def test_a_logo_narrower_than_the_bound_need_not_be_found():
    narrow = judged("with logo", "different", box=(0, 0, 47, 20))
    wide = judged("with logo", "contains", box=(0, 0, 48, 20), found=(0, 0, 48, 20))
    goal = by_name([narrow, wide])["logo found in a photo, from 48 px width"]

    assert (goal.hits, goal.of, goal.reached) == (1, 1, True)


def test_an_altered_logo_in_a_photo_without_an_approved_one_is_no_find_but_a_contains_is():
    assert by_name([judged("without logo", "different")])["false finds in photos"].reached
    assert not by_name([judged("without logo", "contains")])["false finds in photos"].reached


def test_the_right_reasons_are_counted_by_kind_where_one_is_asked():
    told = judged("altered", "altered", kind="mirror", expected=("mirrored",), reasons=("mirrored",))
    mute = judged("altered", "different", kind="mirror", expected=("mirrored",))
    plain = judged("altered", "different", kind="emblem_missing")
    found = by_name([told, mute, plain])

    assert (found["right reason, mirror"].hits, found["right reason, mirror"].of) == (1, 2)
    assert "right reason, emblem_missing" not in found


def test_times_are_held_against_their_bounds():
    slow = {goal.name: goal.reached for goal in speeds([judged("genuine", "approved", cpu=6.0)])}

    assert slow == {"approved, median ms": False, "whole chain, 95 % under ms": True}
