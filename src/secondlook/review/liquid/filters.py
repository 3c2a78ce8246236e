"""The filters: standard Liquid's, taught our text, and those that A2I adds [crowd-elements/liquid.md: Extra filters].

The library's filters are wrapped: a text filter gets its input and its arguments as `to_text` says, a mathematical one as
`to_number` says. Those whose answers differ from Shopify's implementation are replaced: see `arithmetic`, `arrays`, `dates` and
`strings`. What a text filter answers keeps the mark of what it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from liquid import Environment
from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.builtin.filters import math, string
from liquid.filter import with_context

from secondlook.review.liquid import arithmetic, arrays, strings
from secondlook.review.liquid.context import Context
from secondlook.review.liquid.dates import date
from secondlook.review.liquid.errors import INVALID_PARAMETERS, RenderError, TemplateError
from secondlook.review.liquid.guard import guarded, shown
from secondlook.review.liquid.s3 import is_web_address, s3_uri
from secondlook.review.liquid.suggestion import suggestion
from secondlook.review.liquid.text import Escaped, Raw, escape, escape_once, to_json, to_text
from secondlook.review.liquid.wrap import marked, of_something, on_numbers, on_text

Filter = Callable[..., Any]

_NOT_LIQUID = ("safe", "escapejs")
"""Filters that only the library knows."""

_NUMBERS_FIRST = {"slice": 2, "truncate": 1, "truncatewords": 1}
"""How many arguments of a text filter are numbers; the rest is text."""

_OF_SOMETHING = {"escape", "h", "skip_autoescape", "truncate", "truncatewords", "url_decode", "url_encode"}
"""Text filters that leave nil alone, and do not look at their arguments then; what others make of it is an empty text."""

_OF_NUMBERS = {math.__name__, arithmetic.__name__}
_OF_TEXT = {string.__name__, strings.__name__}


def register(env: Environment) -> None:
    """Give `env` exactly the filters of worker task templates."""
    for name in _NOT_LIQUID:
        del env.filters[name]
    env.filters.update(_OURS)
    for name, function in env.filters.items():
        env.filters[name] = guarded(name, _wrapped(name, function))


def unknown(name: str, env: Environment) -> str:
    """What to say about a filter that does not exist."""
    return f"There is no filter '{name}'{suggestion(name, env.filters)}"


def _wrapped(name: str, function: Filter) -> Filter:
    wrapped = function
    if function.__module__ in _OF_NUMBERS:
        wrapped = on_numbers(function)
    elif function.__module__ in _OF_TEXT:
        wrapped = on_text(function, numbers=_NUMBERS_FIRST.get(name, 0))
    return of_something(wrapped) if name in _OF_SOMETHING else wrapped


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
    message = f'"grant_read_access" input is not a valid S3 URI: "{shown(reference)}"'
    why = f", it is nil; {_members(context)}" if left is None else ""
    raise RenderError(TemplateError(INVALID_PARAMETERS, f"{message}{why}."))


def _members(context: Context) -> str:
    """What the task's input has, for whoever named a member that it has not: often its template is made for another input."""
    given = context.get(["task", "input"], token=None)
    names = ", ".join(map(str, given)) if isinstance(given, Mapping) and given else "no members"
    return f"the task's input has {shown(names)}"


def _join(left: object, separator: object = " ") -> object:
    words = tuple(to_text(item) for item in arrays.items(left))
    return marked(to_text(separator).join(words), left, words)


def _date(left: object, form: object) -> object:
    return marked(date(left, form), left, ())


def _default(left: object, other: object = "", *, allow_false: object = False) -> object:
    """`other` for what is nil or empty, and for false unless it is allowed."""
    if left is False:
        return other if allow_false is None or allow_false is False else left
    is_empty = isinstance(left, str | list | tuple | dict) and not left
    return other if is_empty or left is None or isinstance(left, Blank | Empty) else left


_OURS: dict[str, Filter] = {
    "base64_decode": strings.base64_decode,
    "base64_url_safe_decode": strings.base64_url_safe_decode,
    "compact": arrays.compact,
    "concat": arrays.concat,
    "date": _date,
    "default": _default,
    "divided_by": arithmetic.divided_by,
    "escape": _escape,
    "escape_once": _escape_once,
    "find": arrays.find,
    "find_index": arrays.find_index,
    "grant_read_access": _grant_read_access,
    "h": _escape,
    "has": arrays.has,
    "join": _join,
    "lstrip": strings.lstrip,
    "map": arrays.map_,
    "modulo": arithmetic.modulo,
    "reject": arrays.reject,
    "remove_last": strings.remove_last,
    "replace_last": strings.replace_last,
    "reverse": arrays.reverse,
    "round": arithmetic.rounded,
    "rstrip": strings.rstrip,
    "s3_presign": _grant_read_access,
    "skip_autoescape": _skip_autoescape,
    "slice": strings.slice_,
    "sort": arrays.sort,
    "sort_natural": arrays.sort_natural,
    "split": strings.split,
    "squish": strings.squish,
    "strip": strings.strip,
    "strip_html": strings.strip_html,
    "sum": arrays.sum_,
    "to_json": to_json,
    "truncate": strings.truncate,
    "truncatewords": strings.truncatewords,
    "uniq": arrays.uniq,
    "where": arrays.where,
}
