"""The answer cut down to what a person should see: the items that made conditions true, in the shape of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from secondlook.review.decisions.conditions.finding import Cut, Finding
from secondlook.review.decisions.conditions.tree import Findings, Node, Simple

DEEPEST = 32
"""Levels of an answer in which items are searched; what lies deeper stays whole."""


def selected(answer: Any, nodes: Sequence[Node], findings: Findings, coin: float) -> Any:
    """The answer with each list that items came from cut down to those that matched; whole where any true condition is about all of it."""
    cuts = [_cuts(node, findings, coin) for node in nodes if coin < node.reach(findings)]
    if not cuts or any(cut is None for cut in cuts):
        return answer
    flat = [cut for listed in cuts if listed for cut in listed]
    matched = {id(item) for cut in flat for item in cut.matched}
    looked_at = {id(item) for cut in flat for item in cut.looked_at if isinstance(item, dict | list)}
    return _pruned(answer, looked_at, matched, 0)


def _cuts(node: Node, findings: Findings, coin: float) -> list[Cut] | None:
    """What a node that is true selects; None for the whole answer.

    In an And, conditions about the whole (a sample, an expression) leave the selecting to those about items.
    """
    if isinstance(node, Simple):
        return _of(findings[node.place])
    cuts = [_cuts(member, findings, coin) for member in node.members if coin < member.reach(findings)]
    narrow = [cut for cut in cuts if cut is not None]
    if len(narrow) < len(cuts) and (node.kind == "Or" or not narrow):
        return None
    return [cut for listed in narrow for cut in listed]


def _of(finding: Finding) -> list[Cut] | None:
    return None if finding.cut is None else [finding.cut]


def _pruned(value: Any, looked_at: Iterable[int], matched: Iterable[int], depth: int) -> Any:
    """Items are known by identity, since two of them may be equal; JSON holds nothing twice."""
    if depth > DEEPEST:
        return value
    if isinstance(value, dict):
        return {name: _pruned(part, looked_at, matched, depth + 1) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    if any(id(part) in looked_at for part in value):
        return [part for part in value if id(part) in matched]
    return [_pruned(part, looked_at, matched, depth + 1) for part in value]
