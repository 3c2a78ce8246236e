"""JSON that may have megabytes, as it is shown to people. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass

MOST = 20_000
"""Characters that are shown; more than anybody reads on a page."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The text to show, indented where it is whole."""

    text: str
    is_cut: bool


def excerpt(text: str) -> Excerpt:
    """The beginning of a JSON text, of which at least one character more than MOST was read."""
    if len(text) > MOST:
        return Excerpt(_printable(text[:MOST]), is_cut=True)
    return Excerpt(_printable(_indented(text)), is_cut=False)


def _indented(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):  # numbers and depths that JSON allows and Python does not
        return text


def _printable(text: str) -> str:
    """JSON may escape half of a surrogate pair, which no page can hold."""
    return text.encode("utf-8", "replace").decode()
