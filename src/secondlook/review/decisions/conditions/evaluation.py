"""What the conditions of a flow definition say about one answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from secondlook.review.decisions.conditions import selection, words
from secondlook.review.decisions.conditions.prediction import UNREADABLE
from secondlook.review.decisions.conditions.tree import Findings, Node

ACCEPT = "accept"
REVIEW = "review"
AUDIT = "audit"

UNCONDITIONAL = "the flow definition has no conditions, so everything is reviewed"


class Evaluation:
    """Whether a person should look, how likely that was, and why.

    What is not asked for is not worked out. Leave the answer as it is until all that you need has been asked for.
    """

    def __init__(self, answer: Any, nodes: Sequence[Node], findings: Findings, coin: float) -> None:
        self._answer = answer
        self._nodes = nodes
        self._findings = findings
        self._coin = coin
        self.probability: float = max((node.reach(findings) for node in nodes), default=1.0)
        """The chance over all coins that it is true; what a later estimate weighs this answer by."""
        self.is_true: bool = coin < self.probability

    @property
    def decision(self) -> str:
        """`accept`; `review` where it was certain; `audit` where a sample chose it."""
        if not self.is_true:
            return ACCEPT
        return REVIEW if self.probability >= 1 else AUDIT

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why it is true, in the order of the conditions, ten at most and how many more; empty where it is not."""
        if not self._nodes:
            return (UNCONDITIONAL,)
        findings = [
            self._findings[simple.place]
            for node in self._nodes
            for simple in node.true(self._findings, self._coin)
        ]
        return words.first((finding.reasons() for finding in findings), sum(each.count for each in findings))

    @cached_property
    def results(self) -> dict[str, Any]:
        """The documented evaluation result document [activation-conditions.md]."""
        return {"Conditions": [node.results(self._findings, self._coin) for node in self._nodes]}

    @cached_property
    def selected(self) -> Any:
        """The answer cut down to what made conditions true; None where the answer is no JSON."""
        if self._answer is UNREADABLE:
            return None
        return selection.selected(self._answer, self._nodes, self._findings, self._coin)

    @cached_property
    def important_form_keys(self) -> list[dict[str, Any]]:
        """The keys that a person should look for, as `crowd-textract-analyze-document` takes them: those of conditions that are true.

        `[{"importantFormKey": …, "importantFormKeyAliases": […]}]`
        """
        keys: dict[str, dict[str, Any]] = {}
        for node in self._nodes:
            for simple in node.true(self._findings, self._coin):
                key = simple.parameters.get("ImportantFormKey")
                if isinstance(key, str) and key != "*":
                    aliases = simple.parameters.get("ImportantFormKeyAliases", [])
                    keys.setdefault(key, {"importantFormKey": key, "importantFormKeyAliases": aliases})
        return list(keys.values())
