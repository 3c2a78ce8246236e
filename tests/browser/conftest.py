"""One Chromium for the tests of a file.

Not longer: Playwright's synchronous interface keeps an event loop running meanwhile, and only one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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
