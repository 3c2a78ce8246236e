"""Which words of a page are a key, and which its value: by colons, by neighbours, and by labels over or beside what they name.

Pure. How sure each rule is was set by hand and says how it ranks among the others: a colon in the line is nearly a proof, a
label that only stands close to something is a guess. A pair's confidence is that, times how well its words were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean

from secondlook.together.documents.layout import Row, Span, rows, skew
from secondlook.together.documents.marks import Mark, is_mark, marks
from secondlook.together.documents.page import Line, Page, Word
from secondlook.together.documents.tables import Table, tables
from secondlook.together.documents.words import COLONS

IN_LINE = 0.97
SEVERAL_IN_LINE = 0.8
BESIDE = 0.95
BELOW = 0.75
OVER = 0.6
IN_COLUMNS = 0.6
ALONE = 0.5
MARKED = 0.85
CONTINUED = 0.95
"""A value that goes on in the next line: what the pair's sureness is multiplied by, for each line."""

IN_A_SENTENCE = 0.6
"""A key of several words that begins with a small letter is rather a part of a sentence: what its sureness is multiplied by."""

_MOST_GAP = 0.5
"""Of the page's width, between a key and the value beside it."""

_MOST_KEY_WORDS = 8
_MOST_LABEL_WORDS = 4

_LEAST_LABELS = 3
"""Rows in which labels stand beside values without colons, before that is believed."""


@dataclass(slots=True, eq=False)
class Pair:
    """`value` has no words where the field is empty; `mark` is a box to tick in its place."""

    key: tuple[Word, ...]
    value: tuple[Word, ...]
    sureness: float
    mark: Mark | None = None

    @property
    def confidence(self) -> float:
        """Between 0 and 100."""
        words = [*self.key, *self.value, *([self.mark.word] if self.mark else [])]
        return 100 * self.sureness * mean(word.score for word in words)


@dataclass(slots=True, eq=False)
class Form:
    """What the words of a page stand for."""

    pairs: list[Pair] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def form_of(page: Page) -> Form:
    """The pairs and tables of a page, both in reading order."""
    return _Reader(page).read()


