from __future__ import annotations

from tests.audits.logo.bench.report import report
from tests.audits.logo.bench.tables import by_kind, by_size, confusion, contains, curves, own_distance, table, times
from tests.audits.logo.bench.test_judged import judged


def rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]


def line(text: str, *starts: str) -> list[str]:
    return next(row for row in rows(text) if tuple(row[: len(starts)]) == starts)


def test_a_table_is_markdown():
    assert table(("a", "b"), [(1, "x")]) == "| a | b |\n| --- | --- |\n| 1 | x |"


def test_the_confusion_table_counts_truth_by_verdict():
    found = [
        judged("genuine", "approved"),
        judged("genuine", "approved", reasons=("near_limit",)),
        judged("genuine", "different"),
        judged("with logo", "contains"),
    ]

    assert line(confusion(found), "genuine") == ["genuine", "3", "2", "0", "0", "1", "0", "1"]
    assert line(confusion(found), "with logo") == ["with logo", "1", "0", "0", "1", "0", "0", "0"]
    assert line(confusion(found), "other") == ["other", "0", "0", "0", "0", "0", "0", "0"]


def test_errors_are_counted_by_size_and_what_is_too_small_apart():
    found = [
        judged("genuine", "unreadable", size=73, reasons=("too_small",)),
        judged("genuine", "different", size=88),
        judged("altered", "approved", size=150),
    ]

    assert line(by_size(found), "73-88", "genuine") == ["73-88", "genuine", "2", "1", "refused 1", "0"]
    assert line(by_size(found), ">= 100", "altered") == [">= 100", "altered", "1", "0", "accepted 1", "0"]


def test_each_alteration_tells_what_was_accepted_and_how_often_the_reason_is_right():
    found = [
        judged("altered", "altered", kind="mirror", expected=("mirrored",), reasons=("mirrored",)),
        judged("altered", "altered", kind="mirror", expected=("mirrored",), reasons=("covered", "grey")),
        judged("altered", "approved", kind="mirror", expected=("mirrored",), size=48),
        judged("altered", "different", kind="emblem_missing"),
    ]

    assert line(by_kind(found), "mirror") == ["mirror", "3", "1 (1)", "50 %", "covered+grey 1"]
    assert line(by_kind(found), "emblem_missing") == ["emblem_missing", "1", "0", "", ""]


def test_finds_in_photos_are_counted_by_width_and_ground():
    found = [
        judged("with logo", "contains", seen="bare", box=(0, 0, 50, 50), found=(0, 0, 50, 50)),
        judged("with logo", "different", seen="bare", box=(0, 0, 63, 63)),
        judged("with logo", "contains", seen="strip", box=(0, 0, 200, 200), found=(0, 0, 200, 100)),
    ]

    assert line(contains(found), "48-63") == ["48-63", "1/2", "", "1/2", "1.00"]
    assert line(contains(found), ">= 160") == [">= 160", "", "1/1", "1/1", "0.50"]


def test_times_are_told_by_verdict_and_by_stage():
    found = [
        judged("genuine", "approved", cpu=4.0, stages={"decode": 1.0}),
        judged("other", "different", cpu=8.0, stages={"decode": 3.0, "contains": 5.0}),
    ]

    assert line(times(found), "any verdict") == ["any verdict", "2", "6.0", "7.8", "8.0"]
    assert line(times(found), "approved")[1:3] == ["1", "4.0"]
    assert line(times(found), "stage: contains")[1:3] == ["1", "5.0"]


def test_curves_compare_the_method_with_each_hash():
    bits = {"genuine": 10.0, "other": 40.0, "altered": 8.0}
    found = [
        judged(truth, verdict, distance=distance, hashes={"phash": bits[truth]}, hash_cpu={"phash": 0.2})
        for truth, verdict, distance in (
            ("genuine", "approved", 0.4),
            ("other", "different", 5.0),
            ("altered", "altered", 1.6),
        )
    ]

    assert line(curves(found), "full method")[1:] == ["1.0000", "1.000", "1.000", "1.000"] * 2 + ["1.00"]
    assert line(curves(found), "phash")[1:] == ["1.0000", *["1.000"] * 3, "0.0000", *["0.000"] * 3, "0.20"]


def test_there_are_no_curves_without_pictures_on_both_sides():
    assert curves([judged("genuine", "approved", distance=0.1)]) == ""


def test_what_is_not_approved_lies_beyond_the_limit_and_what_has_no_distance_beyond_all():
    assert own_distance(judged("genuine", "approved", distance=0.9)) == 0.9
    assert own_distance(judged("altered", "altered", distance=0.5)) > 1
    assert own_distance(judged("altered", "altered", distance=7.0)) == 7
    assert own_distance(judged("other", "different")) == float("inf")


def test_what_is_left_open_keeps_its_distance():
    small = judged("genuine", "unreadable", size=48, distance=0.5, reasons=("too_small",))

    assert own_distance(small) == 0.5


def test_the_report_names_each_error_with_what_draws_it_again_and_says_which_figures_are_missed():
    text = report([judged("altered", "approved", kind="hue", seed=5, distance=0.25), judged("genuine", "approved")])

    assert "- accepted: `--only hue:5` (flame emblem, 200 px, distance 0.25, approved)" in text
    assert line(text, "altered accepted, >= 100 px")[1:] == ["100.00", "<= 0.2", "1/1", "MISSED"]
    assert line(text, "genuine refused, >= 100 px")[1:] == ["0.00", "<= 0.1", "0/1", ""]


def test_a_report_of_many_errors_names_some_and_counts_the_rest():
    text = report([judged("genuine", "different") for _ in range(100)])

    assert text.count("- refused:") == 60
    assert "- and 40 more" in text
