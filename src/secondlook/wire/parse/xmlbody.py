"""XML documents → members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.wire import errors, scalars
from secondlook.wire.parse.xmltree import Node, load
from secondlook.wire.specs import Shape

__all__ = ["load_body", "read", "read_members"]


def load_body(body: bytes) -> Node:
    """The root element of a request's body."""
    try:
        return load(body)
    except ValueError as error:
        raise errors.malformed(f"The XML you provided was not well-formed: {error}.") from error


def read_members(shapes: Mapping[str, Shape], node: Node) -> dict[str, Any]:
    """The members of a structure that are there."""
    members: dict[str, Any] = {}
    for name, shape in shapes.items():
        wire_name = shape.wire_name or name
        if shape.traits.get("xmlAttribute"):
            if wire_name in node.attributes:
                members[name] = _scalar(shape, node.attributes[wire_name], wire_name)
        elif shape.type in {"list", "map"} and shape.flattened:
            # A flattened list goes by its own name or, in older models, by the name of what it holds.
            held = shape.member.wire_name if shape.type == "list" else None
            nodes = node.all(wire_name, held or wire_name)
            if nodes:
                members[name] = _items(shape, nodes) if shape.type == "list" else _entries(shape, nodes)
        elif nodes := node.all(wire_name):
            members[name] = read(shape, nodes[0])
    return members


def read(shape: Shape, node: Node) -> Any:
    """The value that an element holds."""
    if shape.type == "structure":
        return read_members(shape.members, node)
    if shape.type == "list":
        return _items(shape, node.all(shape.member.wire_name or "member"))
    if shape.type == "map":
        return _entries(shape, node.all("entry"))
    return _scalar(shape, node.text, node.name)


def _items(shape: Shape, nodes: list[Node]) -> list[Any]:
    return [read(shape.member, node) for node in nodes]


def _entries(shape: Shape, nodes: list[Node]) -> dict[str, Any]:
    entries = {}
    for node in nodes:
        keys, values = node.all(shape.key.wire_name or "key"), node.all(shape.value.wire_name or "value")
        if not keys or not values:
            raise errors.malformed(f"{node.name}: expected a key and a value.")
        entries[keys[0].text] = read(shape.value, values[0])
    return entries


def _scalar(shape: Shape, text: str, name: str) -> Any:
    try:
        return scalars.read(shape, text if shape.type == "string" else text.strip(), "iso8601")
    except ValueError as error:
        raise errors.malformed(f"{name}: {error}.") from error
