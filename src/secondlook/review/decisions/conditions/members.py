"""Reading one object of a conditions document: each member is asked for by name, and what is left over is refused.

Every error says where the wrong value stands, as a JSON path, and what would be right.
"""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from secondlook.review.decisions.conditions.query import Query
from secondlook.review.errors import Invalid

SHOWN = 60
"""Characters of a wrong value that an error repeats."""


def refuse(path: str, what: str) -> NoReturn:
    """Raise Invalid about what stands at a JSON path."""
    raise Invalid(f"HumanLoopActivationConditions: {path[:300]} {what}")


def shown(value: Any) -> str:
    """A value as an error repeats it."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean X? (known: …)`, or without the question where nothing is near."""
    names = list(known)
    lowered = {each.lower(): each for each in names}
    near = difflib.get_close_matches(name.lower(), lowered, 1)
    question = f"; did you mean {lowered[near[0]]}?" if near else ""
    return f"{question} (known: {', '.join(names)})"


def at(path: str, name: str) -> str:
    """The JSON path of a member; a name that is no plain word stands in brackets (RFC 9535)."""
    return f"{path}.{name}" if name.isidentifier() else f"{path}[{shown(name)}]"


class Members:
    """The members of one JSON object at `path`. Ask for each that is known, then `end`."""

    def __init__(self, value: Any, path: str, what: str) -> None:
        if not isinstance(value, dict):
            refuse(path, f"must be an object, {what}; it is {shown(value)}")
        self._members: Mapping[str, Any] = value
        self._known: list[str] = []
        self.path = path
        self._what = what

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def get(self, name: str) -> Any:
        """The value, or None where there is none."""
        self._known.append(name)
        return self._members.get(name)

    def end(self) -> None:
        """Refuse the first member that nobody asked for."""
        for name in self._members:
            if name not in self._known:
                refuse(at(self.path, name), f"is not known for {self._what}{nearest(name, self._known)}")

    def text(self, name: str, what: str) -> str:
        """A text that must be there, and not empty."""
        value = self.get(name)
        if name not in self._members:
            self.missing(name, what)
        if not isinstance(value, str) or not value:
            self.wrong(name, what)
        return value

    def texts(self, name: str, what: str, *, least: int = 1, alone: bool = True) -> tuple[str, ...] | None:
        """A list of `least` texts or more, or, if `alone`, one text; None where the member is missing."""
        value = self.get(name)
        if name not in self._members:
            return None
        listed = [value] if alone and isinstance(value, str) else value
        if (
            not isinstance(listed, list)
            or len(listed) < least
            or not all(isinstance(each, str) for each in listed)
        ):
            self.wrong(name, what)
        return tuple(listed)

    def choice(self, name: str, options: Sequence[str]) -> str:
        """One of the options; the first where the member is missing."""
        value = self.get(name)
        if name not in self._members:
            return options[0]
        if value not in options:
            self.wrong(name, " or ".join(f'"{option}"' for option in options))
        return str(value)

    def number(self, name: str, low: float | None = None, high: float | None = None) -> float | None:
        """A finite number from `low` to `high`; None where the member is missing."""
        value = self.get(name)
        if name not in self._members:
            return None
        return number(value, at(self.path, name), low, high)

    def query(self, name: str) -> Query | None:
        """A JMESPath expression; None where the member is missing."""
        value = self.get(name)
        if name not in self._members:
            return None
        if not isinstance(value, str):
            self.wrong(name, "a JMESPath expression, as text")
        return compiled(value, at(self.path, name))

    def missing(self, name: str, what: str) -> NoReturn:
        """Refuse for want of a member; where one stands that may be meant for it, point at that."""
        near = difflib.get_close_matches(name, [each for each in self._members if each not in self._known], 1)
        if near:
            refuse(at(self.path, near[0]), f"is not known for {self._what}; did you mean {name}?")
        refuse(self.path, f"needs {name}: {what}")

    def wrong(self, name: str, right: str) -> NoReturn:
        """Refuse the value of a member, saying what would be right."""
        refuse(at(self.path, name), f"must be {right}; it is {shown(self._members[name])}")


def compiled(text: str, path: str) -> Query:
    """A JMESPath expression that stands at `path`."""
    try:
        return Query(text)
    except ValueError as error:
        refuse(path, f"is no JMESPath expression that can be evaluated here: {error}")


def number(value: Any, path: str, low: float | None = None, high: float | None = None) -> float:
    """A finite number from `low` to `high`."""
    right = "a finite number" if low is None or high is None else f"a number from {low:g} to {high:g}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse(path, f"must be {right}; it is {shown(value)}")
    try:
        is_finite = math.isfinite(value)
    except OverflowError:
        is_finite = False
    if not is_finite or (low is not None and value < low) or (high is not None and value > high):
        refuse(path, f"must be {right}; it is {shown(value)}")
    return value
