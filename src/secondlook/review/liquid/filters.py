"""The filters: standard Liquid's, taught our text, and those that A2I adds [crowd-elements/liquid.md: Extra filters].

The library's filters are wrapped, not rewritten: a text filter gets its input, and those arguments that are text, as
`to_text` says, and its result keeps the mark of its input. Arithmetic follows Liquid in Ruby where the library
differs: decimals divide as decimals, and halves round away from zero.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from functools import wraps
from html import unescape
from typing import Any

from liquid import Environment, is_undefined
from liquid.builtin.filters import string
from liquid.exceptions import FilterArgumentError, LiquidError
from liquid.filter import flatten, math_filter, num_arg, with_context

from secondlook.review.liquid.context import Context
from secondlook.review.liquid.problem import INVALID_PARAMETERS, Problem, RenderError
from secondlook.review.liquid.s3 import is_web_address, s3_uri
from secondlook.review.liquid.text import Escaped, Raw, escape, escape_once, to_json, to_text

Filter = Callable[..., Any]

_NUMBERS_FIRST = {"slice": 2, "truncate": 1, "truncatewords": 1}
"""How many arguments of a text filter are numbers; the rest is text."""

_NOT_LIQUID = ("safe", "escapejs")
"""Filters that only the library knows."""


def register(env: Environment) -> None:
    """Give `env` exactly the filters of worker task templates."""
    for name in _NOT_LIQUID:
        del env.filters[name]
    for name, function in env.filters.items():
        if function.__module__ == string.__name__ or name == "date":
            env.filters[name] = _on_text(function, numbers=_NUMBERS_FIRST.get(name, 0))
    env.filters.update(_OURS)
    for name, function in env.filters.items():
        env.filters[name] = _guarded(name, function)


def unknown(name: str, env: Environment) -> str:
    """What to say about a filter that does not exist."""
    close = get_close_matches(name, env.filters, n=1)
    return f"there is no filter '{name}'" + (f"; did you mean '{close[0]}'?" if close else "")


def _on_text(function: Filter, *, numbers: int) -> Filter:
    """`function`, on the text of its input and of the arguments after the first `numbers`."""

    @wraps(function)
    def on_text(left: object, *args: object, **named: Any) -> object:
        if function.__name__ == "slice_" and isinstance(left, list | tuple | range):
            return function(left, *args, **named)
        words = tuple(to_text(arg) for arg in args[numbers:])
        subject = left if function.__name__ == "date" and isinstance(left, int) else to_text(left)
        return _marked(function(subject, *args[:numbers], *words, **named), left, words)

    return on_text


def _marked(result: object, left: object, words: tuple[str, ...]) -> object:
    if isinstance(result, list):
        return [_marked(item, left, words) for item in result]
    if not isinstance(result, str):
        return result
    if isinstance(left, Raw):
        return Raw(result)
    if isinstance(left, Escaped) or any(isinstance(word, Escaped) for word in words):
        return Escaped(result)
    return result


def _guarded(name: str, function: Filter) -> Filter:
    """`function`, whose every failure is the template's and names the filter."""
    least, most = _arity(function)

    @wraps(function)
    def guarded(left: object, *args: object, **named: Any) -> object:
        if not least <= len(args) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise FilterArgumentError(f"'{name}' takes {wanted} arguments, not {len(args)}", token=None)
        try:
            return function(left, *args, **named)
        except LiquidError as error:
            message = str(error.message)
        except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError) as error:
            message = str(error)
        raise FilterArgumentError(message if name in message else f"'{name}': {message}", token=None)

    return guarded


def _arity(function: Filter) -> tuple[int, int]:
    """How few and how many arguments the filter takes after its input."""
    positional = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    required = [parameter for parameter in positional if parameter.default is parameter.empty]
    return len(required) - 1, len(positional) - 1


def _escape(left: object) -> Escaped:
    return left if isinstance(left, Escaped) else Escaped(escape(to_text(left)))


def _escape_once(left: object) -> Escaped:
    return Escaped(escape_once(to_text(left)))


def _skip_autoescape(left: object) -> Raw:
    return Raw(to_text(left))


@with_context
def _grant_read_access(left: object, *, context: Context) -> str:
    """A link that opens the S3 object to this worker. Other web addresses stay as they are."""
    reference = to_text(left)
    if isinstance(left, Escaped):
        reference = unescape(reference)
    uri = s3_uri(reference.strip())
    if uri is not None:
        return context.grant(uri)
    if is_web_address(reference.strip()):
        return reference
    shown = reference if len(reference) <= _SHOWN else f"{reference[:_SHOWN]}…"
    # The sentence is AWS's own [lifecycle.md]; people search for it.
    message = f'"grant_read_access" input is not a valid S3 URI: "{shown}".'
    raise RenderError(Problem(INVALID_PARAMETERS, message))


_SHOWN = 200


def _join(left: object, separator: object = " ") -> object:
    items = flatten(left) if isinstance(left, list | tuple) else left if isinstance(left, range) else [left]
    words = [to_text(item) for item in items]
    return _marked(to_text(separator).join(words), left, tuple(words))


@math_filter
def _divided_by(number: float, other: object) -> float:
    divisor = num_arg(other, default=0)
    if divisor == 0:
        raise FilterArgumentError(f"'divided_by' cannot divide by {to_text(other) or 'nothing'}", token=None)
    if isinstance(number, int) and isinstance(divisor, int):
        return number // divisor
    return float(Decimal(str(number)) / Decimal(str(divisor)))


@math_filter
def _round(number: float, digits: object = None) -> float:
    places = 0 if digits is None or is_undefined(digits) else int(num_arg(digits, default=0))
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return int(rounded) if places <= 0 or isinstance(number, int) else float(rounded)


_OURS: dict[str, Filter] = {
    "divided_by": _divided_by,
    "escape": _escape,
    "escape_once": _escape_once,
    "grant_read_access": _grant_read_access,
    "join": _join,
    "round": _round,
    "s3_presign": _grant_read_access,
    "skip_autoescape": _skip_autoescape,
    "to_json": to_json,
}
