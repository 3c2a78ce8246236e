"""Textract's answer as a form: key-value pairs, each with the words that it is made of.

A pair is a KEY_VALUE_SET block whose EntityTypes name KEY, with its VALUE blocks; the text of its key is its CHILD words, one
blank between them. Members are taken in Textract's case and in camel case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions.conditions.budget import Budget, TooCostly
from secondlook.review.decisions.conditions.query import Unanswered
from secondlook.review.decisions.items import as_score, member

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its value. `blocks` are all that show it: key, values, their words and ticks."""

    key: str
    confidence: float | None
    words: tuple[float | None, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Form:
    blocks: list[Any]
    pairs: tuple[Pair, ...]

    @classmethod
    def of(cls, answer: Any, budget: Budget) -> Form:
        """Raises Unanswered where the answer is none of Textract's, or names its blocks over and over."""
        blocks = member(answer, "Blocks")
        if not isinstance(blocks, list):
            raise Unanswered("the answer has no list Blocks")
        page = _Page(
            {name: block for block in blocks if isinstance(name := member(block, "Id"), str)}, budget
        )
        try:
            return cls(blocks, tuple(page.pairs()))
        except TooCostly as error:
            raise Unanswered(str(error)) from None


@dataclass(frozen=True, slots=True)
class _Page:
    """Blocks by their Id, and what may be spent on following them."""

    blocks: Mapping[str, Block]
    budget: Budget

    def pairs(self) -> Iterator[Pair]:
        return (self._pair(block) for block in self.blocks.values() if _is_key(block))

    def _pair(self, key: Block) -> Pair:
        values = list(self._related(key, "VALUE"))
        of_key = list(self._related(key, "CHILD"))
        parts = [*of_key, *(part for value in values for part in self._related(value, "CHILD"))]
        texts = [text for part in of_key if _is_word(part) and isinstance(text := member(part, "Text"), str)]
        return Pair(
            " ".join(texts),
            as_score(member(key, "Confidence")),
            tuple(as_score(member(part, "Confidence")) for part in parts if _is_word(part)),
            (key, *values, *parts),
        )

    def _related(self, block: Block, kind: str) -> Iterator[Block]:
        relationships = member(block, "Relationships")
        for relationship in relationships if isinstance(relationships, list) else ():
            names = member(relationship, "Ids")
            if member(relationship, "Type") == kind and isinstance(names, list):
                self.budget.spend(len(names))
                yield from (
                    self.blocks[name] for name in names if isinstance(name, str) and name in self.blocks
                )


def _is_key(block: Block) -> bool:
    types = member(block, "EntityTypes")
    return member(block, "BlockType") == "KEY_VALUE_SET" and isinstance(types, list) and "KEY" in types


def _is_word(block: Block) -> bool:
    return bool(member(block, "BlockType") == "WORD")
