"""How text reads on a terminal: what stands out, warnings, names with their values, and text of strangers.

Colour goes to terminals only (click strips it elsewhere). Tables are `tables.py`'s, steps under way `step.py`'s.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Any

import click

GAP = "  "

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

WRAP: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
"""An ARN or a URL must be copied whole."""


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


def status(text: str) -> str:
    return click.style(text, fg=COLOURS.get(text))


def say_warnings(sentences: Iterable[str]) -> None:
    """On stderr, so that results stay results."""
    for sentence in sentences:
        click.echo(f"{click.style('Warning:', fg='yellow')} {sentence}", err=True)


def details(pairs: Iterable[tuple[str, Any]]) -> str:
    """Names and values, the values aligned and wrapped; pairs without a value are left out."""
    shown = [(name, as_text(value)) for name, value in pairs if value not in (None, "", [], ())]
    if not shown:
        return ""
    margin = max(len(name) for name, _ in shown) + len(GAP)
    width = max(40, min(columns(), 110) - margin)
    lines = []
    for name, value in shown:
        wrapped = [part for line in value.splitlines() for part in textwrap.wrap(line, width, **WRAP) or [""]]
        lines.append(faint(name.ljust(margin)) + status(wrapped[0]))
        lines += [" " * margin + part for part in wrapped[1:]]
    return "\n".join(lines)


def paragraph(text: str) -> str:
    """Text wrapped to the terminal."""
    width = min(columns(), 100)
    return "\n".join(textwrap.fill(line, width, **WRAP) for line in text.strip().splitlines())


def as_text(value: Any) -> str:
    """A value as people read it: `yes` for true, nothing for None, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return plain(", ".join(map(str, value)))
    return plain(str(value))


_KEPT = frozenset("\n\t")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Text of strangers, such as what a page reports, without what steers a terminal or cannot be written to one."""
    return "".join("\ufffd" if _steers(character) else character for character in text)


def _steers(character: str) -> bool:
    if character in _TURNING:
        return True
    return character not in _KEPT and unicodedata.category(character) in {"Cc", "Cs"}
