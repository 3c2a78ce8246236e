"""Which Chromium the browser tests drive: the machine's own, or else the one that Playwright brought."""

from __future__ import annotations

import shutil
from typing import Any

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def launch_options() -> dict[str, Any]:
    """For `playwright.chromium.launch`."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return {"args": ARGUMENTS, **({"executable_path": found} if found else {})}
