"""`Sampling`: a share of all answers, drawn by the one coin that all samples of a document share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secondlook.review.decisions.conditions.finding import Finding
from secondlook.review.decisions.conditions.members import Members
from secondlook.review.decisions.conditions.prediction import Prediction

LEAST = 0.01
MOST = 100.0


@dataclass(frozen=True, slots=True)
class Sampling:
    percentage: float

    @classmethod
    def read(cls, members: Members) -> Sampling:
        percentage = members.number("RandomSamplingPercentage", LEAST, MOST)
        if percentage is None:
            members.missing("RandomSamplingPercentage", f"a number from {LEAST:g} to {MOST:g}")
        return cls(percentage)

    def look(self, prediction: Prediction) -> Finding:  # noqa: ARG002  # a sample is drawn whatever the answer says
        return Finding(self.percentage / 100, None, 1, self._reasons)

    def _reasons(self) -> Iterator[str]:
        yield f"a random sample of {self.percentage:g} %"
