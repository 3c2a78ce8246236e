"""docs/pictures.md names every kind that is tried, and says of each who takes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pictures.kinds import KINDS, ONLY_SHOWN, REFUSED, Kind

PAGE = Path(__file__).parents[2] / "docs/pictures.md"

ROWS = {
    cells[0]: cells[1:]
    for line in PAGE.read_text().splitlines()
    if line.startswith("| ") and len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 4
}
"""Kinds, who reads them, who shows them, by format."""

IN_SHORT = {"as", "orientation", "its", *"12345678"}
"""Words and numbers that a row leaves out where it has said so once."""


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_kind_that_is_read_is_named(kind: Kind) -> None:
    kinds, read, shown = ROWS[kind.family]

    assert set(re.findall(r"[\w-]+", kind.name)) - set(re.findall(r"[\w-]+", kinds)) <= IN_SHORT
    assert (read, shown.partition(":")[0]) == ("yes", "yes" if kind.shown else "no")


@pytest.mark.parametrize("kind", ONLY_SHOWN, ids=str)
def test_what_is_only_shown_is_said_to_be(kind: Kind) -> None:
    assert ROWS[kind.family][1:] == ["no", "yes"]


def test_formats_that_neither_takes_are_named() -> None:
    formats = {match[1] for refused in REFUSED if (match := re.search("format is (.*)[.]", refused.words))}

    assert formats - {"PNG"} <= {name for row in ROWS for name in row.split(", ")}
