"""`Expression`: a JMESPath expression that is true or false of the whole answer."""

from __future__ import annotations

from dataclasses import dataclass

from secondlook.review.decisions.conditions import words
from secondlook.review.decisions.conditions.finding import FALSE, Finding, whole
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query, Unanswered


@dataclass(frozen=True, slots=True)
class Expression:
    query: Query

    @classmethod
    def read(cls, members: Members) -> Expression:
        query = members.query("Expression")
        if query is None:
            members.missing("Expression", "a JMESPath expression that gives true or false")
        return cls(query)

    def look(self, prediction: Prediction) -> Finding:
        result = prediction.find(self.query)
        if result is False:
            return FALSE
        text = words.shortened(self.query.text)
        if result is True:
            return whole(f"{text} is true")
        raise Unanswered(f"{text} gives {words.repeated(result)}, not true or false")
