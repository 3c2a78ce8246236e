"""Activation conditions: parsed once, evaluated on each answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from secondlook.review.decisions.conditions import document
from secondlook.review.decisions.conditions.evaluation import Evaluation
from secondlook.review.decisions.conditions.finding import look
from secondlook.review.decisions.conditions.input_mapping import InputMapping
from secondlook.review.decisions.conditions.prediction import Prediction
from secondlook.review.decisions.conditions.query import Query
from secondlook.review.decisions.conditions.tree import Node, Simple

EXPRESSIONS = ("Expression", "Items", "Score", "Label", "Scores")
"""Parameters that are JMESPath."""

COSTLY = 2**24
"""The effort of an expression that takes all steps it has: about that of reading so many bytes."""


class ActivationConditions:
    """The conditions of a flow definition. Does not change, so one may serve all threads."""

    def __init__(self, nodes: Sequence[Node], mapping: InputMapping, version: str) -> None:
        self._nodes = tuple(nodes)
        self._simple = tuple(_simple(self._nodes))
        self._is_interpreted = mapping.is_interpreted or any(map(_is_interpreted, self._simple))
        self.mapping = mapping
        """What a loop is about that is started because they are true."""
        self.version = version
        """The same for documents that say the same: 16 hexadecimal digits of the SHA-256 of its canonical JSON."""

    def effort(self, size: int) -> int:
        """About what judging an answer of so many bytes takes: as many bytes as are read in the same time.

        Each condition goes through the answer once; what an expression does depends little on what it is given.
        """
        return COSTLY if self._is_interpreted else size * max(1, len(self._simple))

    def evaluate(self, answer: Any, coin: float) -> Evaluation:
        """What they say about an answer, which is JSON as `json.loads` gives it, or UNREADABLE; never raises for any.

        `coin` is in [0, 1), drawn independently of the answer; who throws it must throw the same for a retry.
        """
        if not 0 <= coin < 1:
            raise ValueError(f"a coin is at least 0 and less than 1, not {coin}")
        prediction = Prediction(answer)
        findings = [look(each.condition, each.kind, prediction) for each in self._simple]
        return Evaluation(answer, self._nodes, findings, coin)


def parse(text: str, source: str | None = None) -> ActivationConditions:
    """Read a document; raises `review.errors.Invalid` with the JSON path of what is wrong.

    `source` is the flow definition's AwsManagedHumanLoopRequestSource, None for a flow of one's own.
    """
    loaded = document.loaded(text)
    nodes, mapping = document.read(loaded, source)
    return ActivationConditions(nodes, mapping, _version(loaded))


def of_flow(config: Mapping[str, Any]) -> ActivationConditions:
    """Of a flow definition as it was created; raises Invalid. Without any, everything is reviewed."""
    given = config.get("HumanLoopActivationConfig", {}).get("HumanLoopActivationConditionsConfig", {})
    source = config.get("HumanLoopRequestSource", {}).get("AwsManagedHumanLoopRequestSource")
    text = given.get("HumanLoopActivationConditions")
    return NONE if text is None else parse(text, source)


def _version(loaded: Any) -> str:
    canonical = json.dumps(loaded, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _is_interpreted(simple: Simple) -> bool:
    """Whether a parameter is an expression that does more than look up a member."""
    texts = (simple.parameters.get(name) for name in EXPRESSIONS)
    return any(isinstance(text, str) and Query(text).names is None for text in texts)


def _simple(nodes: Sequence[Node]) -> list[Simple]:
    """All conditions of a tree, in the order of their places."""
    listed: list[Simple] = []
    for node in nodes:
        listed.extend([node] if isinstance(node, Simple) else _simple(node.members))
    return listed


NONE = parse("{}")
"""Of a flow definition that has no conditions: everything is reviewed."""
