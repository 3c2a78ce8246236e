"""The elements in a browser: frames while the view of a picture moves, a box is dragged or a mask is painted, how soon a page can be
worked on, how large its scripts are, and how long work takes by the keystroke-level model."""

from __future__ import annotations

from collections.abc import Iterator

from bench.elements import cold, drags, edits, frames, keystrokes, masks, sizes
from bench.figure import Figure
from bench.rounds import Rounds


def figures(rounds: Rounds) -> Iterator[Figure]:
    yield from frames.figures(rounds)
    yield from drags.figures(rounds)
    yield from edits.figures(rounds)
    yield from masks.figures(rounds)
    yield from cold.figures(rounds)
    yield from sizes.figures(rounds)
    yield from keystrokes.figures(rounds)
