"""`ImportantFormKeyConfidenceCheck` and `MissingImportantFormKey`, of Textract's AnalyzeDocument [activation-conditions.md]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions.conditions import comparison, words
from secondlook.review.decisions.conditions.comparison import Comparisons
from secondlook.review.decisions.conditions.finding import FALSE, Cut, Finding
from secondlook.review.decisions.conditions.form import Pair
from secondlook.review.decisions.conditions.kinds.listing import ANY
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction


@dataclass(frozen=True, slots=True)
class FormKey:
    """A key by its text or one of its aliases, each exactly as Textract reads it."""

    text: str
    aliases: tuple[str, ...]

    @classmethod
    def read(cls, members: Members) -> FormKey:
        text = members.text("ImportantFormKey", f'the text of a key, or "{ANY}" for any')
        return cls(
            text, members.texts("ImportantFormKeyAliases", "a list of texts", least=0, alone=False) or ()
        )

    def names(self, pair: Pair) -> bool:
        return self.text in {ANY, pair.key} or pair.key in self.aliases


@dataclass(frozen=True, slots=True)
class ImportantFormKeyConfidenceCheck:
    """Both families must hold: that of the pair, and that of its words, of which `match` says whether all or any must."""

    key: FormKey
    pair: Comparisons
    word: Comparisons
    match: str

    @classmethod
    def read(cls, members: Members) -> ImportantFormKeyConfidenceCheck:
        check = cls(
            FormKey.read(members),
            comparison.read(members, "KeyValueBlockConfidence", 0, 100),
            comparison.read(members, "WordBlockConfidence", 0, 100),
            members.choice("WordBlockMatch", ("all", "any")),
        )
        if not check.pair.each and not check.word.each:
            members.missing(
                "KeyValueBlockConfidenceLessThan",
                "or another comparison of the KeyValueBlockConfidence or the WordBlockConfidence, from 0 to 100",
            )
        return check

    def look(self, prediction: Prediction) -> Finding:
        form = prediction.form
        named = [pair for pair in form.pairs if self.key.names(pair)]
        found = [pair for pair in named if self._is_doubtful(pair) or self._matches(pair)]
        if not found:
            return FALSE

        def reasons() -> Iterator[str]:
            yield from map(self._reason, found)

        return Finding(1.0, Cut(form.blocks, _blocks(found)), len(found), reasons)

    def _is_doubtful(self, pair: Pair) -> bool:
        return (bool(self.pair.each) and pair.confidence is None) or (
            bool(self.word.each) and None in pair.words
        )

    def _matches(self, pair: Pair) -> bool:
        if pair.confidence is not None and not self.pair.hold(pair.confidence):
            return False
        if not self.word.each:
            return True
        held = [self.word.hold(word) for word in pair.words if word is not None]
        return any(held) if self.match == "any" else all(held)

    def _reason(self, pair: Pair) -> str:
        """`"Mail Address:" 55.00 is under 60.00, and each of its words under 85.00`."""
        key = words.quote(pair.key)
        if self._is_doubtful(pair):
            return f"{key} or a word of it has no usable confidence"
        whose = "each of its words" if self.match == "all" else "a word of it"
        parts = []
        if self.pair.each and pair.confidence is not None:
            parts.append(f"{key} {self.pair.beside(pair.confidence)} is {self.pair.phrase()}")
            whose = f"and {whose}"
        if self.word.each:
            parts.append(
                f"{whose} {self.word.phrase()}" if parts else f"{key}: {whose} is {self.word.phrase()}"
            )
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class MissingImportantFormKey:
    """True when no pair has the key. A person then sees no pairs, and is asked for the missing one."""

    key: FormKey

    @classmethod
    def read(cls, members: Members) -> MissingImportantFormKey:
        return cls(FormKey.read(members))

    def look(self, prediction: Prediction) -> Finding:
        form = prediction.form
        if any(self.key.names(pair) for pair in form.pairs):
            return FALSE
        what = "no key" if self.key.text == ANY else f"no key {words.quote(self.key.text)}"
        also = f" or {', '.join(map(words.quote, self.key.aliases))}" if self.key.aliases else ""
        return Finding(1.0, Cut(form.blocks, ()), 1, lambda: iter((f"{what}{also}",)))


def _blocks(pairs: list[Pair]) -> list[Any]:
    return [block for pair in pairs for block in pair.blocks]
