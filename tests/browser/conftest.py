"""One Chromium for the tests of a file.

Not longer: Playwright's synchronous interface keeps an event loop running meanwhile, and only one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import launch_options

BUILT = Path(__file__).parents[2] / "src/secondlook/pages/static/built"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not (BUILT / "crowd-html-elements.js").is_file() or not (BUILT / "portal.js").is_file():
        pytest.fail("There are no built scripts to test: run `npm ci && npm run build` in elements/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


NewPage = Callable[..., Page]

NAVIGATION = 240_000
"""Milliseconds for which a page may take to load: some hold ten thousand elements, and machines are busy."""


@pytest.fixture(scope="module")
def _contexts(chromium: Browser) -> Iterator[dict[str, BrowserContext]]:
    contexts: dict[str, BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def new_page(chromium: Browser, _contexts: dict[str, BrowserContext]) -> Iterator[NewPage]:
    """Opens a blank page with these options of a context, closed after the test.

    Pages with the same options share a context, which costs as much as the page does: not for tests that change the context.
    """
    pages: list[Page] = []

    def open_blank(**options: Any) -> Page:
        key = repr(sorted(options.items()))
        if key not in _contexts:
            _contexts[key] = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        page = _contexts[key].new_page()
        page.set_default_navigation_timeout(NAVIGATION)
        pages.append(page)
        return page

    yield open_blank
    for page in pages:
        page.close()
