"""Tables of the command line, drawn by rich. On a terminal the widest column gives way; what is piped or saved is whole."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from secondlook.cli.output import COLOURS, GAP, as_text, columns

UNLIMITED = 1_000_000
"""Columns of a file or a pipe."""

_SPACE = re.compile(r"[\n\t]+")


def table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Aligned columns under their headings, one line for each row; numbers to the right."""
    sheet = Table(box=None, pad_edge=False, padding=(0, len(GAP), 0, 0), header_style="dim")
    for index, heading in enumerate(headings):
        numbers = bool(rows) and all(_is_number(row[index]) for row in rows)
        sheet.add_column(_line(heading), justify="right" if numbers else "left")
    for row in rows:
        sheet.add_row(*(_line(as_text(value), COLOURS.get(str(value), "")) for value in row))
    return _drawn(sheet)


def _line(text: str, style: str = "") -> Text:
    """A cell that is cut rather than broken where it does not fit."""
    return Text(_SPACE.sub(" ", text), style, no_wrap=True, overflow="ellipsis")


def _drawn(sheet: Table) -> str:
    on_terminal = sys.stdout.isatty()
    console = Console(
        file=io.StringIO(),
        width=columns() if on_terminal else UNLIMITED,
        force_terminal=on_terminal,
        legacy_windows=False,
    )
    with console.capture() as drawing:
        console.print(sheet)
    return "\n".join(line.rstrip() for line in drawing.get().splitlines())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
