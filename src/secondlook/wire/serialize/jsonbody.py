"""Members → JSON documents."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from typing import Any

from secondlook.wire import scalars
from secondlook.wire.specs import Shape


def dump(document: Any) -> bytes:
    """The document as UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def write_members(members: Mapping[str, Shape], value: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a structure that have a value."""
    return {
        shape.wire_name or name: write(shape, value[name])
        for name, shape in members.items()
        if value.get(name) is not None
    }


def write(shape: Shape, value: Any) -> Any:  # noqa: PLR0911 - one return for each kind of shape
    """One value as JSON has it; times are seconds since 1970 unless the model says otherwise."""
    if value is None or shape.is_document:
        return value
    match shape.type:
        case "structure":
            return write_members(shape.members, value)
        case "list":
            return [write(shape.member, item) for item in value]
        case "map":
            return {key: write(shape.value, item) for key, item in value.items()}
        case "timestamp":
            return scalars.write_timestamp(value, shape.timestamp_format or "unixTimestamp")
        case "blob":
            return base64.b64encode(value).decode()
        case "float" | "double":
            return value if math.isfinite(value) else scalars.write_float(value)
    return value
