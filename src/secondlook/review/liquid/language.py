"""Parse, check and render a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from liquid.exceptions import LiquidError

from secondlook.review.liquid import filters, variables
from secondlook.review.liquid.context import MAX_OUTPUT, Buffer, Context, Page
from secondlook.review.liquid.diagnosis import at_parsing, at_rendering
from secondlook.review.liquid.environment import TEMPLATES
from secondlook.review.liquid.errors import (
    INVALID_INPUT,
    INVALID_PARAMETERS,
    INVALID_TEMPLATE,
    OUTPUT_LIMIT,
    RenderError,
    TemplateError,
)


def render(template: str, task_input: object, grant: Callable[[str], str]) -> str:
    """The HTML of `template` for one worker.

    `task_input` is parsed JSON and becomes `task.input`. `grant` is called with `s3://bucket/key` and answers a link;
    it may raise RenderError. Raises RenderError, with the place in the template where it is known.
    """
    return render_with(template, {"task": {"input": task_input}}, grant)


def render_with(template: str, roots: Mapping[str, object], grant: Callable[[str], str]) -> str:
    """As `render`, with all variables that the template finds."""
    page = _parse(template)
    buffer = Buffer()
    try:
        page.render_with_context(Context(page, roots, grant), buffer)
    except LiquidError as error:
        raise RenderError(at_rendering(template, error)) from error
    except RecursionError as error:
        raise RenderError(TemplateError(INVALID_INPUT, "The task's input is nested too deeply.")) from error
    except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError) as error:
        raise RenderError(
            TemplateError(INVALID_PARAMETERS, f"The template cannot be computed: {error}.")
        ) from error
    # Half a surrogate pair is no character; inside JSON, where it comes from, this is how it is written.
    encoded = buffer.getvalue().encode("utf-8", "backslashreplace")
    if len(encoded) > MAX_OUTPUT:
        raise RenderError(TemplateError(OUTPUT_LIMIT, f"The page is larger than {MAX_OUTPUT:,} bytes."))
    return encoded.decode("utf-8")


def check(template: str) -> list[TemplateError]:
    """What is wrong with `template` before it meets any input: its first syntax error, or its unknown filters and variables."""
    try:
        page = _parse(template)
    except RenderError as error:
        return [error.problem]
    used = page.analyze(include_partials=False).filters
    wrong = [
        TemplateError.at(INVALID_TEMPLATE, filters.unknown(name, TEMPLATES), template, span.index)
        for name, spans in used.items()
        if name not in TEMPLATES.filters
        for span in spans
    ]
    return [*wrong, *variables.unknown(page, template)]


# A flow renders one template thousands of times, and parsing takes longer than rendering. One as long as
# UiTemplate.Content may be (128,000 characters) takes 10 MB when parsed.
@lru_cache(maxsize=16)
def _parse(template: str) -> Page:
    try:
        page = TEMPLATES.from_string(template)
    except LiquidError as error:
        # The library makes a LiquidError of everything.
        if isinstance(error.__cause__, MemoryError):
            raise MemoryError from error  # noqa: TRY004  # no type is wrong here, memory is short
        raise RenderError(at_parsing(template, error)) from error
    assert isinstance(page, Page)
    return page
