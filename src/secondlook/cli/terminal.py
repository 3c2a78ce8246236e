"""How things look on a terminal: tables, lists of facts, what a state's colour is.

Colour goes to terminals only (click strips it elsewhere), and so does cutting: what is piped or saved is whole.
"""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import click

GAP = "  "
_SPACE = re.compile(r"[\n\t]+")

NARROWEST = 12
"""A column that has to give way keeps this many places."""

COLOURS = {
    "Active": "green",
    "Completed": "green",
    "InService": "green",
    "Creating": "yellow",
    "InProgress": "yellow",
    "Initializing": "yellow",
    "Stopping": "yellow",
    "Failed": "red",
    "Stopped": "bright_black",
}
"""The states that AWS names."""


def is_interactive() -> bool:
    """Is there somebody who reads and can type?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def columns() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def good(text: str) -> str:
    return click.style(text, fg="green")


def faint(text: str) -> str:
    return click.style(text, dim=True)


def strong(text: str) -> str:
    return click.style(text, bold=True)


def say_warnings(sentences: Iterable[str]) -> None:
    """On stderr, so that results stay results."""
    for sentence in sentences:
        click.echo(f"{click.style('Warning:', fg='yellow')} {sentence}", err=True)


def status(text: str) -> str:
    return click.style(text, fg=COLOURS.get(text))


def table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Aligned columns under their headings; numbers to the right. On a terminal the widest column gives way."""
    cells = [[_SPACE.sub(" ", _text(value)) for value in row] for row in rows]
    right = [bool(rows) and all(_is_number(row[index]) for row in rows) for index in range(len(headings))]
    widths = [max(_width(line[index]) for line in [list(headings), *cells]) for index in range(len(headings))]
    if sys.stdout.isatty():
        _fit(widths, columns() - len(GAP) * (len(widths) - 1))
    head = faint(_line(headings, widths, right))
    return "\n".join([head, *(_line(line, widths, right, paint=status) for line in cells)])


def details(pairs: Iterable[tuple[str, Any]]) -> str:
    """Names and values, the values aligned and wrapped; pairs without a value are left out."""
    shown = [(name, _text(value)) for name, value in pairs if value not in (None, "", [], ())]
    if not shown:
        return ""
    margin = max(len(name) for name, _ in shown) + len(GAP)
    width_left = max(40, min(columns(), 110) - margin)
    lines = []
    for name, value in shown:
        wrapped = [
            part for line in value.splitlines() for part in textwrap.wrap(line, width_left, **WRAP) or [""]
        ]
        lines.append(faint(name.ljust(margin)) + status(wrapped[0]))
        lines += [" " * margin + part for part in wrapped[1:]]
    return "\n".join(lines)


WRAP: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
"""An ARN or a URL must be copied whole."""


def paragraph(text: str) -> str:
    """Text wrapped to the terminal."""
    width_left = min(columns(), 100)
    return "\n".join(textwrap.fill(line, width_left, **WRAP) for line in text.strip().splitlines())


_KEPT = frozenset("\n\t")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Text of strangers, such as what a page reports, without what steers a terminal or cannot be written to one."""
    return "".join("\ufffd" if _steers(character) else character for character in text)


def _steers(character: str) -> bool:
    if character in _TURNING:
        return True
    return character not in _KEPT and unicodedata.category(character) in {"Cc", "Cs"}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return plain(", ".join(map(str, value)))
    return plain(str(value))


def _fit(widths: list[int], width_left: int) -> None:
    """Shrink the widest column until all fit; none below NARROWEST."""
    while sum(widths) > width_left:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= NARROWEST:
            return
        widths[widest] = max(NARROWEST, widths[widest] - (sum(widths) - width_left))


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], paint: Any = str) -> str:
    parts = []
    for text, width, to_right in zip(cells, widths, right, strict=True):
        shown = _cut(text, width)
        space = " " * (width - _width(shown))
        parts.append(space + paint(shown) if to_right else paint(shown) + space)
    return GAP.join(parts).rstrip()


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    kept = ""
    for character in text:
        if _width(kept + character) >= width:
            break
        kept += character
    return f"{kept}…"


def _width(text: str) -> int:
    """Places on the screen: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
