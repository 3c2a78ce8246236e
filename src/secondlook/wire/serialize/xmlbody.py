"""Members → XML documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from secondlook.wire import scalars
from secondlook.wire.specs import Shape

_SPECIAL = re.compile('[&<>"\r\n\x85\u2028]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def escape(text: str) -> str:
    """Text that survives an XML parser, line ends included.

    XML 1.0 has no way to write some characters, not even by number: U+FFFD stands for them.
    """
    possible = _IMPOSSIBLE.sub("\ufffd", text)
    return _SPECIAL.sub(lambda match: _NAMED.get(match[0]) or f"&#x{ord(match[0]):X};", possible)


def is_writable(text: str) -> bool:
    """Whether a document can say exactly this."""
    return _IMPOSSIBLE.search(text) is None


def escape_lines(text: str) -> str:
    """As ``escape``, with line ends as they are, for a text that people read line by line."""
    return "\n".join(escape(line) for line in text.split("\n"))


def element(name: str, content: str, attributes: str = "") -> str:
    """``<name attributes>content</name>``; ``content`` is XML already."""
    return f"<{name}{attributes}>{content}</{name}>" if content else f"<{name}{attributes}/>"


def namespace(trait: Mapping[str, str] | str | None) -> str:
    """The attribute that declares a namespace, or nothing. Models give an address alone or one with a prefix."""
    address, prefix = (
        (trait, "") if isinstance(trait, str) else ((trait or {}).get("uri"), (trait or {}).get("prefix"))
    )
    return f' xmlns{":" + prefix if prefix else ""}="{escape(address)}"' if address else ""


def write_root(
    name: str, shape: Shape, value: Any, members: Mapping[str, Shape], default_namespace: str | None
) -> str:
    """A whole document. ``members`` are those of ``shape`` that stand in it."""
    attributes = namespace(shape.traits.get("xmlNamespace") or default_namespace)
    if shape.type != "structure":
        return write(name, shape, value)
    return element(name, write_members(members, value), attributes + _attributes(members, value))


def write_members(members: Mapping[str, Shape], value: Mapping[str, Any]) -> str:
    """The members of a structure that have a value, in the model's order."""
    return "".join(
        write(shape.wire_name or name, shape, value[name])
        for name, shape in members.items()
        if value.get(name) is not None and not shape.traits.get("xmlAttribute")
    )


def write(name: str, shape: Shape, value: Any) -> str:
    """One member as an element, or as several where it is flattened."""
    attributes = namespace(shape.traits.get("xmlNamespace"))
    if shape.type == "structure":
        attributes += _attributes(shape.members, value)
        return element(name, write_members(shape.members, value), attributes)
    if shape.type == "list":
        return _write_list(name, shape, value, attributes)
    if shape.type == "map":
        return _write_map(name, shape, value, attributes)
    return element(name, escape(scalars.write(shape, value, "iso8601")), attributes)


def _write_list(name: str, shape: Shape, items: Any, attributes: str) -> str:
    if shape.flattened:
        return "".join(write(name, shape.member, item) for item in items)
    held = shape.member.wire_name or "member"
    return element(name, "".join(write(held, shape.member, item) for item in items), attributes)


def _write_map(name: str, shape: Shape, entries: Mapping[str, Any], attributes: str) -> str:
    key_name, value_name = shape.key.wire_name or "key", shape.value.wire_name or "value"
    pairs = [
        write(key_name, shape.key, key) + write(value_name, shape.value, value)
        for key, value in entries.items()
    ]
    if shape.flattened:
        return "".join(element(name, pair, attributes) for pair in pairs)
    return element(name, "".join(element("entry", pair) for pair in pairs), attributes)


def _attributes(members: Mapping[str, Shape], value: Mapping[str, Any]) -> str:
    return "".join(
        f' {shape.wire_name or name}="{escape(scalars.write(shape, value[name], "iso8601"))}"'
        for name, shape in members.items()
        if shape.traits.get("xmlAttribute") and value.get(name) is not None
    )
