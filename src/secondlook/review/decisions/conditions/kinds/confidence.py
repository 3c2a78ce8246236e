"""`ConfidenceCheck`: scores, areas and numbers of the items of any model's answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions.conditions import comparison, words
from secondlook.review.decisions.conditions.budget import Budget
from secondlook.review.decisions.conditions.comparison import Comparisons
from secondlook.review.decisions.conditions.finding import FALSE, Cut, Finding
from secondlook.review.decisions.conditions.kinds import listing
from secondlook.review.decisions.conditions.kinds.listing import ANY, Items, Names, Source
from secondlook.review.decisions.conditions.members import Members, at, number, refuse, shown
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query
from secondlook.review.decisions.items import MOST, as_score
from secondlook.review.decisions.objects import box_of


@dataclass(slots=True)
class _Rows:
    """The items that are looked at, with the columns that the parameters need; a column that none needs is empty."""

    items: list[Any]
    labels: list[str | None]
    scores: list[float | None]
    areas: list[float | None]

    def without(self, places: Sequence[int]) -> _Rows:
        """The rows that stand at none of the places."""
        left_out = set(places)
        columns = (self.items, self.labels, self.scores, self.areas)
        return _Rows(*([value for n, value in enumerate(column) if n not in left_out] for column in columns))


@dataclass(frozen=True, slots=True)
class ConfidenceCheck:
    """Each comparison that is given must hold for an item to match; `match` says how many must."""

    items: Source
    score: Query | None
    label: Query | None
    names: Names
    confidence: Comparisons
    thresholds: Mapping[str, float]
    area: Comparisons
    match: str
    count: Comparisons

    @classmethod
    def read(cls, members: Members) -> ConfidenceCheck:
        check = cls(
            items=Items.read(members),
            score=members.query("Score"),
            label=members.query("Label"),
            names=Names.read(members),
            confidence=comparison.read(members, "Confidence"),
            thresholds=_thresholds(members),
            area=comparison.read(members, "Area"),
            match=members.choice("Match", ("any", "all", "none")),
            count=comparison.read(members, "Count"),
        )
        if check.count and "Match" in members:
            refuse(members.path, "has both Match and Count comparisons; keep one of them")
        if not (check.confidence or check.thresholds or check.area or check.count):
            members.end()
            refuse(members.path, "compares nothing; give a comparison like ConfidenceLessThan, or Thresholds")
        return check

    def look(self, prediction: Prediction) -> Finding:
        listed = self.items.of(prediction)
        rows, unlabelled = self._rows(listed, prediction.budget)
        doubtful = (
            [place for place in range(len(rows.items)) if self._is_doubtful(rows, place)]
            if _has_gaps(rows)
            else []
        )
        doubts = [*unlabelled, *(rows.items[place] for place in doubtful)]
        if doubtful:
            rows = rows.without(doubtful)
        places = self._matching(rows)
        is_true = self._holds(len(places), len(rows.items))
        if not is_true and not doubts:
            return FALSE
        return self._finding(rows, places, doubts, listed, is_true=is_true)

    def _rows(self, listed: list[Any], budget: Budget) -> tuple[_Rows, list[Any]]:
        """The items with a label that is meant, and those that do not say theirs."""
        unlabelled: list[Any] = []
        labels: list[str | None] = []
        if self._needs_labels:
            labels = listing.labels(listed, self.label, budget)
        if (names := self.names.names) is not None:
            unlabelled = [item for item, label in zip(listed, labels, strict=True) if label is None]
            listed = [item for item, label in zip(listed, labels, strict=True) if label in names]
            labels = [label for label in labels if label in names]
        scores = listing.scores(listed, self.score, budget) if self.confidence or self.thresholds else []
        areas = [_area(item) for item in listed] if self.area else []
        return _Rows(listed, labels, scores, areas), unlabelled

    @property
    def _needs_labels(self) -> bool:
        return self.names.names is not None or bool(self.thresholds)

    def _is_doubtful(self, rows: _Rows, place: int) -> bool:
        return any(column and column[place] is None for column in (rows.scores, rows.areas)) or (
            bool(self.thresholds) and ANY not in self.thresholds and rows.labels[place] is None
        )

    def _matching(self, rows: _Rows) -> list[int]:
        """The places of the rows that match, all of which are whole."""
        scores: Any = rows.scores
        places = self.confidence.where(scores) if self.confidence else list(range(len(rows.items)))
        if self.thresholds:
            rest = self.thresholds.get(ANY, -MOST)
            limits = self.thresholds
            places = [n for n in places if scores[n] < limits.get(rows.labels[n] or "", rest)]
        if self.area:
            areas: Any = rows.areas
            places = [n for n in places if self.area.hold(areas[n])]
        return places

    def _holds(self, matching: int, all_: int) -> bool:
        if self.count:
            return self.count.hold(matching)
        if self.match == "any":
            return matching > 0
        return matching == 0 if self.match == "none" else 0 < matching == all_

    def _finding(
        self, rows: _Rows, places: list[int], doubts: list[Any], listed: list[Any], *, is_true: bool
    ) -> Finding:
        matched = [rows.items[place] for place in places] if is_true else []
        each = is_true and self.match == "any" and not self.count

        def reasons() -> Iterator[str]:
            if each:
                yield from (self._one(item, _place(item, listed)) for item in matched)
            elif is_true:
                yield self._all(len(places))
            yield from (self._doubt(item, _place(item, listed)) for item in doubts)

        selects = [*matched, *doubts]
        # That no item matches is a reason to look at all of them.
        cut = Cut(listed, selects) if selects else None
        return Finding(1.0, cut, (len(places) if each else int(is_true)) + len(doubts), reasons)

    def _one(self, item: Any, place: int) -> str:
        """`bicycle 0.75 is under 0.90`."""
        label = listing.label(item, self.label)
        name = words.named(label, place)
        parts = []
        if self.confidence or self.thresholds:
            (score,) = listing.scores([item], self.score, Budget())
            limits = self._limits(label)
            parts.append(f"{name} {limits.beside(score or 0.0)} is {limits.phrase()}")
        if self.area:
            area = _area(item) or 0.0
            whose = "its area" if parts else f"the area of {name}"
            parts.append(f"{whose} {self.area.beside(area)} is {self.area.phrase()}")
        return ", ".join(parts)

    def _limits(self, label: str | None) -> Comparisons:
        """All comparisons that hold for the score of an item of this label."""
        if not self.thresholds:
            return self.confidence
        limit = self.thresholds.get(label or "", self.thresholds.get(ANY, 0.0))
        own = comparison.Comparison("LessThan", limit)
        return Comparisons((*self.confidence.each, own))

    def _all(self, count: int) -> str:
        """`no object with 0.90 or more`, `all 5 objects are under 0.90`, `3 objects with 0.50 or more, which is over 2`."""
        label, phrase = self.names.only, self._phrase()
        if self.count:
            found = words.objects(count, label)
            return f"{found}{f' with {phrase}' if phrase else ''}, which is {self.count.phrase(_whole)}"
        if self.match == "none":
            return f"no object{words.quoted(label)} with {phrase}"
        return (
            f"all {words.objects(count, label)} are {phrase}"
            if count > 1
            else f"the only object{words.quoted(label)} is {phrase}"
        )

    def _phrase(self) -> str:
        thresholds = "under the threshold of its label" if self.thresholds else ""
        area = f"an area {self.area.phrase()}" if self.area else ""
        return " and ".join(part for part in (self.confidence.phrase(), thresholds, area) if part)

    def _doubt(self, item: Any, place: int) -> str:
        label = listing.label(item, self.label)
        name = words.named(label, place)
        if label is None and self._needs_labels:
            return f"{name} has no label"
        if self.confidence or self.thresholds:
            raw = listing.raw_score(item, self.score)
            if as_score(raw) is None:
                return f"{name} has no usable score" + ("" if raw is None else f": {words.repeated(raw)}")
        return f"{name} has no box with an area"


def _place(item: Any, listed: Sequence[Any]) -> int:
    return next((place for place, other in enumerate(listed) if other is item), 0)


def _has_gaps(rows: _Rows) -> bool:
    return None in rows.scores or None in rows.areas or None in rows.labels


def _area(item: Any) -> float | None:
    box = box_of(item)
    return None if box is None else as_score(box.area)


def _whole(value: float) -> str:
    return f"{value:g}"


def _thresholds(members: Members) -> Mapping[str, float]:
    given = members.get("Thresholds")
    if "Thresholds" not in members:
        return {}
    path = at(members.path, "Thresholds")
    if not isinstance(given, dict) or not given:
        refuse(path, f'must be an object of labels (or "*") with a number each; it is {shown(given)}')
    return {label: number(limit, at(path, label)) for label, limit in given.items()}
