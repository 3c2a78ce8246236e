"""Parse, check and render a template."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from liquid.exceptions import (
    LiquidError,
    LiquidSyntaxError,
    LiquidValueError,
    OutputStreamLimitError,
    UnknownFilterError,
)
from liquid.token import TOKEN_TAG

from secondlook.review.liquid import filters
from secondlook.review.liquid.context import Buffer, Context, Page
from secondlook.review.liquid.environment import TEMPLATES
from secondlook.review.liquid.problem import (
    INVALID_INPUT,
    INVALID_PARAMETERS,
    INVALID_TEMPLATE,
    OUTPUT_LIMIT,
    Problem,
    RenderError,
)


def render(template: str, task_input: object, grant: Callable[[str], str]) -> str:
    """The HTML of `template` for one worker.

    `task_input` is parsed JSON and becomes `task.input`. `grant` is called with `s3://bucket/key` and answers a link;
    it may raise RenderError. Raises RenderError, with the place in the template where it is known.
    """
    page = _parse(template)
    buffer = Buffer()
    try:
        page.render_with_context(Context(page, task_input, grant), buffer)
    except LiquidError as error:
        raise RenderError(_problem(template, error)) from error
    except RecursionError as error:
        raise RenderError(
            Problem(INVALID_INPUT, "the task's input is nested too deeply to be printed")
        ) from error
    except (ValueError, TypeError, ArithmeticError) as error:
        raise RenderError(Problem(INVALID_PARAMETERS, str(error))) from error
    # Half a surrogate pair is no character; inside JSON, where it comes from, this is how it is written.
    return buffer.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")


def check(template: str) -> list[Problem]:
    """What is wrong with `template` before it meets any input: its first syntax error, or its unknown filters."""
    try:
        page = _parse(template)
    except RenderError as error:
        return [error.problem]
    used = page.analyze(include_partials=False).filters
    return [
        Problem.at(INVALID_TEMPLATE, filters.unknown(name, TEMPLATES), template, span.index)
        for name, spans in used.items()
        if name not in TEMPLATES.filters
        for span in spans
    ]


# A flow renders one template thousands of times; parsing takes several times as long as rendering.
@lru_cache(maxsize=16)
def _parse(template: str) -> Page:
    try:
        page = TEMPLATES.from_string(template)
    except LiquidError as error:
        raise RenderError(_problem(template, error, parsing=True)) from error
    except RecursionError as error:
        raise RenderError(Problem(INVALID_TEMPLATE, "the template is nested too deeply")) from error
    assert isinstance(page, Page)
    return page


def _problem(template: str, error: LiquidError, *, parsing: bool = False) -> Problem:
    code, message = _code(error, parsing=parsing), str(error.message)
    if isinstance(error, UnknownFilterError) and error.token is not None:
        message = filters.unknown(error.token.value, TEMPLATES)
    if error.token is None or error.token.start_index < 0:
        place = _unclosed(template) if parsing else None
        if place is None:
            return Problem(code, message)
        name, index = place
        return Problem.at(code, f"'{name}' is not closed: 'end{name}' is missing", template, index)
    return Problem.at(code, message, template, error.token.start_index)


def _code(error: LiquidError, *, parsing: bool) -> str:
    if isinstance(error, OutputStreamLimitError):
        return OUTPUT_LIMIT
    if parsing or isinstance(error, UnknownFilterError):
        return INVALID_TEMPLATE
    if isinstance(error, LiquidSyntaxError) and not isinstance(error, LiquidValueError):
        return INVALID_TEMPLATE
    return INVALID_PARAMETERS


def _unclosed(template: str) -> tuple[str, int] | None:
    """The innermost block that the end of the template left open, and where it begins."""
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
