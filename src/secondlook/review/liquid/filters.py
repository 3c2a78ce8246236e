"""The filters: standard Liquid's, taught our text, and those that A2I adds [crowd-elements/liquid.md: Extra filters].

The library's filters are wrapped, not rewritten: a text filter gets its input and its arguments as `to_text` says, a
mathematical one as `to_number` says. What a text filter answers keeps the mark of what it was given.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from html import unescape
from typing import Any

from liquid import Environment
from liquid.builtin.filters import math, string
from liquid.filter import flatten, with_context

from secondlook.review.liquid import arithmetic
from secondlook.review.liquid.context import Context
from secondlook.review.liquid.guard import guarded, shown
from secondlook.review.liquid.problem import INVALID_PARAMETERS, Problem, RenderError
from secondlook.review.liquid.s3 import is_web_address, s3_uri
from secondlook.review.liquid.text import Escaped, Raw, escape, escape_once, to_json, to_text
from secondlook.review.liquid.wrap import marked, on_numbers, on_text

Filter = Callable[..., Any]

_NOT_LIQUID = ("safe", "escapejs")
"""Filters that only the library knows."""

_NUMBERS_FIRST = {"slice": 2, "truncate": 1, "truncatewords": 1}
"""How many arguments of a text filter are numbers; the rest is text."""


def register(env: Environment) -> None:
    """Give `env` exactly the filters of worker task templates."""
    for name in _NOT_LIQUID:
        del env.filters[name]
    env.filters.update(_OURS)
    for name, function in env.filters.items():
        env.filters[name] = guarded(name, _wrapped(name, function))


def unknown(name: str, env: Environment) -> str:
    """What to say about a filter that does not exist."""
    close = get_close_matches(name, env.filters, n=1)
    return f"There is no filter '{name}'" + (f"; did you mean '{close[0]}'?" if close else "")


def _wrapped(name: str, function: Filter) -> Filter:
    if function.__module__ in {math.__name__, arithmetic.__name__}:
        return on_numbers(function)
    if function.__module__ == string.__name__ or name == "date":
        return on_text(function, numbers=_NUMBERS_FIRST.get(name, 0))
    return function


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
    # The sentence is AWS's own [lifecycle.md]; people search for it.
    message = f'"grant_read_access" input is not a valid S3 URI: "{shown(reference)}".'
    raise RenderError(Problem(INVALID_PARAMETERS, message))


def _join(left: object, separator: object = " ") -> object:
    words = tuple(to_text(item) for item in _items(left))
    return marked(to_text(separator).join(words), left, words)


def _sum(left: object, key: object = None) -> float:
    """Of what is no number counts what `to_number` makes of it; objects count by their property `key`."""
    name = to_text(key)
    return arithmetic.total(
        (item.get(name) if isinstance(item, dict) else None) if name else item for item in _items(left)
    )


def _items(left: object) -> list[object]:
    if isinstance(left, range):
        return list(left)
    return flatten(left) if isinstance(left, list | tuple) else [left]


_OURS: dict[str, Filter] = {
    "divided_by": arithmetic.divided_by,
    "escape": _escape,
    "escape_once": _escape_once,
    "grant_read_access": _grant_read_access,
    "join": _join,
    "modulo": arithmetic.modulo,
    "round": arithmetic.rounded,
    "s3_presign": _grant_read_access,
    "skip_autoescape": _skip_autoescape,
    "sum": _sum,
    "to_json": to_json,
}
