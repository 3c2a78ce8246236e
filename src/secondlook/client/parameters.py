"""What is wrong with a call, before it is made.

The service models say what a parameter may be, and a server answers in their words: `Value … at 'teamName' failed to satisfy
constraint`. Here each parameter is checked first, and the words are a person's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from secondlook.client.errors import WrongParameter
from secondlook.wire import patterns

LONGEST_SHOWN = 60

NUMBERS = frozenset({"integer", "long"})

MOST = {"integer": 2**31 - 1, "long": 2**63 - 1}
"""What the numbers of the models can hold."""


def check(params: Mapping[str, Any], model: Any, **_: Any) -> None:
    """Raise WrongParameter for the first parameter that cannot be: a handler of botocore's `provide-client-params`."""
    if model.input_shape is not None:
        for name, value, violation in _in_structure(model.input_shape, params):
            raise WrongParameter(name, value, violation)


Wrong = Iterator[tuple[str, Any, str]]
"""The name of a parameter, its value, and the end of a sentence about it."""


def _in_structure(shape: Any, values: Mapping[str, Any]) -> Wrong:
    for name, member in shape.members.items():
        if values.get(name) is not None:
            yield from _in_member(name, member, values[name])


def _in_member(name: str, shape: Any, value: Any) -> Wrong:
    violation = _violation(shape, value)
    if violation:
        yield name, value, violation
    elif shape.type_name == "structure" and isinstance(value, Mapping):
        yield from _in_structure(shape, value)
    elif shape.type_name == "list":
        for item in value:
            yield from _in_member(name, shape.member, item)


def _violation(shape: Any, value: Any) -> str:
    """What is wrong with one value; nothing where it can be."""
    lower, upper = shape.metadata.get("min", 0), shape.metadata.get("max")
    if shape.type_name in NUMBERS:
        upper = MOST[shape.type_name] if upper is None else upper
        return "" if lower <= value <= upper else f"{value} is not between {lower} and {upper}"
    if isinstance(value, str) and 0 < len(value) < lower:
        return _spelling(shape, value) or _length(value, lower, upper)
    if isinstance(value, str | list | tuple) and not lower <= len(value) <= (upper or len(value)):
        return _length(value, lower, upper)
    return _spelling(shape, value) if isinstance(value, str) else ""


def _length(value: str | list[Any] | tuple[Any, ...], lower: int, upper: int | None) -> str:
    if not value:
        return "it must not be empty"
    what, shown = ("characters", _shown(value)) if isinstance(value, str) else ("values", "the list")
    if len(value) < lower:
        return f"{shown} is too short: at least {lower} {what} are needed"
    return f"{shown} is too long: it has {len(value)} {what}, and at most {upper} are possible"


def _spelling(shape: Any, value: str) -> str:
    pattern, enum = shape.metadata.get("pattern"), getattr(shape, "enum", None)
    if enum and value not in enum:
        return f"{_shown(value)} is not one of {', '.join(enum)}"
    if pattern and not patterns.matches(pattern, value):
        return f"{_shown(value)} {_right(shape.name, pattern)}"
    return ""


def _right(shape: str, pattern: str) -> str:
    if shape.endswith("Name"):
        letters = "letters" if "A-Z" in pattern else "lower-case letters"
        return f"cannot be a name: one holds {letters}, digits, and hyphens between them"
    if shape == "Cidr":
        return "is no CIDR: write it like 192.0.2.0/24 or 2001:db8::/32"
    return "is not spelled as it can be"


def _shown(value: str) -> str:
    return repr(value) if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]!r}…"
