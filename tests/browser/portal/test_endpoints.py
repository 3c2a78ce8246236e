"""The console's pages of endpoints in a browser: what a model says is shown and not done, and followed without a jump."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.products import put_product
from tests.running import Server
from tests.town import Town
from tests.worker import browser_page

SCRIPT = """
    def transform_fn(model, body, content_type, accept):
        for number in range(int(body)):
            print(f"line {number} <b id='bold'>bold</b> \\x1b[31mred\\x07 " + "x" * 300)
        return "done", "text/plain"
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("endpoints") / "data"
    put_product(data, "talker", SCRIPT, "text/plain")
    with Server(data) as server:
        town = Town(server.start())
        town.deploy("talker", town.subscribe("talker"))
        yield town


@pytest.fixture
def page(town: Town, tmp_path: Path) -> Iterator[Any]:
    with browser_page() as page:
        sign_in(town.server, page)
        yield page


@pytest.mark.browser
def test_a_log_is_shown_and_followed(town: Town, page: Page) -> None:
    town.ask("talker", "100")
    page.goto(f"{town.server.url}/console/endpoints")
    page.get_by_text("weight 1, 1 of 1 answer").wait_for()
    page.get_by_role("link", name="talker").click()
    log = page.get_by_role("group", name="Log of AllTraffic/1")

    assert "line 99 <b id='bold'>bold</b> \N{SYMBOL FOR ESCAPE}[31mred\N{SYMBOL FOR BELL}" in log.inner_text()
    assert page.locator("#bold").count() == 0
    assert log.evaluate("node => node.scrollWidth <= node.clientWidth")
    log.evaluate("node => { node.scrollTop = 100; }")
    page.get_by_role("button", name="Follow").press("Enter")
    town.ask("talker", "3")
    page.wait_for_function("document.querySelector('#log-lines').textContent.match(/line 2 /g).length === 2")
    assert log.evaluate("node => node.scrollTop") == 100
