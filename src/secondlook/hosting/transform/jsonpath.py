"""The JSONPath of DataProcessing: a filter that takes a part of a record. Pure.

Source: the guide "Associate Prediction Results with Input Records", table of operators: `$`, `.name`, `*`, `['name', …]`,
`[number, …]`, `[start:end]`; negative numbers count from the end. As there, several names make an object and several numbers
an array, not a list of nodes (decision 57).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from secondlook.hosting.errors import Invalid

_NAME = re.compile(r"\.([^\W\d][\w-]*)")
_ANY = re.compile(r"\.?\*|\.?\[\s*\*\s*\]")
_BRACKET = re.compile(r"\.?\[((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\]'\"])*)\]")
_QUOTED = re.compile(r"\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")\s*(,|$)")
_NUMBER = re.compile(r"-?\d{1,9}")
_SLICE = re.compile(r"(-?\d{1,9})?\s*:\s*(-?\d{1,9})?")


class NotThere(Exception):
    """The record has no such part; the message says which."""


@dataclass(frozen=True, slots=True)
class Name:
    """One member of an object."""

    name: str

    def of(self, value: Any) -> Any:
        if not isinstance(value, dict) or self.name not in value:
            raise NotThere(f"there is no member {self.name!r}")
        return value[self.name]


@dataclass(frozen=True, slots=True)
class Names:
    """Several members of an object, as an object."""

    names: tuple[str, ...]

    def of(self, value: Any) -> Any:
        return {name: Name(name).of(value) for name in self.names}


@dataclass(frozen=True, slots=True)
class Index:
    """One element of an array."""

    index: int

    def of(self, value: Any) -> Any:
        if not isinstance(value, list):
            raise NotThere(f"[{self.index}] is asked of what is no array")
        try:
            return value[self.index]
        except IndexError:
            raise NotThere(f"there is no element {self.index} in an array of {len(value)}") from None


@dataclass(frozen=True, slots=True)
class Elements:
    """Several elements of an array, and slices of it, as an array."""

    parts: tuple[int | slice, ...]

    def of(self, value: Any) -> Any:
        if not isinstance(value, list):
            raise NotThere("elements are asked of what is no array")
        taken: list[Any] = []
        for part in self.parts:
            if isinstance(part, slice):
                taken += value[part]
            else:
                taken.append(Index(part).of(value))
        return taken


@dataclass(frozen=True, slots=True)
class Every:
    """All members or elements, as an array."""

    def of(self, value: Any) -> Any:
        if isinstance(value, dict):
            return list(value.values())
        if isinstance(value, list):
            return list(value)
        raise NotThere("* is asked of what is neither object nor array")


Step = Name | Names | Index | Elements | Every


@dataclass(frozen=True, slots=True)
class JsonPath:
    """A filter. `JsonPath.parse("$[1:]").of([7, 8, 9])` is `[8, 9]`."""

    text: str
    steps: tuple[Step, ...]

    @classmethod
    def parse(cls, text: str, member: str = "") -> JsonPath:
        """Raises Invalid, which names the `member` that has the expression and the place where it ends to be one."""
        if not text.startswith("$"):
            raise _wrong(text, member, 0)
        steps: list[Step] = []
        at = 1
        while at < len(text):
            if found := _ANY.match(text, at):
                step: Step | None = Every()
            elif found := _NAME.match(text, at):
                step = Name(found[1])
            elif found := _BRACKET.match(text, at):
                step = _bracket(found[1])
            else:
                step = None
            if found is None or step is None:
                raise _wrong(text, member, at)
            steps.append(step)
            at = found.end()
        return cls(text, tuple(steps))

    @property
    def is_all(self) -> bool:
        """Whether it takes the record as it is."""
        return not self.steps

    def of(self, value: Any) -> Any:
        """The part of a record. Raises NotThere."""
        for step in self.steps:
            value = step.of(value)
        return value


def _bracket(inside: str) -> Step | None:
    """What stands in a bracket; None if it is none of the documented forms."""
    if "'" in inside or '"' in inside:
        names = _names(inside)
        return (Name(names[0]) if len(names) == 1 else Names(names)) if names else None
    parts: list[int | slice] = []
    for part in (piece.strip() for piece in inside.split(",")):
        if _NUMBER.fullmatch(part):
            parts.append(int(part))
        elif found := _SLICE.fullmatch(part):
            first, last = (None if end is None else int(end) for end in found.groups())
            parts.append(slice(first, last))
        else:
            return None
    if len(parts) == 1 and isinstance(parts[0], int):
        return Index(parts[0])
    return Elements(tuple(parts))


def _names(inside: str) -> tuple[str, ...]:
    names: list[str] = []
    at, more = 0, True
    while more:
        found = _QUOTED.match(inside, at)
        if found is None:
            return ()
        quoted = found[1] if found[1] is not None else found[2]
        names.append(re.sub(r"\\(.)", r"\1", quoted))
        at, more = found.end(), found[3] == ","
    return tuple(names)


def _wrong(text: str, member: str, at: int) -> Invalid:
    return Invalid(
        f"{member or 'The filter'} {text!r} is no JSONPath that is served: at character {at + 1} one of $, .name, *, "
        "['name', …], [number, …], [start:end] is expected."
    )
