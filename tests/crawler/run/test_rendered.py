"""Whole runs in which pages may be asked through a browser only."""

from __future__ import annotations

import re

import pytest

from adapters import ADAPTERS
from adapters.model import SourceKind
from crawler.cli.compare import compare
from crawler.net import chromium

# The platforms whose pages take a record.
CLOSED = [
    str(platform) for platform, adapter in ADAPTERS.items() if adapter.source("page").kind is SourceKind.FORBIDDEN_PAGE
]


def only_rendered(evening, *more):
    """The settings of an evening, with the records for pages turned into records for rendered ones."""
    path = evening.folder / "settings.toml"
    text = re.sub(r'(?m)^sources = \["page".*$', 'sources = ["rendered"]', path.read_text(encoding="utf-8"))
    path.write_text("\n".join([text, *more]), encoding="utf-8")


def test_one_account_is_read_through_a_browser_where_that_is_permitted(simulated, capsys):
    with simulated(accounts=30) as evening:
        only_rendered(evening)
        person = next(key for key, line in evening.truth.items() if line["platform"] == "instagram")
        evening.run("scan", person, "--register", evening.folder / "register.csv")
        asked = [line["path"] for line in evening.asked if line["host"] == "www.instagram.com"]
    handle = evening.truth[person]["handle"]
    assert f"/{handle}/" in asked
    assert handle in capsys.readouterr().out


@pytest.mark.slow
def test_a_night_of_rendered_pages_judges_as_a_night_of_pages(simulated):
    with simulated(accounts=40) as evening:
        only_rendered(evening)
        code = evening.audit()
    assert compare(evening.truth.values(), evening.results.values()) == []
    assert code == 0
    assert {name: evening.record["permissions"][name] for name in CLOSED} == {
        key: ["api", "rendered"] for key in CLOSED
    }
    # X's interface shows all that the policy needs: no page of it is loaded.
    assert "rendered" not in evening.record["platforms"]["x"]["sources"]
    assert evening.record["platforms"]["instagram"]["sources"]["rendered"]["requests"] >= 10


@pytest.mark.parametrize(
    ("settings", "remarks"),
    [
        ('[browser]\npath = "geen-browser"', [f"no browser: rendered pages of {', '.join(ADAPTERS)} are left out"]),
        ("[browser]\nenabled = false", []),
    ],
)
def test_a_run_without_a_browser_goes_on_and_says_so(simulated, settings, remarks, monkeypatch, capsys):
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    with simulated(accounts=20) as evening:
        only_rendered(evening, settings)
        evening.audit()
    assert {name: evening.record["permissions"][name] for name in CLOSED} == {key: ["api"] for key in CLOSED}
    assert [one.split(";")[0] for one in evening.record["remarks"]] == remarks
    assert set(evening.results) == set(evening.truth)
    assert "rendered" not in {source for result in evening.results.values() for source in result["sources"]}
    assert all(f"note: {remark}" in capsys.readouterr().out for remark in remarks)


def test_a_record_for_the_page_does_not_cover_the_rendered_page(simulated):
    with simulated(accounts=20) as evening:
        evening.audit()
    assert all("page" in evening.record["permissions"][name] for name in CLOSED)
    assert not any("rendered" in evening.record["permissions"][name] for name in CLOSED)
    assert evening.record["remarks"] == []
