"""The database stands still while somebody works: the portal says so in words, and goes on when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from secondlook.store.session import Store
from tests.neighbours import Road
from tests.portal_world import World, opened

AWAY = "database of the server does not answer"


@pytest.fixture
def world(distant_store: Store, tmp_path: Path) -> Iterator[World]:
    with opened(distant_store, tmp_path) as world:
        yield world


def test_a_draft_waits_in_the_page_and_is_sent_when_the_database_is_back(world, worker, road: Road):
    page = worker.start().page
    road.block()
    worker.reply.fill("half a ca")

    expect(worker.banner).to_contain_text(AWAY)
    expect(page.locator("#saved")).to_have_text("Saving…")
    road.clear()
    expect(page.locator("#saved")).to_have_text("Draft saved")
    expect(worker.banner).to_be_hidden()
    assert world.draft(1)["answer"] == {"reply": "half a ca"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_says_it_in_words_and_opens_by_itself_later(worker, road: Road, violations, scheme: str):
    page = worker.page
    page.emulate_media(color_scheme=scheme)
    road.block()
    expect(page.locator("#stale")).to_contain_text(AWAY)
    page.goto("/work")

    expect(page.get_by_role("heading")).to_have_text("The database cannot be used just now")
    expect(page.locator("main")).to_contain_text("tries again every 5 seconds")
    assert violations(page) == []
    road.clear()
    expect(page.locator("#start-fd")).to_be_visible()
