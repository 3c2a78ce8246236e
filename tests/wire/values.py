"""Values made from shapes: the least that an operation takes, and all that it can take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from secondlook.wire.specs import Shape

MOMENT = datetime(2026, 2, 17, 19, 20, 38, tzinfo=UTC)
DEEPEST = 6


def least(shape: Shape) -> Any:
    """Required members only."""
    return _make(shape, "value", full=False, depth=0)


def most(shape: Shape) -> Any:
    """Every member, two items in each list and map; a union has its first member."""
    return _make(shape, "value", full=True, depth=0)


def _make(shape: Shape, name: str, *, full: bool, depth: int) -> Any:
    match shape.type:
        case "structure":
            return _structure(shape, full=full, depth=depth)
        case "list":
            # An empty list leaves no trace in XML, so even the least has one item.
            count = max(shape.traits.get("min", 0), 2 if full else 1)
            return [_make(shape.member, f"{name}-{at}", full=full, depth=depth + 1) for at in range(count)]
        case "map":
            count = 2 if full else shape.traits.get("min", 0)
            return {
                f"key-{at}": _make(shape.value, f"{name}-{at}", full=full, depth=depth + 1)
                for at in range(count)
            }
    return _scalar(shape, name)


def _structure(shape: Shape, *, full: bool, depth: int) -> dict[str, Any]:
    names = [name for name in shape.members if name in shape.required or (full and depth < DEEPEST)]
    if shape.traits.get("union"):
        names = list(shape.members)[:1]
    return {name: _make(shape.members[name], name, full=full, depth=depth + 1) for name in names}


def _scalar(shape: Shape, name: str) -> Any:
    match shape.type:
        case "integer" | "long":
            return max(shape.traits.get("min", 0), 7)
        case "float" | "double":
            return max(shape.traits.get("min", 0), 0.75)
        case "boolean":
            return True
        case "timestamp":
            return MOMENT
        case "blob":
            return f"{name} \x00\xff".encode("latin-1")
    enum = shape.traits.get("enum")
    # A header's value is one line of latin-1; elsewhere text may hold anything.
    text = name if shape.location else f"{name} <&\"'> é€😹\n"
    return enum[0] if enum else text.ljust(shape.traits.get("min", 0), "x")
