"""AWS's member names as A2I hands them to templates and writes them down: `BlockType` is `blockType`. Pure."""

from __future__ import annotations

from typing import Any


def in_camel_case(value: Any) -> Any:
    """A copy with the first letter of every member's name in lower case, at every level; texts stay as they are."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: in_camel_case(member) for name, member in value.items()}
    if isinstance(value, list):
        return [in_camel_case(item) for item in value]
    return value
