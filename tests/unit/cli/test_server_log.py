"""What a server says on stderr quotes strangers and stays its own."""

from __future__ import annotations

import logging
from types import TracebackType

import pytest

from secondlook.cli.server_log import Plain

Told = tuple[type[BaseException], BaseException, TracebackType | None]


def entry(message: str, told: Told | None = None) -> str:
    return Plain().format(logging.LogRecord("a", logging.WARNING, "a.py", 1, "%s", (message,), told))


def test_what_is_quoted_steers_no_terminal_and_begins_no_entry() -> None:
    assert "it said \ufffd[2J\n  an admin was made" == entry("it said \x1b[2J\nan admin was made")


def test_nor_does_what_was_raised() -> None:
    with pytest.raises(ValueError, match="an admin was made") as raised:
        raise ValueError("\x1b]0;x\x07\nan admin was made")
    first, *others = entry("it failed", (raised.type, raised.value, raised.tb)).split("\n")

    assert "it failed" == first
    assert "  Traceback (most recent call last):" == others[0]
    assert ["  ValueError: \ufffd]0;x\ufffd", "  an admin was made"] == others[-2:]
    assert all(line.startswith("  ") for line in others)
