"""Numbers of labels, in the order in which they are first met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Categories:
    def __init__(self, first: int = 0) -> None:
        self._first = first
        self._numbers: dict[str, int] = {}

    def __getitem__(self, label: str) -> int:
        """The label's number, a new one if it had none."""
        return self._numbers.setdefault(label, self._first + len(self._numbers))

    def add(self, labels: Iterable[str]) -> None:
        """Those that workers could choose from, in the order of the tool, chosen or not."""
        for label in labels:
            self[label]

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return ((number, label) for label, number in self._numbers.items())
