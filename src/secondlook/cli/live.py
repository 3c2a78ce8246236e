"""A step on a terminal, drawn by rich: what is done, how far it is, and for how long."""

from __future__ import annotations

import time

from click.globals import resolve_color_default
from rich import live
from rich.console import Console
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from secondlook.cli.times import clock


class LiveLine:
    """One line that is drawn over and over while the step lasts, and then says how it ended."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._note = ""
        self._began = time.monotonic()
        self._spinner = Spinner("dots")
        # With NO_COLOR nothing is dim or bold either, as in all that click prints.
        plain = resolve_color_default() is False
        self._console = Console(stderr=True, highlight=False, color_system=None if plain else "auto")
        self._live = live.Live(
            console=self._console,
            get_renderable=self._line,
            transient=True,
            refresh_per_second=10,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def start(self) -> None:
        self._live.start()

    def now(self, note: str) -> None:
        self._note = note

    def end(self, took: str, *, succeeded: bool) -> None:
        self._live.stop()
        sign = Text("✓", "green") if succeeded else Text("✗", "red")
        self._console.print(
            Text.assemble(sign, " ", self._what, (f"  {took}" if took else "", "dim")), soft_wrap=True
        )

    def _line(self) -> Table:
        text = f"{self._what} · {self._note}" if self._note else self._what
        line = Table.grid(padding=(0, 1, 0, 0))
        line.add_row(
            self._spinner,
            Text(text, no_wrap=True, overflow="ellipsis"),
            Text(clock(time.monotonic() - self._began), "dim"),
        )
        return line
