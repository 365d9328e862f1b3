"""A policy with approved pictures of its own."""

from __future__ import annotations

import shutil

import pytest

from audits.policy import load
from crawler import resources
from crawler.cli import main, setting
from crawler.config import Settings

TEXT = resources.policy("voorbeeld-2024")[1]


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "eigen.toml"
    own = TEXT.replace('id = "voorbeeld-2024"', 'id = "eigen"')
    path.write_text(f'logos = "logos van 2024"\n{own}', encoding="utf-8")
    return path


@pytest.fixture
def logos(policy, tmp_path):
    folder = tmp_path / "logos van 2024"
    shutil.copytree(str(resources.stand_ins()), folder)
    text = (folder / "logos.toml").read_text(encoding="utf-8")
    (folder / "logos.toml").write_text(text.replace('shape = "', 'valid_to = 2020-01-01\nshape = "'), encoding="utf-8")
    return folder


def test_the_folder_lies_where_the_policy_lies(policy, tmp_path):
    own = resources.policy(str(policy))[0]

    assert setting.logos_of(own, str(policy), Settings(logos="elsewhere/logos")) == str(tmp_path / "logos van 2024")


def test_of_a_policy_of_the_program_the_folder_lies_beside_that_of_the_settings(tmp_path):
    own = load(b'logos = "other"\n' + TEXT.encode(), "voorbeeld-2024")

    assert setting.logos_of(own, "voorbeeld-2024", Settings(logos=str(tmp_path / "logos"))) == str(tmp_path / "other")


def test_a_policy_without_leaves_it_to_the_settings():
    assert setting.logos_of(load(TEXT.encode(), "a"), "voorbeeld-2024", Settings(logos="logos")) is None


def test_checking_the_policy_says_what_it_found_or_that_it_is_missing(policy, logos, capsys):
    assert main(["policy", "check", str(policy)]) == 0
    assert f"its own logos: 4 in {logos}" in capsys.readouterr().out

    shutil.rmtree(logos)
    assert main(["policy", "check", str(policy)]) == 2
    assert "no readable logos.toml" in capsys.readouterr().err


def test_an_audit_holds_photos_against_the_pictures_of_its_policy(simulated, policy, logos, capsys):
    with simulated(accounts=40) as evening:
        evening.audit("--policy", policy)
        found = [
            finding["seen"]
            for key, result in evening.results.items()
            for finding in result["findings"]
            if finding["rule"] == "avatar-approved" and evening.truth[key]["logo"] == "approved"
        ]
        assert len(found) > 10
        assert all(seen.startswith("altered (old_logo: ") for seen in found)
        report = (evening.out / "report.html").read_bytes()

        again = evening.folder / "again"
        assert evening.run("report", "-f", "html", "-o", again) == 0
        assert (again / "report.html").read_bytes() == report

        asked = len(evening.asked)
        shutil.rmtree(logos)
        capsys.readouterr()
        assert evening.audit("--policy", policy) == 2
        assert "no readable logos.toml" in capsys.readouterr().err
        assert len(evening.asked) == asked
