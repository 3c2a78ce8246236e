"""From the library's errors to problems that a requester can mend: what, where and what would be right."""

from __future__ import annotations

import re

from liquid.exceptions import (
    LiquidError,
    LiquidSyntaxError,
    LiquidTypeError,
    LiquidValueError,
    OutputStreamLimitError,
    UnknownFilterError,
)
from liquid.token import TOKEN_TAG

from secondlook.review.liquid import filters
from secondlook.review.liquid.environment import TEMPLATES
from secondlook.review.liquid.errors import INVALID_PARAMETERS, INVALID_TEMPLATE, OUTPUT_LIMIT, TemplateError
from secondlook.review.liquid.guard import FilterError
from secondlook.review.liquid.suggestion import suggestion
from secondlook.review.liquid.words import advice, in_words

_PYTHON_NAME = re.compile(r"'(\w+)'|(?<=found )(\w+)")
_KINDS = {
    "Blank": "blank",
    "Empty": "empty",
    "ForLoop": "a loop",
    "NoneType": "nil",
    "bool": "a boolean",
    "dict": "an object",
    "float": "a number",
    "int": "a number",
    "list": "a list",
    "range": "a range",
    "str": "text",
    "TableRow": "a loop",
    "tuple": "a list",
}

_VERBATIM = ("comment", "doc", "raw")
"""Blocks whose inside is not read; the library calls one that is not closed by its own words, or no tag at all."""

_ALONE = re.compile(r"\w+\s*-?%}")
"""A tag from its name on that says nothing but its name."""

_OTHERS = ("else", "elsif", "when", "raw", "endraw")
"""Words of tags that are parts of others, or no tags to the library."""


def at_parsing(template: str, error: LiquidError) -> TemplateError:
    """The problem of a template that is not Liquid."""
    if isinstance(error.__cause__, RecursionError):
        return TemplateError(INVALID_TEMPLATE, "An expression in the template is nested too deeply.")
    if error.token is None or error.token.start_index < 0:
        return _at_the_end(template, error)
    if error.token.kind == TOKEN_TAG and error.token.value not in _tags():
        message = f"There is no tag '{error.token.value}'{suggestion(error.token.value, _tags())}"
        return TemplateError.at(INVALID_TEMPLATE, message, template, error.token.start_index)
    if error.token.kind == TOKEN_TAG and error.token.value in _VERBATIM:
        return _verbatim(template, error.token.value, error.token.start_index)
    return _placed(INVALID_TEMPLATE, template, error)


def at_rendering(template: str, error: LiquidError) -> TemplateError:
    """The problem of a template that met this input."""
    if isinstance(error, UnknownFilterError) and error.token is not None:
        message = filters.unknown(error.token.value, TEMPLATES)
        return TemplateError.at(INVALID_TEMPLATE, message, template, error.token.start_index)
    if isinstance(error, FilterError) and error.token is not None:
        return error.problem.placed(template, error.token.start_index)
    if isinstance(error, OutputStreamLimitError):
        return _placed(OUTPUT_LIMIT, template, error)
    syntax = isinstance(error, LiquidSyntaxError) and not isinstance(error, LiquidValueError)
    return _placed(INVALID_TEMPLATE if syntax else INVALID_PARAMETERS, template, error)


def _placed(code: str, template: str, error: LiquidError) -> TemplateError:
    message = str(error.message)
    if isinstance(error, LiquidTypeError):
        message = _PYTHON_NAME.sub(lambda match: _KINDS.get(match[1] or match[2], match[0]), message)
    elif isinstance(error, LiquidSyntaxError) and error.token is not None:
        message = f"{in_words(message, error.token)}{advice(template, error.token.start_index)}"
    if error.token is None or error.token.start_index < 0:
        return TemplateError(code, f"{message[:1].upper()}{message[1:]}.")
    return TemplateError.at(code, message, template, error.token.start_index)


def _at_the_end(template: str, error: LiquidError) -> TemplateError:
    """A template that ends too early is at fault where the block begins that it leaves open."""
    unclosed = _unclosed(template)
    if unclosed is None:
        return _placed(INVALID_TEMPLATE, template, error)
    return _not_closed(template, *unclosed)


def _verbatim(template: str, name: str, index: int) -> TemplateError:
    if name == "raw" and not _ALONE.match(template, index):
        message = "'raw' stands alone in its tag: {% raw %}"
        return TemplateError.at(INVALID_TEMPLATE, message, template, index)
    return _not_closed(template, name, index)


def _not_closed(template: str, name: str, index: int) -> TemplateError:
    return TemplateError.at(
        INVALID_TEMPLATE, f"'{name}' is not closed: 'end{name}' is missing", template, index
    )


def _tags() -> set[str]:
    """The words that may come first in a tag."""
    tags = [tag for tag in TEMPLATES.tags.values() if tag.name.isidentifier() and tag.name.islower()]
    return {*_OTHERS, *(tag.name for tag in tags), *(f"end{tag.name}" for tag in tags if tag.block)}


def _unclosed(template: str) -> tuple[str, int] | None:
    blocks = {tag.name for tag in TEMPLATES.tags.values() if tag.block}
    opened: list[tuple[str, int]] = []
    for token in TEMPLATES.tokenizer()(template):
        if token.kind != TOKEN_TAG:
            continue
        if token.value in blocks:
            opened.append((token.value, token.start_index))
        elif opened and token.value == f"end{opened[-1][0]}":
            opened.pop()
    return opened[-1] if opened else None
