"""Constraints of the service model, checked as AWS words them, and what a number's type can hold.

botocore's clients check required members, types and minimum lengths only; maxima, patterns and enums reach a server
unchecked. All violations are counted and told at once. Source: a2i-facts ``api.md`` section 1 for the sentence;
``model-a2i.md`` for what is constrained.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from secondlook.wire import errors, patterns
from secondlook.wire.specs import Operation, Shape

_LONGEST_VALUE = 1024

_RANGES: Mapping[str, tuple[float, float]] = {
    "integer": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
    "float": (-3.4028234663852886e38, 3.4028234663852886e38),
    "double": (-sys.float_info.max, sys.float_info.max),
}
"""What a number of each type can be, whatever the model says of its shape: Java's types, which AWS reads them into."""

OPTED_OUT = frozenset({"s3"})
"""Services that check members in their own way and words."""


def validate(operation: Operation, params: Mapping[str, Any]) -> None:
    """Raise a ``ValidationException`` that lists each violated constraint of ``operation``'s input.

    >>> validate(specs.load("sagemaker").operation("DescribeHumanTaskUi"), {"HumanTaskUiName": "A"})  # doctest: +SKIP
    AwsError: ValidationException: 1 validation error detected: Value 'A' at 'humanTaskUiName' failed to satisfy
    constraint: Member must satisfy regular expression pattern: [a-z0-9](-*[a-z0-9])*
    """
    if operation.input is None or operation.service.name in OPTED_OUT:
        return
    violations = list(_in_structure(operation.input, params, ""))
    if violations:
        plural = "error" if len(violations) == 1 else "errors"
        raise errors.validation(f"{len(violations)} validation {plural} detected: {'; '.join(violations)}")


def _in_structure(shape: Shape, value: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, member in shape.members.items():
        inner = f"{path}.{_camel(name)}" if path else _camel(name)
        if value.get(name) is not None:
            yield from _in_member(member, value[name], inner)
        elif name in shape.required and name != shape.payload:
            yield f"Value null at '{inner}' failed to satisfy constraint: Member must not be null"


def _in_member(shape: Shape, value: Any, path: str) -> Iterator[str]:
    for tail in _violations(shape, value):
        yield f"{_subject(shape, value)} at '{path}' failed to satisfy constraint: {tail}"
    if shape.type == "structure":
        yield from _in_structure(shape, value, path)
    elif shape.type == "list":
        yield from _in_list(shape, value, path)
    elif shape.type == "map":
        yield from _in_map(shape, value, path)


def _in_list(shape: Shape, value: list[Any], path: str) -> Iterator[str]:
    if shape.member.type in {"structure", "list", "map"}:
        for at, item in enumerate(value, 1):
            if item is not None:
                yield from _in_member(shape.member, item, f"{path}.{at}.member")
    elif broken := _first_broken(shape.member, value):
        yield f"{_subject(shape, value)} at '{path}' failed to satisfy constraint: Member must satisfy constraint: {broken}"


def _in_map(shape: Shape, value: dict[str, Any], path: str) -> Iterator[str]:
    subject = f"{_subject(shape, value)} at '{path}' failed to satisfy constraint"
    if broken := _first_broken(shape.key, list(value)):
        yield f"{subject}: Map keys must satisfy constraint: {broken}"
    if shape.value.type in {"structure", "list", "map"}:
        for key, item in value.items():
            if item is not None:
                yield from _in_member(shape.value, item, f"{path}.{key}.member")
    elif broken := _first_broken(shape.value, list(value.values())):
        yield f"{subject}: Map value must satisfy constraint: {broken}"


def _first_broken(shape: Shape, values: list[Any]) -> str:
    """All constraints of what a list or map holds, if any item breaks one: AWS does not say which."""
    broken = any(item is None or any(True for _ in _violations(shape, item)) for item in values)
    return f"[{', '.join(_constraints(shape))}]" if broken else ""


def _violations(shape: Shape, value: Any) -> Iterator[str]:
    """The constraints that one value breaks. A pattern is only tried on a value of the right length."""
    lower, upper = _bounds(shape)
    size = value if shape.type in _RANGES else len(value) if hasattr(value, "__len__") else None
    fits = True
    if isinstance(size, float) and math.isnan(size):
        yield "Member must be a number"
    if size is not None and upper is not None and size > upper:
        fits = False
        yield _at_most(shape)
    if size is not None and lower is not None and size < lower:
        fits = False
        yield _at_least(shape)
    if shape.type == "string":
        pattern, enum = shape.traits.get("pattern"), shape.traits.get("enum")
        if fits and pattern and not patterns.matches(pattern, value):
            yield f"Member must satisfy regular expression pattern: {pattern}"
        if enum and value not in enum:
            yield f"Member must satisfy enum value set: [{', '.join(enum)}]"


def _constraints(shape: Shape) -> Iterator[str]:
    lower, upper = _bounds(shape)
    if upper is not None:
        yield _at_most(shape)
    if lower is not None:
        yield _at_least(shape)
    if "pattern" in shape.traits:
        yield f"Member must satisfy regular expression pattern: {shape.traits['pattern']}"
    if "enum" in shape.traits:
        yield f"Member must satisfy enum value set: [{', '.join(shape.traits['enum'])}]"


def _bounds(shape: Shape) -> tuple[float | None, float | None]:
    """The least and the most that a number, or the length of anything else, may be."""
    least, most = _RANGES.get(shape.type, (None, None))
    return shape.traits.get("min", least), shape.traits.get("max", most)


def _at_most(shape: Shape) -> str:
    return f"Member must have {_measure(shape)} less than or equal to {_bounds(shape)[1]}"


def _at_least(shape: Shape) -> str:
    return f"Member must have {_measure(shape)} greater than or equal to {_bounds(shape)[0]}"


def _measure(shape: Shape) -> str:
    return "value" if shape.type in _RANGES else "length"


def _subject(shape: Shape, value: Any) -> str:
    """``Value '…'``; a secret is not repeated, and a long value is cut."""
    if shape.traits.get("sensitive"):
        return "Value"
    text = _java(value)
    return f"Value '{text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + '…'}'"


def _java(value: Any) -> str:
    """How AWS prints a value: ``[a, b]``, ``{key=value}``."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={_java(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_java, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]
