from crawler.cli.compare import compare

TRUTH = {"account_id": "1", "platform": "x", "handle": "POL_Zwolle", "status": "non_compliant", "fails": ["a", "b"]}


def result(status="non_compliant", fails=("a", "b"), waived=()):
    rules = [*fails, *waived]
    findings = [
        {"rule": rule, "verdict": "fail", "waived": {"reason": "x"} if rule in waived else None} for rule in rules
    ]
    findings.append({"rule": "c", "verdict": "pass", "waived": None})
    return {"account_id": "1", "status": status, "findings": findings}


def test_an_equal_judgement_is_no_difference():
    assert compare([TRUTH], [result(fails=("b", "a"))]) == []


def test_what_is_waived_does_not_count_as_failing():
    assert compare([TRUTH], [result(waived=("d",))]) == []


def test_another_status_or_another_rule_is_told_with_the_account():
    for wrong in (result(status="review"), result(fails=("a",)), result(fails=("a", "b", "d"))):
        assert "x:POL_Zwolle" in compare([TRUTH], [wrong])[0]


def test_an_account_without_a_result_is_told():
    assert "not in the results" in compare([TRUTH], [])[0]
