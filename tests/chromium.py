"""Which Chromium the browser tests drive: the machine's own, or else the one that Playwright brought."""

from __future__ import annotations

import shutil
from typing import Any

from playwright.sync_api import expect

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")

PATIENCE = 40_000
"""Milliseconds for which a page may take to be as expected: what the server waits for its database, the pause before the page
looks again, and that machines are busy.
"""

expect.set_options(timeout=PATIENCE)


def launch_options() -> dict[str, Any]:
    """For `playwright.chromium.launch`."""
    executable = next((path for name in NAMES if (path := shutil.which(name))), None)
    return {"args": ARGUMENTS, **({"executable_path": executable} if executable else {})}