class _Reader:
    """Goes over the page rule by rule, the surest first; words that one rule has taken are no others'."""

    def __init__(self, page: Page) -> None:
        self._skew = skew(page.lines)
        self._width = page.width
        self._form = Form()
        self._keys: dict[Span, Pair | None] = {}
        self._taken: set[Span] = set()
        spans = [span for line in page.lines if line.words for span in self._spans(line)]
        self._rows = rows(spans)

    def read(self) -> Form:
        self._take_neighbours()
        self._take_below()
        self._continue()
        self._form.tables.extend(tables(self._left_over()))
        self._taken.update(span for table in self._form.tables for span in table.spans)
        self._take_columns()
        self._take_under_labels()
        order = {word: place for place, word in enumerate(self._words())}
        self._form.pairs.sort(key=lambda pair: order[pair.key[0]])
        return self._form

    # --- what a line says by itself

    def _spans(self, line: Line) -> Iterator[Span]:
        """The line's parts in which at most one colon ends a key; marks and pairs in it are noted."""
        if any(map(is_mark, line.words)):
            yield from self._marked(line)
            return
        parts = list(_at_keys(line.words))
        for words in parts:
            span = Span.of(words, self._skew)
            end = _end_of_key(words)
            if end is not None:
                value = words[end + 1 :]
                sureness = SEVERAL_IN_LINE if len(parts) > 1 else IN_LINE
                if end > 0 and words[0].text[0].islower():
                    sureness *= IN_A_SENTENCE
                pair = Pair(words[: end + 1], value, sureness) if value else None
                self._keys[span] = pair
                if pair:
                    self._form.pairs.append(pair)
            yield span

    def _marked(self, line: Line) -> Iterator[Span]:
        for mark in marks(line.words):
            if mark.label:
                self._form.pairs.append(Pair(mark.label, (), MARKED, mark))
        span = Span.of(line.words, self._skew)
        self._taken.add(span)
        yield span

    # --- what stands beside and below a key that ends its line

    def _take_neighbours(self) -> None:
        for row in self._rows:
            for key, value in pairwise(row):
                gap = (value.left - key.right) / self._width
                if self._is_open(key) and self._is_free(value) and gap <= _MOST_GAP:
                    self._pair(key, value, BESIDE - 0.3 * max(gap, 0.0))

    def _take_below(self) -> None:
        for place, row in enumerate(self._rows):
            for key in filter(self._is_open, row):
                value = self._under(key, place)
                if value is not None:
                    self._pair(key, value, BELOW)
                else:
                    self._keys[key] = Pair(key.words, (), ALONE)
                    self._form.pairs.append(self._keys[key])  # type: ignore[arg-type]

    def _under(self, key: Span, place: int) -> Span | None:
        """The text in the next row that begins under the key."""
        if place + 1 == len(self._rows):
            return None
        for span in self._rows[place + 1]:
            is_near = span.top - key.bottom <= 1.5 * key.height
            if self._is_free(span) and is_near and abs(span.left - key.left) <= key.height:
                return span
        return None

    def _pair(self, key: Span, value: Span, sureness: float) -> None:
        pair = Pair(key.words, value.words, sureness)
        self._keys[key] = pair
        self._taken.add(value)
        self._form.pairs.append(pair)

    def _continue(self) -> None:
        """Lines under a value that begin where it begins, closer than the next field would be, belong to it."""
        for pair in self._form.pairs:
            if not pair.value:
                continue
            last = Span.of(pair.value, self._skew)
            while (more := self._next_line(last)) is not None:
                pair.value += more.words
                pair.sureness *= CONTINUED
                self._taken.add(more)
                last = more

    def _next_line(self, last: Span) -> Span | None:
        for row in self._rows:
            for span in row:
                is_close = 0 < span.middle - last.middle <= 1.7 * last.height
                is_first = span is row[0]
                begins_there = abs(span.left - last.left) <= 0.8 * last.height
                if is_close and is_first and begins_there and self._is_free(span):
                    return span
        return None

    # --- labels without a colon

    def _take_columns(self) -> None:
        """A table of two columns without heads whose first has labels, few with a number in it: each row is a pair as well."""
        for table in self._form.tables:
            labels = [row[0] for row in table.cells]
            values = [row[1] for row in table.cells]
            if len(table.cells[0]) != 2 or len(labels) < _LEAST_LABELS or _has_heads(values):  # noqa: PLR2004
                continue
            plain = [label for label in labels if label is not None and _is_label(label)]
            if all(map(_may_be_label, labels)) and len(plain) > len(labels) / 2:
                for label, value in zip(labels, values, strict=True):
                    assert label is not None
                    self._form.pairs.append(Pair(label.words, value.words if value else (), IN_COLUMNS))

    def _take_under_labels(self) -> None:
        """Rows two by two, closer to each other than to what stands above and below: labels over their values."""
        for place, (labels, values) in enumerate(pairwise(self._rows)):
            if not all(self._is_free(span) for span in [*labels, *values]):
                continue
            inside = _distance(labels, values)
            before = _distance(self._rows[place - 1], labels) if place else float("inf")
            after = _distance(values, self._rows[place + 2]) if place + 2 < len(self._rows) else float("inf")
            is_over = all(map(_is_label, labels)) and len(values) <= len(labels)
            if is_over and inside < 0.75 * min(before, after):
                self._take_each_under(labels, values)

    def _take_each_under(self, labels: Row, values: Row) -> None:
        for label in labels:
            for value in values:
                if abs(value.left - label.left) <= label.height:
                    self._taken.add(label)
                    self._pair(label, value, OVER)

    # --- what is whose

    def _is_open(self, span: Span) -> bool:
        """Whether it ends with a colon and has no value yet."""
        return span in self._keys and self._keys[span] is None

    def _is_free(self, span: Span) -> bool:
        return span not in self._keys and span not in self._taken

    def _left_over(self) -> list[Row]:
        """Rows of texts that belong to no key; a row with one that does ends a table."""
        return [row if all(map(self._is_free, row)) else [] for row in self._rows]

    def _words(self) -> Iterator[Word]:
        for row in self._rows:
            for span in row:
                yield from span.words


def _at_keys(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """A line with several keys, cut before each but the first: where the gap between a value and the next key is widest."""
    ends = [place for place, word in enumerate(words) if _ends_key(word)]
    start = 0
    for end, following in pairwise(ends):
        if following - end < 3:  # noqa: PLR2004  (one word of a value, one of a key)
            continue
        gaps = {place: _gap(words[place - 1], words[place]) for place in range(end + 2, following + 1)}
        cut = max(gaps, key=lambda place: gaps[place])
        yield words[start:cut]
        start = cut
    yield words[start:]


def _gap(before: Word, after: Word) -> float:
    return after.polygon[0][0] - before.polygon[1][0]


def _end_of_key(words: Sequence[Word]) -> int | None:
    """Which word ends the key that the words begin with."""
    for place, word in enumerate(words[:_MOST_KEY_WORDS]):
        if _ends_key(word):
            return place
    return None


def _ends_key(word: Word) -> bool:
    return word.text.endswith(COLONS) and any(letter.isalpha() for letter in word.text)


def _is_label(span: Span) -> bool:
    """Whether it could well name a field: as `_may_be_label`, and no digits."""
    return _may_be_label(span) and not any(map(str.isdigit, span.text))


def _may_be_label(span: Span | None) -> bool:
    """Whether it could name a field: few words, the first with a capital letter, and no end of a clause."""
    if span is None or len(span.words) > _MOST_LABEL_WORDS:
        return False
    return span.text[0].isupper() and not span.text.endswith((",", ".", ";", "!", "?"))


def _has_heads(values: Sequence[Span | None]) -> bool:
    """Whether the first is a word over numbers: then it is the head of a column."""
    numbers = [any(map(str.isdigit, span.text)) if span else False for span in values]
    return not numbers[0] and all(numbers[1:])


def _distance(above: Row, below: Row) -> float:
    return min(span.middle for span in below) - max(span.middle for span in above)
