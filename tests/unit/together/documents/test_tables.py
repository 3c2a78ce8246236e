"""Tables by how their texts stand under each other."""

from __future__ import annotations

import pytest

from .paper import tables, written

GRID = [
    (left, 100 + 40 * row, f"r{row}c{column}")
    for row in range(3)
    for column, left in enumerate((50, 300, 600))
]
WHOLE = [[f"r{row}c{column}" for column in range(3)] for row in range(3)]


def holed(*missing: str) -> list[tuple[int, int, str]]:
    return [text for text in GRID if text[2] not in missing]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (GRID, [WHOLE]),
        ([*GRID, (50, 400, "A line of text")], [WHOLE]),
        ([(50, 20, "A title over it all that is long"), *GRID], [WHOLE]),
        (holed("r1c1"), [[WHOLE[0], ["r1c0", None, "r1c2"], WHOLE[2]]]),
        ([*GRID, *((left, top + 600, text) for left, top, text in GRID)], [WHOLE, WHOLE]),
        (GRID[:2], []),
        ([text for text in GRID if text[0] == 50], []),
        ([(50, 100, "Name:"), (300, 100, "Ada"), (50, 140, "Town:"), (300, 140, "Leith")] * 2, []),
        ([(50, 100, "a b c d e f"), (80, 140, "g h"), (500, 100, "i"), (480, 900, "j")], []),
    ],
)
def test_tables_are_rows_of_texts_in_columns(
    texts: list[tuple[int, int, str]], found: list[list[list[str | None]]]
) -> None:
    assert found == tables(written(*texts))


def test_a_row_of_other_columns_ends_a_table() -> None:
    texts = [*GRID, *((left, 220, "x") for left in (10, 200, 450, 800, 900))]

    assert [WHOLE] == tables(written(*texts))


def test_a_leaning_table_is_a_table() -> None:
    assert [WHOLE] == tables(written(*GRID, skew=5))
