"""Saying what goes on while the user waits.

On a terminal one line is drawn over and over, with the time that has passed; elsewhere (a log, a pipe) a line is written
when there is something new. Always on stderr, so that stdout holds results only.
"""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Self

import click
from click.globals import resolve_color_default

from secondlook.cli.terminal import columns, faint, good

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
REDRAWN_EVERY = 0.1
SHORT = 1.0
"""Seconds below which nobody wants to know how long it took."""


class Progress:
    """One step under way: `with Progress("Starting the endpoint") as step: step.now("Creating")`."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._note = ""
        self._drawn = 0  # places of the line on the screen
        self._began = time.monotonic()
        self._live = sys.stderr.isatty()
        self._over = threading.Event()
        # A thread does not know the context of the command, which knows about NO_COLOR.
        self._color = resolve_color_default()
        self._thread = threading.Thread(target=self._animate, daemon=True)

    @property
    def passed(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self._began

    def now(self, note: str) -> None:
        """How far it is; said again only if it is something new."""
        if note == self._note:
            return
        self._note = note
        if not self._live and note:
            click.echo(f"  {note}", err=True)

    def __enter__(self) -> Self:
        if self._live:
            self._thread.start()
        else:
            click.echo(f"{self._what} …", err=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        took = f"  {clock(self.passed)}" if self.passed >= SHORT else ""
        if self._live:
            self._over.set()
            self._thread.join()
            mark = good("✓") if error is None else click.style("✗", fg="red")
            self._draw(f"{mark} {self._what}{faint(took)}", "\n")
        elif error is None and took:
            click.echo(f"  done in {took.strip()}", err=True)

    def _animate(self) -> None:
        turn = 0
        while not self._over.wait(REDRAWN_EVERY):
            note = f" · {self._note}" if self._note else ""
            head = f"{FRAMES[turn % len(FRAMES)]} {self._what}{note}"
            tail = clock(self.passed)
            self._draw(f"{head[: columns() - len(tail) - 3]}  {faint(tail)}")
            turn += 1

    def _draw(self, line: str, end: str = "") -> None:
        # Spaces over the rest of the line before, because "erase to the end" is stripped along with the colours.
        length = len(click.unstyle(line))
        rest = " " * max(0, self._drawn - length)
        self._drawn = length
        click.echo(f"\r{line}{rest}{end}", nl=False, err=True, color=self._color)


def clock(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3:07`, `26:03:07`."""
    if seconds < 10:  # noqa: PLR2004  (tenths say something below ten)
        return f"{seconds:.1f} s"
    if seconds < 60:  # noqa: PLR2004
        return f"{seconds:.0f} s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"  # noqa: PLR2004
