"""And, Or and what stands in them. Nothing is cut short: each condition is evaluated, and its result is told.

All samples share one coin between 0 and 1, and each condition is true for the coins below its `reach`. So a group is true
below the least reach in an And, the greatest in an Or, and the reach of all is the chance that an answer is selected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondlook.review.decisions.conditions.finding import Condition, Finding

Findings = Sequence[Finding]
Results = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Simple:
    """A condition with the place of its finding among all findings."""

    kind: str
    parameters: Mapping[str, Any]
    condition: Condition
    place: int

    def reach(self, findings: Findings) -> float:
        return findings[self.place].reach

    def results(self, findings: Findings, coin: float) -> Results:
        """The condition as it was given, and whether it is true."""
        is_true = coin < self.reach(findings)
        given = {"ConditionType": self.kind, "ConditionParameters": self.parameters}
        return {**given, "EvaluationResult": is_true}

    def true(self, findings: Findings, coin: float) -> Iterator[Simple]:
        if coin < self.reach(findings):
            yield self


@dataclass(frozen=True, slots=True)
class Group:
    """An And or an Or of two or more."""

    kind: str
    members: tuple[Node, ...]

    def reach(self, findings: Findings) -> float:
        reaches = [member.reach(findings) for member in self.members]
        return min(reaches) if self.kind == "And" else max(reaches)

    def results(self, findings: Findings, coin: float) -> Results:
        """The group as it was given, with results [activation-conditions.md, Evaluation result document]."""
        is_true = coin < self.reach(findings)
        return {
            "EvaluationResult": is_true,
            self.kind: [each.results(findings, coin) for each in self.members],
        }

    def true(self, findings: Findings, coin: float) -> Iterator[Simple]:
        """The conditions that make it true; none where it is not."""
        if coin < self.reach(findings):
            for member in self.members:
                yield from member.true(findings, coin)


Node = Simple | Group
