"""A document of activation conditions: its JSON, and the tree that it describes [activation-conditions.md, Grammar]."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from secondlook.review.decisions.conditions.input_mapping import InputMapping
from secondlook.review.decisions.conditions.kinds import KINDS
from secondlook.review.decisions.conditions.members import Members, at, nearest, refuse, shown
from secondlook.review.decisions.conditions.tree import Group, Node, Simple
from secondlook.review.errors import Invalid

MOST_CHARACTERS = 10_240
"""As A2I's service model has it."""

DEEPEST_GROUP = 2
"""Levels of And and Or within a member of Conditions."""

_GROUPS = ("And", "Or")
_SIMPLE = ("ConditionType", "ConditionParameters")


def loaded(text: str) -> Any:
    """The document as JSON; raises Invalid also for what a parser would let pass: names that stand twice, NaN."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid(
            f"HumanLoopActivationConditions has {len(text):,} characters; at most {MOST_CHARACTERS:,} are taken."
        )
    try:
        document = json.loads(text, object_pairs_hook=_Object.of, parse_constant=_no_constant)
    except RecursionError:
        raise Invalid("HumanLoopActivationConditions is nested too deep.") from None
    except ValueError as error:
        raise Invalid(f"HumanLoopActivationConditions must be valid JSON: {error}.") from None
    _refuse_repeated(document)
    return document


class _Object(dict[str, Any]):
    """An object that remembers a name that stood in it twice."""

    repeated: str | None = None

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> _Object:
        members = cls()
        for name, value in pairs:
            if name in members:
                members.repeated = name
            members[name] = value
        return members


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON; a number is needed")


def _refuse_repeated(document: Any) -> None:
    waiting = [("$", document)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, _Object):
            if value.repeated is not None:
                refuse(at(path, value.repeated), "stands there twice; keep one of them")
            waiting.extend((at(path, name), part) for name, part in value.items())
        elif isinstance(value, list):
            waiting.extend((f"{path}[{place}]", part) for place, part in enumerate(value))


def read(document: Any, source: str | None) -> tuple[tuple[Node, ...], InputMapping]:
    """The members of Conditions, none where it has none, and the mapping. `source` is the flow's AwsManagedHumanLoopRequestSource."""
    reader = _Reader(source)
    if isinstance(document, dict) and _is_condition(document):
        return (reader.node(document, "$", 0),), InputMapping()
    members = Members(document, "$", "the document with Conditions")
    conditions = members.get("Conditions")
    mapping = InputMapping.read(members)
    members.end()
    if "Conditions" in members and not isinstance(conditions, list):
        members.wrong("Conditions", "a list of conditions")
    listed = enumerate(conditions or [])
    return tuple(reader.node(condition, f"$.Conditions[{place}]", 0) for place, condition in listed), mapping


def _is_condition(document: dict[str, Any]) -> bool:
    """Without the wrapper, as one of AWS's own examples has it."""
    return "Conditions" not in document and not {*_GROUPS, *_SIMPLE}.isdisjoint(document)


class _Reader:
    """Reads nodes, and numbers their conditions."""

    def __init__(self, source: str | None) -> None:
        self._source = source
        self._places: Iterator[int] = count()

    def node(self, value: Any, path: str, depth: int) -> Node:
        """A condition or a group at `path`, inside `depth` groups."""
        members = Members(value, path, "a condition, an And or an Or")
        groups = [name for name in _GROUPS if name in members]
        if not groups:
            return self._simple(members)
        if len(groups) > 1:
            refuse(path, "has both And and Or; put one into the other")
        return self._group(members, groups[0], depth + 1)

    def _group(self, members: Members, kind: str, depth: int) -> Group:
        listed = members.get(kind)
        members.end()
        path = at(members.path, kind)
        if depth > DEEPEST_GROUP:
            refuse(path, f"is nested too deep; And and Or have at most {DEEPEST_GROUP} levels")
        if not isinstance(listed, list) or len(listed) < 2:  # noqa: PLR2004  # as the schema of AWS has it
            refuse(path, f"must be a list of at least two conditions; it is {shown(listed)}")
        return Group(
            kind,
            tuple(self.node(each, f"{path}[{place}]", depth) for place, each in enumerate(listed)),
        )

    def _simple(self, members: Members) -> Simple:
        name = members.text("ConditionType", f"one of {', '.join(self._kinds())}")
        if name not in KINDS:
            refuse(
                at(members.path, "ConditionType"), f"{shown(name)} is not known{nearest(name, self._kinds())}"
            )
        if name not in self._kinds():
            needed = KINDS[name].source
            refuse(
                at(members.path, "ConditionType"),
                f"{name} needs the HumanLoopRequestSource {needed}; "
                f"{f'with {self._source}' if self._source else 'without one'} use one of {', '.join(self._kinds())}",
            )
        given = members.get("ConditionParameters")
        members.end()
        path = at(members.path, "ConditionParameters")
        parameters = Members({} if given is None else given, path, name)
        condition = KINDS[name].read(parameters)
        parameters.end()
        return Simple(name, {} if given is None else given, condition, next(self._places))

    def _kinds(self) -> list[str]:
        return [name for name, kind in KINDS.items() if kind.source in {None, self._source}]
