"""Tables without a look at their rules: rows whose texts stand under each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median

from secondlook.together.documents.layout import Row, Span

_MOST_PITCH = 3.0
"""From row to row, in heights of a line; farther apart they are no table."""

_LEAST_ROWS = 2
_LEAST_COLUMNS = 2
_LEAST_CELLS = 6
"""Two rows of two are rather labels over values."""

_LEAST_FILLED = 0.6
_LEAST_FILLED_ROW = 0.4
"""Of all columns; a row with fewer texts is rather the beginning of something else."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`cells[row][column]` is what stands there, or None. `sureness` between 0 and 1."""

    cells: tuple[tuple[Span | None, ...], ...]
    sureness: float

    @property
    def spans(self) -> Iterator[Span]:
        for row in self.cells:
            yield from (span for span in row if span is not None)


def tables(rows: Sequence[Row]) -> Iterator[Table]:
    """The tables among rows of texts, from the top."""
    run: list[Row] = []
    for row in rows:
        if run and not (len(row) > 1 and _follows(run, row)):
            yield from _table(run)
            run = []
        if len(row) > 1:
            run.append(row)
    yield from _table(run)


def _follows(run: Sequence[Row], row: Row) -> bool:
    """Near enough, and in the columns of the rows above."""
    above = run[-1]
    height = median(span.height for span in [*above, *row])
    if row[0].middle - above[0].middle > height * _MOST_PITCH:
        return False
    columns = _columns([*run, row])
    return columns is not None and all(len(one) > _LEAST_FILLED_ROW * len(columns) for one in [*run, row])


def _columns(run: Sequence[Row]) -> list[tuple[float, float]] | None:
    """Left and right of each column, where in no row two texts stand in one; else None."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((span.left, span.right) for row in run for span in row):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    for row in run:
        places = [_place(columns, span) for span in row]
        if len(set(places)) < len(places):
            return None
    return columns


def _place(columns: Sequence[tuple[float, float]], span: Span) -> int:
    return next(place for place, (left, right) in enumerate(columns) if left <= span.left < right)


def _table(run: Sequence[Row]) -> Iterator[Table]:
    columns = _columns(run) if len(run) >= _LEAST_ROWS else None
    if columns is None or len(columns) < _LEAST_COLUMNS or len(run) * len(columns) < _LEAST_CELLS:
        return
    cells = []
    for row in run:
        by_place = {_place(columns, span): span for span in row}
        cells.append(tuple(by_place.get(place) for place in range(len(columns))))
    filled = mean(cell is not None for row in cells for cell in row)
    if filled >= _LEAST_FILLED:
        yield Table(tuple(cells), round(0.55 + 0.4 * filled, 3))
