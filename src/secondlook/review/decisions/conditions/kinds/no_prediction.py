"""`NoPrediction`: the answer has no item, or none of these labels."""

from __future__ import annotations

from dataclasses import dataclass

from secondlook.review.decisions.conditions import words
from secondlook.review.decisions.conditions.finding import FALSE, Finding, whole
from secondlook.review.decisions.conditions.kinds.listing import Items, Names
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query


@dataclass(frozen=True, slots=True)
class NoPrediction:
    items: Items
    label: Query | None
    names: Names

    @classmethod
    def read(cls, members: Members) -> NoPrediction:
        return cls(Items.read(members), members.query("Label"), Names.read(members))

    def look(self, prediction: Prediction) -> Finding:
        table = self.items.of(prediction)
        names = self.names.names
        if names is None:
            return FALSE if table.items else whole("no prediction")
        prediction.budget.spend_items(len(table.items))
        if any(label in names for label in table.labels(self.label).values):
            return FALSE
        return whole(f"no prediction {' or '.join(words.quote(name) for name in sorted(names))}")
