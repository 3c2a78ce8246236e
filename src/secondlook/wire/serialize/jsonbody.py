"""Members → JSON documents.

How the values of a shape are written is found out once for each shape: a page of a list has hundreds of each.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from secondlook.wire import scalars
from secondlook.wire.specs import Shape

Writer = Callable[[Any], Any]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(document: Any) -> bytes:
    """The document as UTF-8."""
    return _ENCODER.encode(document).encode()


def write_members(members: Mapping[str, Shape], value: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a structure that have a value."""
    return {
        shape.wire_name or name: write(shape, value[name])
        for name, shape in members.items()
        if value.get(name) is not None
    }


def write(shape: Shape, value: Any) -> Any:
    """One value as JSON has it; times are seconds since 1970 unless the model says otherwise."""
    writer = _writer(shape)
    return value if writer is None or value is None else writer(value)


@cache
def _writer(shape: Shape) -> Writer | None:
    """What makes JSON of a value of the shape; None where JSON has it as it is."""
    make = _WRITERS.get(shape.type)
    return make(shape) if make is not None and not shape.is_document else None


@cache
def _member_writers(shape: Shape) -> Sequence[tuple[str, str, Writer | None]]:
    """Name, name on the wire and writer of each member. Found out when a value comes: a structure may hold its own kind."""
    return [(name, member.wire_name or name, _writer(member)) for name, member in shape.members.items()]


def _structures(shape: Shape) -> Writer:
    def write_structure(value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            wire_name: item if writer is None else writer(item)
            for name, wire_name, writer in _member_writers(shape)
            if (item := value.get(name)) is not None
        }

    return write_structure


def _lists(shape: Shape) -> Writer:
    writer = _writer(shape.member)

    def write_list(value: Iterable[Any]) -> list[Any]:
        return [item if writer is None or item is None else writer(item) for item in value]

    return write_list


def _maps(shape: Shape) -> Writer:
    writer = _writer(shape.value)

    def write_map(value: Mapping[str, Any]) -> dict[str, Any]:
        return {key: item if writer is None or item is None else writer(item) for key, item in value.items()}

    return write_map


def _timestamps(shape: Shape) -> Writer:
    return partial(scalars.write_timestamp, form=shape.timestamp_format or "unixTimestamp")


def _blobs(_shape: Shape) -> Writer:
    return lambda value: base64.b64encode(value).decode()


def _floats(_shape: Shape) -> Writer:
    return lambda value: value if math.isfinite(value) else scalars.write_float(value)


_WRITERS: Mapping[str, Callable[[Shape], Writer]] = {
    "structure": _structures,
    "list": _lists,
    "map": _maps,
    "timestamp": _timestamps,
    "blob": _blobs,
    "float": _floats,
    "double": _floats,
}
"""What makes the writer, by type of shape; JSON has all others as they are."""
