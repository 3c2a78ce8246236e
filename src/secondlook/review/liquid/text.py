"""How a value becomes text, and text becomes HTML.

Everything printed is escaped, literals too; lists and objects print as one line of JSON, wherever Liquid turns a
value into text. Two marks travel with a text: `Escaped`, so that an explicit `escape` is not escaped again, and
`Raw`, so that `skip_autoescape` holds to the end of its expression [crowd-elements/liquid.md: Printing values].
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from liquid import is_undefined


class Escaped(str):
    """Text in which the template itself has escaped at least a part."""

    __slots__ = ()


class Raw(str):
    """Text that is printed as it is."""

    __slots__ = ()


_UNESCAPED = re.compile(r"""[<>"']|&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);)""")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def escape(text: str) -> str:
    """`text` with the five characters that mean something in HTML as entities."""
    for character, entity in _ENTITIES.items():
        text = text.replace(character, entity)
    return text


def escape_once(text: str) -> str:
    """As `escape`, but entities that are there already stay."""
    return _UNESCAPED.sub(lambda match: _ENTITIES[match[0]], text)


def html(value: object) -> str:
    """What an output expression prints."""
    if isinstance(value, Raw):
        return value
    if isinstance(value, Escaped):
        return escape_once(value)
    return escape(to_text(value))


def to_text(value: object) -> str:
    """`value` as Liquid text: numbers plain, lists and objects as JSON.

    Nil and undefined are empty, as are the engine's own objects: `forloop` has properties, but no text.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _plain(value)
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    if isinstance(value, list | tuple | dict):
        return to_json(value)
    return ""


def to_json(value: object) -> str:
    """`value` as compact JSON on one line, keys in the order of the input."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=foreign)


def foreign(value: object) -> object:
    """What stands in JSON for a value that JSON does not have."""
    if isinstance(value, range):
        return to_text(value)
    return {} if isinstance(value, Mapping) and not is_undefined(value) else None


def _plain(number: float) -> str:
    """Never in powers of ten: templates print numbers into SVG and scripts, and compare them as text."""
    digits = repr(number)
    return format(Decimal(digits), "f") if "e" in digits else digits
