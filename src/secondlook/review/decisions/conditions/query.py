"""JMESPath (https://jmespath.org), as conditions and mappings use it: checked when parsed, bounded when evaluated.

This is the only module that knows the library `jmespath`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError, JMESPathTypeError
from jmespath.functions import Functions

from secondlook.review.decisions.conditions import words
from secondlook.review.decisions.conditions.budget import Budget, TooCostly
from secondlook.review.decisions.conditions.interpreter import Interpreter

DEEPEST = 40
"""Levels of an expression; each takes some frames of Python's stack."""

_PLAIN = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)


class Unanswered(Exception):
    """An expression cannot be evaluated on this answer; the message says why."""


class Query:
    """One expression. Plain dotted names are looked up without an interpreter."""

    __slots__ = ("_tree", "name", "names", "text")

    def __init__(self, text: str) -> None:
        """Raise ValueError, saying where the expression stops being one."""
        self.text = text
        try:
            self._tree = jmespath.compile(text).parsed
        except JMESPathError as error:
            raise ValueError(_in_one_line(error)) from None
        except RecursionError:
            raise ValueError(f"it is nested deeper than {DEEPEST} levels") from None
        _check(self._tree)
        self.names = tuple(text.split(".")) if _PLAIN.fullmatch(text) else None
        self.name = self.names[0] if self.names is not None and len(self.names) == 1 else None
        """The member that it looks up, where it does nothing else."""

    def __repr__(self) -> str:
        return f"Query({self.text!r})"

    def of(self, value: Any, budget: Budget) -> Any:
        """What the expression gives for a value; raises Unanswered."""
        if self.names is not None:
            for name in self.names:
                value = value.get(name) if isinstance(value, dict) else None
            return value
        return self._interpreted(value, budget)

    def roots(self) -> set[str]:
        """The names that it looks up in the value itself, not in what it finds there."""
        return set(_roots(self._tree))

    def _interpreted(self, value: Any, budget: Budget) -> Any:
        try:
            return Interpreter(budget).visit(self._tree, value)
        except TooCostly as error:
            raise Unanswered(str(error)) from None
        except JMESPathTypeError as error:
            raise Unanswered(_of_wrong_type(error)) from None
        except JMESPathError as error:
            raise Unanswered(_in_one_line(error)) from None
        except RecursionError:
            raise Unanswered("the answer is nested too deep") from None
        except (ArithmeticError, TypeError, ValueError) as error:
            # What the library leaves to Python: ceil of infinity, an order of texts and numbers, a step of 0.
            raise Unanswered(_in_one_line(error)) from None


def _check(tree: Any) -> None:
    """Refuse what would fail on any answer: unknown functions, wrong numbers of arguments, a depth that no stack holds."""
    waiting: list[tuple[Any, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError(f"it is nested deeper than {DEEPEST} levels")
        if node["type"] == "function_expression":
            _check_call(node["value"], len(node["children"]))
        # A slice has numbers for children.
        waiting.extend((child, depth + 1) for child in node["children"] if isinstance(child, dict))


_INTO = frozenset(
    {
        "subexpression",
        "index_expression",
        "pipe",
        "projection",
        "value_projection",
        "filter_projection",
        "flatten",
    }
)
"""Nodes whose first child is about the value, and the others about what the first gives."""


def _roots(tree: Any) -> Iterator[str]:
    if tree["type"] == "field":
        yield tree["value"]
    elif tree["type"] not in {"expref", "slice"}:
        for child in tree["children"][:1] if tree["type"] in _INTO else tree["children"]:
            yield from _roots(child)


def _check_call(name: str, arguments: int) -> None:
    known: dict[str, Any] = Functions.FUNCTION_TABLE
    if name not in known:
        raise ValueError(f"there is no function {name}() (known: {', '.join(sorted(known))})")
    signature = known[name]["signature"]
    is_variadic = bool(signature and signature[-1].get("variadic"))
    if arguments < len(signature) or (arguments > len(signature) and not is_variadic):
        least = "at least " if is_variadic else ""
        wanted = f"{len(signature)} argument{'' if len(signature) == 1 else 's'}"
        raise ValueError(f"{name}() takes {least}{wanted}, not {arguments}")


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def _of_wrong_type(error: JMESPathTypeError) -> str:
    """In our own words: the library's repeat the whole value, which may be endless on paper."""
    types = " or ".join(error.expected_types)
    return f"{error.function_name}() takes {types}, not {words.repeated(error.current_value)}"
