"""What an export has written and what it could not, to be said at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Tally:
    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Items, by why."""
    in_part: Counter[str] = field(default_factory=Counter)
    """What was left out of items that were written, by what it is."""

    def leave_out(self, why: str) -> None:
        self.left_out[why] += 1

    def leave_part_out(self, what: str, number: int = 1) -> None:
        self.in_part[what] += number

    def sentences(self) -> Iterator[str]:
        """`3 left out: a choice of labels …`, the most frequent first."""
        for why, number in self.left_out.most_common():
            yield f"{number:,} left out: {why}"
        for what, number in self.in_part.most_common():
            yield f"{number:,} left out of what was written: {what}"
