"""CSV to an array, as the toolkit's `numpy.genfromtxt(body, dtype=None, delimiter=",")` reads it, with its traps taken out.

As there: numbers become an array of integers or floats, texts (a header line too) an array of texts, columns of both an array of
records with the fields f0, f1 …; one row or column gives one dimension less; lines that begin with `#` and empty ones are no rows,
unless a quoted cell holds them.

Other than there: quotes are understood, as in sagemaker-containers and as `CSVSerializer` writes them; integers and floats side by
side are an array of floats, not of records that have no sum; an empty cell among numbers is nan, never -1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from secondlook.hosting.runtimes.inference_script import text_size

Array = npt.NDArray[Any]

MIXED_COLUMNS = 10_000
"""Of an array of records, because each field costs time and memory; a wider table of numbers and texts stays an array of texts."""

csv.field_size_limit(max(csv.field_size_limit(), text_size.LIMIT // text_size.BYTES))

_TRUTH = {"TRUE": True, "FALSE": False}


def read(text: str) -> Array:
    """The table. Raises ValueError, which names the line."""
    rows = list(_rows(text))
    if not rows:
        return np.array([])
    longest = max(len(cell) for row in rows for cell in row)
    text_size.check(len(rows) * len(rows[0]), longest)
    return np.squeeze(_typed(np.array(rows)))


def _rows(text: str) -> Iterator[list[str]]:
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True)
    columns = None
    try:
        for row in reader:
            lines.begins_row = True
            if not row:
                continue
            columns = columns or len(row)
            if len(row) != columns:
                raise ValueError(f"line {reader.line_num} has {len(row)} columns, the first one {columns}")
            yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from None


class _Lines:
    """The lines of a table, with nothing in those that are no rows: a parsed row no longer tells `#` from `"#"`, nor none from `""`.

    Whoever parses them says where a row begins: the other lines of a quoted cell stay as they are.
    """

    def __init__(self, text: str) -> None:
        self.begins_row = True
        self._lines = io.StringIO(text, newline="")

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            is_row = not self.begins_row or (line.strip() and not line.startswith("#"))
            self.begins_row = False
            yield line if is_row else "\n"


def _typed(cells: Array) -> Array:
    numbers = _numbers(cells)
    if numbers is not None:
        return numbers
    if cells.shape[1] > MIXED_COLUMNS:
        return cells
    columns = [_column(column) for column in cells.T]
    kinds = {column.dtype.kind for column in columns}
    if kinds == {"U"}:
        return cells
    if kinds == {"b"}:
        return np.column_stack(columns)
    records = np.empty(len(cells), [(f"f{number}", column.dtype) for number, column in enumerate(columns)])
    for number, column in enumerate(columns):
        records[f"f{number}"] = column
    return records


def _column(cells: Array) -> Array:
    """A column of a table that is not all numbers."""
    numbers = _numbers(cells)
    if numbers is not None:
        return numbers
    truths = [_TRUTH.get(cell.upper()) for cell in cells]
    return cells if None in truths else np.array(truths)


def _numbers(cells: Array) -> Array | None:
    """The cells as integers, else as floats, else None."""
    for kind, text in ((np.int64, cells), (np.float64, np.where(cells == "", "nan", cells))):
        try:
            return text.astype(kind)
        except (ValueError, OverflowError):
            continue
    return None
