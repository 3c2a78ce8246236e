"""Variables that have no value whatever the input: misspelt, or known from elsewhere.

Liquid prints nothing for them, so they are reported as warnings and fail no page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from liquid import BoundTemplate, Node, RenderContext
from liquid.expression import Expression
from liquid.static_analysis import Segments

from secondlook.review.liquid.errors import UNKNOWN_VARIABLE, TemplateError
from secondlook.review.liquid.suggestion import OWN, suggestion

GIVEN = "task.input"
"""All that a template is given."""

MOST_REPORTED = 20
"""Places reported of one template; one more warning counts those that are left out."""

_ROOT = "task"
_MEMBERS = frozenset({"input", "size", "first"})
_ONLY = f"; all that a template is given is '{GIVEN}'"


def unknown(page: BoundTemplate, template: str) -> Iterator[TemplateError]:
    """The places of variables that are neither given nor assigned anywhere, nor belong to a loop around them."""
    used = page.analyze(include_partials=False)
    around = dict(_loops(page.nodes, frozenset(), RenderContext(page)))
    places = {
        variable.span.index: variable.segments
        for root, variables in used.globals.items()
        for variable in (variables if root not in used.locals else ())
        if not _is_given(variable.segments)
    }
    for index, segments in sorted(places.items())[:MOST_REPORTED]:
        message = _message(segments, used.locals.keys() | around[index])
        yield TemplateError.at(UNKNOWN_VARIABLE, message, template, index, is_warning=True)
    left = len(places) - MOST_REPORTED
    if left > 0:
        message = (
            f"Variables that nothing gives a value stand at {left:,} more place{'s' if left > 1 else ''}."
        )
        yield TemplateError(UNKNOWN_VARIABLE, message, is_warning=True, count=left)


def _loops(
    nodes: Iterable[Node], around: frozenset[str], context: RenderContext
) -> Iterator[tuple[int, frozenset[str]]]:
    """The place of each expression, and the variables of the loops around it."""
    for node in nodes:
        yield from ((index, around) for index in _places(node.expressions()))
        children = node.children(context, include_partials=False)
        yield from _loops(children, around.union(node.block_scope()), context)


def _places(expressions: Iterable[Expression]) -> Iterator[int]:
    for expression in expressions:
        yield expression.token.start_index
        yield from _places(expression.children())


def _parts(segments: Segments) -> tuple[str, object]:
    """The root of a path, and what follows it."""
    return str(segments[0]), segments[1] if len(segments) > 1 else None


def _is_given(segments: Segments) -> bool:
    root, member = _parts(segments)
    return root == _ROOT and (not isinstance(member, str) or member in _MEMBERS)


def _message(segments: Segments, names: Collection[str]) -> str:
    """What is wrong with a path that nothing in the template begins."""
    root, member = _parts(segments)
    path = f"{root}.{member}" if isinstance(member, str) else root
    meant = suggestion(path, [GIVEN], OWN)
    if meant or root == _ROOT:
        return f"Nothing is called '{path}' here{meant or _ONLY}"
    return f"Nothing is called '{root}' here{suggestion(root, [GIVEN, *names], OWN) or _ONLY}"
