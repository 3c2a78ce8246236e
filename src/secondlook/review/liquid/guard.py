"""A filter that cannot take what it is given says so in the template's words, not in Python's."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from liquid.exceptions import FilterArgumentError, LiquidError

from secondlook.review.liquid.errors import RenderError, TemplateError
from secondlook.review.liquid.text import to_json, to_text

Filter = Callable[..., Any]

_SHOWN = 200
"""Characters of a value that an error message shows."""


class FilterError(FilterArgumentError):
    """A filter's own problem, on its way past the library, which knows where the filter stands."""

    def __init__(self, problem: TemplateError) -> None:
        super().__init__(problem.message, token=None)
        self.problem = problem


def guarded(name: str, function: Filter) -> Filter:
    """`function`, whose every failure names the filter `name` and what it was given."""
    least, most = _arity(function)

    @wraps(function)
    def guarded(left: object, *args: object, **named: Any) -> object:
        if not least <= len(args) <= most:
            raise FilterArgumentError(f"'{name}' takes {_counted(least, most)}, not {len(args)}", token=None)
        try:
            return function(left, *args, **named)
        except RenderError as error:
            raise FilterError(error.problem) from error
        except (LiquidError, ValueError, TypeError, ArithmeticError, AttributeError, LookupError) as error:
            values = " with ".join([spoken(left), ", ".join(map(spoken, args))]) if args else spoken(left)
            raise FilterArgumentError(f"'{name}' cannot take {values}", token=None) from error

    return guarded


def spoken(value: object) -> str:
    """`value` as an error message names it."""
    if isinstance(value, str | list | tuple | dict):
        return shown(to_json(value))
    return shown(to_text(value)) or "nil"


def shown(text: str) -> str:
    """`text`, or its beginning, for an error message."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _arity(function: Filter) -> tuple[int, int]:
    """How few and how many arguments the filter takes after its input."""
    positional = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    required = [parameter for parameter in positional if parameter.default is parameter.empty]
    return len(required) - 1, len(positional) - 1


def _counted(least: int, most: int) -> str:
    if most == 0:
        return "no arguments"
    number = str(most) if least == most else f"{least} or {most}"
    return f"{number} argument{'' if most == 1 else 's'}"
