"""Options that are passed on by name: one that nobody knows is a slip, and must not be passed over."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any


def check(given: Mapping[str, Any], known: type, who: str) -> None:
    """Raise TypeError for a name that the TypedDict `known` has not got, as Python does for a parameter."""
    names = list(known.__annotations__)
    for name in given:
        if name not in names:
            close = get_close_matches(name, names, n=1)
            advice = f"did you mean {close[0]}?" if close else f"it has {', '.join(names)}."
            raise TypeError(f"A {who} has no {name!r}; {advice}")
