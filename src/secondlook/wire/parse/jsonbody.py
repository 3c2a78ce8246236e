"""JSON documents → members."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from secondlook.wire import errors, scalars
from secondlook.wire.specs import Shape

_JSON_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def load(body: bytes | None) -> Any:
    """The document of a body; an empty body is an empty document."""
    if not body:
        return {}
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except ValueError as error:
        raise errors.malformed(f"The request body is not JSON: {error}.") from error


def read_members(shapes: Mapping[str, Shape], document: Any, path: str) -> dict[str, Any]:
    """The members of a structure; null is the same as absent."""
    if not isinstance(document, dict):
        _unexpected(path, "an object", document)
    members: dict[str, Any] = {}
    for name, shape in shapes.items():
        value = document.get(shape.wire_name or name)
        if value is not None:
            members[name] = read(shape, value, f"{path}.{name}" if path else name)
    return members


def read(shape: Shape, value: Any, path: str) -> Any:
    """The value of one member at ``path``."""
    if shape.is_document:
        return value
    if shape.type == "structure":
        return read_members(shape.members, value, path)
    if shape.type == "list":
        if not isinstance(value, list):
            _unexpected(path, "a list", value)
        return [
            None if item is None else read(shape.member, item, f"{path}[{at}]")
            for at, item in enumerate(value)
        ]
    if shape.type == "map":
        if not isinstance(value, dict):
            _unexpected(path, "an object", value)
        return {
            key: None if item is None else read(shape.value, item, f"{path}.{key}")
            for key, item in value.items()
        }
    return _read_scalar(shape, value, path)


def _read_scalar(shape: Shape, value: Any, path: str) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        match shape.type:
            case "boolean" if isinstance(value, bool):
                return value
            case "integer" | "long" if is_number and value % 1 == 0:
                return int(value)
            case "float" | "double" if is_number:
                return value
            case "timestamp" if is_number:
                return scalars.read_timestamp(value, "unixTimestamp")
            case "string" | "character" | "blob" | "timestamp" | "float" | "double" if isinstance(value, str):
                return scalars.read(shape, value, "iso8601")
    except (ValueError, OverflowError) as error:
        raise errors.malformed(f"{path}: {error}.") from error
    return _unexpected(path, _EXPECTED.get(shape.type, f"a {shape.type}"), value)


def _unexpected(path: str, expected: str, value: Any) -> NoReturn:
    raise errors.malformed(
        f"{path or 'The request body'}: expected {expected}, found {_JSON_NAMES[type(value)]}."
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_EXPECTED = {"integer": "a whole number", "long": "a whole number", "float": "a number", "double": "a number"}
