"""Which Chromium the browser tests drive: the headless shell, or else the machine's own, or else the one that Playwright brought."""

from __future__ import annotations

import shutil
from typing import Any

from playwright.sync_api import expect

WITHOUT = (
    # A third of the work of a test: pages that wait behind an address bar nobody sees, and a process for a next site.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    # What Playwright itself turns off, since of two such options Chromium heeds the last.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""Features of Chromium that tests go without."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--disable-features={','.join(WITHOUT)}",
]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

PATIENCE = 90_000
"""Milliseconds for which a page may take to be as expected: what the server waits for its database, the pause before the page
looks again, and that machines are busy.
"""

expect.set_options(timeout=PATIENCE)


def launch_options() -> dict[str, Any]:
    """For `playwright.chromium.launch`."""
    executable = next((path for name in NAMES if (path := shutil.which(name))), None)
    return {"args": ARGUMENTS, **({"executable_path": executable} if executable else {})}
