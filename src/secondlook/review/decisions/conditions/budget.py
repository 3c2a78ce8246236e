"""What one evaluation may cost, all its conditions together, so that none can hang or fill a server.

JMESPath has no loops of its own, but what it composes may double at each step (`[@,@][]|[@,@][]|…`), and what is
written out of it (`to_string`) may be exponentially larger than what is held. So each visit of a node, each element
that is listed anew, and each part of a value that is compared or written out is a step, and steps are counted. So are the
items that conditions go through without an expression: a document has room for a hundred conditions, an answer for a million items.
"""

from __future__ import annotations

from typing import Any

STEPS = 250_000
"""Enough for a dozen expressions over each of a thousand boxes; about a quarter of a second where they are all used."""

CHARACTERS_A_STEP = 64
"""Copying this much text costs about what a step does."""

ITEMS_A_STEP = 8
"""Comparing this many numbers of a column costs about what a step does."""


class TooCostly(Exception):
    """An expression or a condition wants more steps than there are."""


class Budget:
    """The steps that are left to one evaluation."""

    __slots__ = ("_left",)

    def __init__(self, steps: int = STEPS) -> None:
        self._left = steps

    def spend(self, steps: int = 1) -> None:
        """Raise TooCostly once more is asked for than is left."""
        self._left -= steps
        if self._left < 0:
            raise TooCostly(f"it would take more than {STEPS:,} steps on this answer")

    def spend_text(self, characters: int) -> None:
        """For text that is made."""
        self.spend(1 + characters // CHARACTERS_A_STEP)

    def spend_items(self, items: int) -> None:
        """For items that are gone through, their columns being read already."""
        self.spend(1 + items // ITEMS_A_STEP)

    def weigh(self, value: Any) -> None:
        """A step for each part of a value as written out: what is held once and named twice counts twice."""
        waiting = [value]
        while waiting:
            part = waiting.pop()
            self.spend()
            if isinstance(part, dict):
                self.spend(len(part))
                waiting.extend(part.values())
            elif isinstance(part, list):
                self.spend(len(part))
                waiting.extend(part)
            elif isinstance(part, str):
                self.spend_text(len(part))
