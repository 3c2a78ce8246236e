"""A step under way while the user waits.

On a terminal `live.py` draws one line over and over, with the time that has passed; elsewhere (a log, a pipe) a line is
written when there is something new. Always on stderr, so that stdout holds results only.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from types import TracebackType
from typing import Protocol, Self

import click

from secondlook.cli.times import clock

SHORT = 1.0
"""Seconds below which nobody wants to know how long it took."""


class Display(Protocol):
    """How a step is shown."""

    def start(self) -> None: ...

    def now(self, note: str) -> None: ...

    def end(self, took: str, *, succeeded: bool) -> None:
        """`took` is empty where it was short."""


class Lines:
    """A step in a log: a line for its beginning, each note and its end."""

    def __init__(self, what: str) -> None:
        self._what = what

    def start(self) -> None:
        click.echo(f"{self._what} …", err=True)

    def now(self, note: str) -> None:
        if note:
            click.echo(f"  {note}", err=True)

    def end(self, took: str, *, succeeded: bool) -> None:
        if succeeded and took:
            click.echo(f"  done in {took}", err=True)


class Step:
    """`with Step("Starting the endpoint") as step: step.now("Creating")`."""

    def __init__(self, what: str) -> None:
        self._note = ""
        self._began = time.monotonic()
        self._display: Display = _live(what) if sys.stderr.isatty() else Lines(what)

    def now(self, note: str) -> None:
        """How far it is; shown again only if it is something new."""
        if note != self._note:
            self._note = note
            self._display.now(note)

    def __enter__(self) -> Self:
        self._display.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        passed = time.monotonic() - self._began
        self._display.end(clock(passed) if passed >= SHORT else "", succeeded=error is None)


def _live(what: str) -> Display:
    """Imported here: a server that starts without a terminal has no use for rich, which takes a tenth of its start."""
    display: Display = import_module("secondlook.cli.live").LiveLine(what)
    return display
