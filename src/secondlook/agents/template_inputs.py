"""What a worker task template reads from its input, found by looking at its tags. Pure.

A hint for whoever writes an input, not a proof: what is read under conditions is listed too, and a path put together at run time
is not. The template is not parsed: that language runs in limited children of the server only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_PATHS = 200

WHOLE = "(the whole input)"

_TAG = re.compile(
    r"\{\{-?((?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}"
    r"|\{%-?((?:[^{%]|\{(?![{%])|%(?!\}))*)%\}"
)
"""An output or a tag. Neither reaches over the beginning of another, so that no text is read again and again."""

_PATH = re.compile(r"(?<![\w.-])([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[\s*(?:\"[^\"]*\"|'[^']*'|\d+)\s*\])*)")
_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_FOR = re.compile(r"\s*(?:for|tablerow)\s+([\w-]+)\s+in\s+(.*)", re.DOTALL)
_ASSIGN = re.compile(r"\s*assign\s+([\w-]+)\s*=\s*(.*)", re.DOTALL)
_KEY = re.compile(r"\[\s*(?:\"([^\"]*)\"|'([^']*)'|(\d+))\s*\]")

_INPUT = "task.input"
_SIZES = frozenset({"size", "first", "last"})
"""What Liquid answers of a list itself."""

LINKED = "grant_read_access"
"""The filter that makes a link of an object's URI."""


def inputs(template: str) -> dict[str, str]:
    """Path → what the template takes it for: `value`, `list`, or `s3:// URI`. `steps[].name` is a member of each of `steps`."""
    found: dict[str, str] = {}
    names = {_INPUT: ""}
    for output, tag in _TAG.findall(template):
        source = text = output or tag
        if loop := _FOR.match(tag):
            source = loop[2]
            if (path := _first(source, names)) is not None:
                found[path] = "list"
                names[loop[1]] = f"{path}[]"
                source = ""
        elif assignment := _ASSIGN.match(tag):
            source = assignment[2]
            if (path := _first(source, names)) is not None and "|" not in source:
                names[assignment[1]] = path
        if len(found) >= MOST_PATHS:
            break
        kind = "s3:// URI" if LINKED in text else "value"
        for path in _paths(source, names):
            if kind != "value" or path not in found:
                found[path] = kind
    return {path or WHOLE: kind for path, kind in _leaves(found)}


def _leaves(found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Without what is named only on the way to something: `action` where `action.tool` is read, `steps[]` where `steps` is a list."""
    for path, kind in found.items():
        further = any(other.startswith((f"{path}.", f"{path}[]")) for other in found if other != path)
        if not (kind == "value" and path and (further or path.endswith("[]"))):
            yield path, kind


def _first(source: str, names: dict[str, str]) -> str | None:
    """The path that an expression begins with, where it is one of the input's."""
    expression = source.strip()
    match = _PATH.match(expression)
    return _of_input(match[1], names) if match else None


def _paths(source: str, names: dict[str, str]) -> Iterator[str]:
    spaced = _without_texts(source)
    for name in _PATH.findall(spaced):
        path = _of_input(name, names)
        if path is not None:
            yield path


def _without_texts(source: str) -> str:
    """Literals are no paths; but a key in brackets is part of one."""
    return _TEXT.sub(
        lambda text: (
            text[0] if source[max(0, text.start() - 8) : text.start()].rstrip().endswith("[") else '""'
        ),
        source,
    )


def _of_input(name: str, names: dict[str, str]) -> str | None:
    """`task.input.a["b"]` → `a.b`; None for what is not the input's."""
    dotted = _KEY.sub(lambda key: f".{key[1] or key[2]}" if key[3] is None else "[]", name)
    for alias, path in names.items():
        if dotted == alias or dotted.startswith((f"{alias}.", f"{alias}[]")):
            rest = dotted[len(alias) :].lstrip(".").split(".")
            parts = [part for part in [path, *rest] if part and part not in _SIZES]
            return ".".join(parts).replace(".[]", "[]")
    return None
