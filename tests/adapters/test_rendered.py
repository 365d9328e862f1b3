from __future__ import annotations

import pytest

from adapters import ADAPTERS
from adapters.model import RENDERED, Platform, Reading, Request, Response, Source, SourceKind, Subject, in_browser

RENDERING = [adapter for adapter in ADAPTERS.values() if any(source.rendered for source in adapter.sources)]
SUBJECT = Subject(handle="POL_Zwolle", platform_id="12")


def test_every_platform_that_was_promised_one_has_a_rendered_source():
    assert {adapter.platform for adapter in RENDERING} >= {Platform.X, Platform.INSTAGRAM}


@pytest.mark.parametrize("adapter", RENDERING, ids=lambda adapter: adapter.platform)
def test_a_rendered_page_is_the_last_resort_and_gives_what_the_page_gives(adapter):
    last, page = adapter.sources[-1], adapter.source("page")
    assert (last.name, last.rendered) == (RENDERED, True)
    assert [source.name for source in adapter.sources if source.rendered] == [RENDERED]
    assert last.gives >= page.gives
    assert last.kind is page.kind
    assert last.batch == page.batch


@pytest.mark.parametrize("adapter", RENDERING, ids=lambda adapter: adapter.platform)
def test_a_rendered_page_is_asked_as_the_page_is_but_through_a_browser(adapter):
    plain, through = adapter.source("page").ask((SUBJECT,)), adapter.source(RENDERED).ask((SUBJECT,))
    assert [(one.base, one.path, one.subjects) for one in through] == [
        (one.base, one.path, one.subjects) for one in plain
    ]
    assert {(one.source, one.rendered) for one in through} == {(RENDERED, True)}
    assert {(one.source, one.rendered) for one in plain} == {("page", False)}


def test_only_x_waits_for_what_scripts_draw():
    assert ADAPTERS[Platform.X].source(RENDERED).ask((SUBJECT,))[0].drawn
    assert ADAPTERS[Platform.X].source(RENDERED).gives - ADAPTERS[Platform.X].source("page").gives == {"verified"}
    assert ADAPTERS[Platform.INSTAGRAM].source(RENDERED).ask((SUBJECT,))[0].drawn == ()


def test_what_the_reader_asks_further_goes_through_the_browser_too():
    question = Request(
        platform=Platform.X, source="page", step="about", base="page", path="/about", subjects=(SUBJECT,)
    )
    page = Source(
        platform=Platform.X,
        name="page",
        kind=SourceKind.FORBIDDEN_PAGE,
        batch=1,
        gives=frozenset(),
        ask=lambda subjects: (question,),
        read=lambda request, response: Reading(requests=(question,)),
    )
    source = in_browser(page, drawn=("h1",))
    further = source.read(source.ask((SUBJECT,))[0], Response(status=200, url="", body=b"")).requests
    assert [(one.source, one.rendered, one.drawn, one.path) for one in further] == [(RENDERED, True, ("h1",), "/about")]
