"""`ConfidenceCheck`: scores, areas and numbers of the items of any model's answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondlook.review.decisions.conditions import comparison, words
from secondlook.review.decisions.conditions.comparison import Comparison, Comparisons
from secondlook.review.decisions.conditions.finding import FALSE, Cut, Finding
from secondlook.review.decisions.conditions.kinds.listing import ANY, Items, Names, Source
from secondlook.review.decisions.conditions.members import Members, at, number, refuse, shown
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query
from secondlook.review.decisions.conditions.table import Table
from secondlook.review.decisions.items import MOST, as_score

Places = Sequence[int]


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
        if check.count.each and "Match" in members:
            refuse(members.path, "has both Match and Count comparisons; keep one of them")
        if not (check.confidence.each or check.thresholds or check.area.each or check.count.each):
            members.end()
            refuse(members.path, "compares nothing; give a comparison like ConfidenceLessThan, or Thresholds")
        return check

    def look(self, prediction: Prediction) -> Finding:
        table = self.items.of(prediction)
        prediction.budget.spend_items(len(table.items))
        meant = self._meant(table)
        doubtful = self._doubtful(table, meant)
        prediction.budget.spend(len(doubtful))
        usable = sorted(set(meant).difference(doubtful)) if doubtful else meant
        matching = self._matching(table, usable)
        if self._holds(len(matching), len(usable)):
            return self._true(table, matching, doubtful)
        return self._finding(table, (), doubtful, ()) if doubtful else FALSE

    def _meant(self, table: Table) -> Places:
        """The items that have a label that is meant, or do not say theirs."""
        names = self.names.names
        if names is None:
            return range(len(table.items))
        labels = table.labels(self.label).values
        return [place for place, label in enumerate(labels) if label in names or label is None]

    def _doubtful(self, table: Table, meant: Places) -> Places:
        """Of these the items that lack what they are asked for."""
        gaps: list[int] = []
        if self._is_scored:
            gaps.extend(table.scores(self.score).gaps)
        if self.area.each:
            gaps.extend(table.areas().gaps)
        if self._needs_label:
            gaps.extend(table.labels(self.label).gaps)
        return sorted(set(gaps).intersection(meant)) if gaps else ()

    @property
    def _is_scored(self) -> bool:
        return bool(self.confidence.each or self.thresholds)

    @property
    def _needs_label(self) -> bool:
        return self.names.names is not None or (bool(self.thresholds) and ANY not in self.thresholds)

    def _matching(self, table: Table, places: Places) -> Places:
        """The places of the items that match, of those that have all they are asked for."""
        if self._is_scored:
            scores = table.scores(self.score).values
            places = self.confidence.where(scores, places)
            if self.thresholds:
                labels, limits = table.labels(self.label).values, self.thresholds
                rest = limits.get(ANY, -MOST)
                places = [place for place in places if scores[place] < limits.get(labels[place], rest)]
        return self.area.where(table.areas().values, places) if self.area.each else places

    def _holds(self, matching: int, usable: int) -> bool:
        if self.count.each:
            return self.count.hold(matching)
        if self.match == "any":
            return matching > 0
        return matching == 0 if self.match == "none" else 0 < matching == usable

    def _true(self, table: Table, matching: Places, doubtful: Places) -> Finding:
        if self.match == "any" and not self.count.each:
            return self._finding(table, matching, doubtful, ())
        return self._finding(table, matching, doubtful, (self._all(len(matching)),))

    def _finding(self, table: Table, matching: Places, doubtful: Places, of_all: Sequence[str]) -> Finding:
        """Reasons are those `of_all`, or else one for each item that matches; and one for each that is doubtful."""

        def reasons() -> Iterator[str]:
            yield from of_all or (self._one(table, place) for place in matching)
            yield from (self._doubt(table, place) for place in doubtful)

        selects = [table.items[place] for place in (*matching, *doubtful)]
        # That no item matches is a reason to look at all of them.
        cut = Cut(table.items, selects) if selects else None
        return Finding(1.0, cut, len(of_all or matching) + len(doubtful), reasons)

    def _one(self, table: Table, place: int) -> str:
        """`bicycle 0.75 is under 0.90`."""
        label = table.label_at(place, self.label)
        name = words.named(label, place)
        parts = []
        if self._is_scored:
            limits = self._limits(label)
            score = table.scores(self.score).values[place]
            parts.append(f"{name} {limits.beside(score)} is {limits.phrase()}")
        if self.area.each:
            area = table.areas().values[place]
            whose = "its area" if parts else f"the area of {name}"
            parts.append(f"{whose} {self.area.beside(area)} is {self.area.phrase()}")
        return ", ".join(parts)

    def _limits(self, label: str | None) -> Comparisons:
        """All comparisons that hold for the score of an item of this label."""
        if not self.thresholds:
            return self.confidence
        limit = self.thresholds.get(label or "", self.thresholds.get(ANY, 0.0))
        return Comparisons((*self.confidence.each, Comparison("LessThan", limit)))

    def _all(self, count: int) -> str:
        """`no object with 0.90 or more`, `all 5 objects are under 0.90`, `3 objects with 0.50 or more, which is over 2`."""
        label, phrase = self.names.only, self._phrase()
        if self.count.each:
            found = words.objects(count, label)
            return f"{found}{f' with {phrase}' if phrase else ''}, which is {self.count.phrase(_whole)}"
        if self.match == "none":
            return f"no object{words.quoted(label)} with {phrase}"
        if count == 1:
            return f"the only object{words.quoted(label)} is {phrase}"
        return f"all {words.objects(count, label)} are {phrase}"

    def _phrase(self) -> str:
        thresholds = "under the threshold of its label" if self.thresholds else ""
        area = f"an area {self.area.phrase()}" if self.area.each else ""
        return " and ".join(part for part in (self.confidence.phrase(), thresholds, area) if part)

    def _doubt(self, table: Table, place: int) -> str:
        label = table.label_at(place, self.label)
        name = words.named(label, place)
        if label is None and self._needs_label:
            return f"{name} has no label"
        if self._is_scored:
            raw = table.raw_score_at(place, self.score)
            if as_score(raw) is None:
                return f"{name} has no usable score{'' if raw is None else f': {words.repeated(raw)}'}"
        return f"{name} has no box with an area"


def _whole(value: float) -> str:
    return f"{value:g}"


def _thresholds(members: Members) -> Mapping[str, float]:
    given = members.get("Thresholds")
    if "Thresholds" not in members:
        return {}
    path = at(members.path, "Thresholds")
    if not isinstance(given, dict) or not given:
        refuse(path, f'must be an object of labels (or "{ANY}") with a number each; it is {shown(given)}')
    return {label: number(limit, at(path, label)) for label, limit in given.items()}
