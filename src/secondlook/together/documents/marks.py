"""Boxes to tick that a reader sees as text: `[x] Adult  [ ] Child`. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondlook.together.documents.page import Word

_SELECTED = frozenset({"[x]", "[v]", "[✓]", "[✔]", "(x)", "☒", "☑", "■", "✓", "✔"})
_NOT_SELECTED = frozenset({"[]", "[_]", "()", "☐", "□"})


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A box and the words beside it."""

    word: Word
    is_selected: bool
    label: tuple[Word, ...]


def is_mark(word: Word) -> bool:
    """Whether a word is the picture of a box, ticked or not."""
    return _sign(word) in _SELECTED | _NOT_SELECTED


def _sign(word: Word) -> str:
    return word.text.lower().replace(" ", "")


def marks(words: Sequence[Word]) -> Iterator[Mark]:
    """The boxes of a line, each with the words up to the next; where the line begins with words, each with those before it."""
    places = [place for place, word in enumerate(words) if is_mark(word)]
    if not places:
        return
    begins_with_box = places[0] == 0
    edges = [*places, len(words)] if begins_with_box else [-1, *places]
    for number, place in enumerate(places):
        start, stop = edges[number] + 1, edges[number + 1]
        word = words[place]
        yield Mark(word, _sign(word) in _SELECTED, tuple(words[start:stop]))
