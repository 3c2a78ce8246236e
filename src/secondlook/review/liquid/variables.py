"""Variables that have no value whatever the input: misspelt, or known from elsewhere.

Liquid prints nothing for them, so they are told as warnings and fail no page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from liquid import BoundTemplate
from liquid.static_analysis import Segments

from secondlook.review.liquid.problem import UNKNOWN_VARIABLE, Problem
from secondlook.review.liquid.suggestion import suggestion

GIVEN = "task.input"
"""All that a template is given."""

_ROOT = "task"
_MEMBERS = frozenset({"input", "size", "first"})
_ONLY = f"; all that a template is given is '{GIVEN}'"


def unknown(page: BoundTemplate, template: str) -> Iterator[Problem]:
    """Each place of a variable that is neither given nor assigned anywhere, nor belongs to a loop around it."""
    used = page.analyze(include_partials=False)
    # Variables of loops are in no list of their own; those used where they have a value are not global.
    names = used.locals.keys() | (used.variables.keys() - used.globals.keys())
    for root, variables in used.globals.items():
        for variable in variables if root not in used.locals else ():
            message = _message(variable.segments, names)
            if message:
                yield Problem.at(UNKNOWN_VARIABLE, message, template, variable.span.index, is_warning=True)


def _message(segments: Segments, names: Collection[str]) -> str | None:
    """What is wrong with a path that nothing in the template begins; None for `task.input`."""
    root, member = str(segments[0]), segments[1] if len(segments) > 1 else None
    if root == _ROOT and (not isinstance(member, str) or member in _MEMBERS):
        return None
    path = f"{root}.{member}" if isinstance(member, str) else root
    meant = suggestion(path, [GIVEN])
    if meant or root == _ROOT:
        return f"Nothing is called '{path}' here{meant or _ONLY}"
    return f"Nothing is called '{root}' here{suggestion(root, [GIVEN, *names]) or _ONLY}"
