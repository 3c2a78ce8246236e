"""A figure: a subject, its yardstick, the ratio of the two and what was aimed at; and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `ok` is None where nothing was aimed at: the line is for information."""

    what: str
    subject: str
    yardstick: str
    ratio: str
    aim: str = ""
    ok: bool | None = None


def in_turns(
    rounds: int, first: Callable[[], float], second: Callable[[], float]
) -> tuple[float, float, float]:
    """Measure in turns A B A B; the medians of both, and the median of the pairs' ratios first / second.

    A pair is measured within moments, so a machine that is slow for a while is slow for both.
    """
    pairs = [(first(), second()) for _ in range(rounds)]
    return (
        median(subject for subject, _ in pairs),
        median(yardstick for _, yardstick in pairs),
        median(subject / yardstick for subject, yardstick in pairs),
    )


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    head = ("Comparison", "secondlook", "Yardstick", "Ratio", "Aim", "")
    rows = [(each.what, each.subject, each.yardstick, each.ratio, each.aim, _mark(each)) for each in figures]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [_line(head, widths), _line(["-" * width for width in widths], widths)]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def per_second(rate: float) -> str:
    return f"{rate:,.0f}/s"


def connected(connections: int) -> str:
    return "1 connection" if connections == 1 else f"{connections} connections"


def _mark(figure: Figure) -> str:
    return "" if figure.ok is None else "ok" if figure.ok else "MISSED"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
