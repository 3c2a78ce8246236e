"""Form parameters of the query protocol (``Tags.member.1.Key=…``) → members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from secondlook.wire import errors, scalars
from secondlook.wire.specs import Shape

# Deeper than any model, so a name with more dots means nothing.
_DEEPEST = 64


@dataclass
class _Branch:
    """What is known under one dotted prefix."""

    text: str | None = None
    branches: dict[str, _Branch] = field(default_factory=dict)

    def at(self, path: str) -> _Branch | None:
        branch: _Branch | None = self
        for name in path.split("."):
            branch = branch.branches.get(name) if branch else None
        return branch

    def numbered(self) -> list[_Branch]:
        numbers = sorted(
            (scalars.read_digits(name), name) for name in self.branches if name.isascii() and name.isdecimal()
        )
        return [self.branches[name] for _, name in numbers]


def read(shape: Shape, parameters: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The members of the input structure."""
    root = _Branch()
    for name, value in parameters:
        if name.count(".") > _DEEPEST:
            continue
        branch = root
        for part in name.split("."):
            branch = branch.branches.setdefault(part, _Branch())
        branch.text = value
    return _read_members(shape.members, root, "")


def _read_members(shapes: Mapping[str, Shape], branch: _Branch, path: str) -> dict[str, Any]:
    members = {}
    for name, shape in shapes.items():
        inner = branch.at(shape.wire_name or name) or branch.at(_older_name(shape) or name)
        if inner is not None:
            members[name] = _read(shape, inner, f"{path}.{name}" if path else name)
    return members


def _older_name(shape: Shape) -> str | None:
    """A flattened list goes by its own name; botocore sends it under the name of what it holds."""
    return shape.member.wire_name if shape.type == "list" and shape.flattened else None


def _read(shape: Shape, branch: _Branch, path: str) -> Any:
    if shape.type == "structure":
        return _read_members(shape.members, branch, path)
    if shape.type == "list":
        held = branch if shape.flattened else branch.at(shape.member.wire_name or "member")
        items = held.numbered() if held else []
        return [_read(shape.member, item, f"{path}[{at}]") for at, item in enumerate(items)]
    if shape.type == "map":
        return _read_map(shape, branch, path)
    try:
        return scalars.read(shape, branch.text or "", "iso8601")
    except ValueError as error:
        raise errors.malformed(f"{path}: {error}.") from error


def _read_map(shape: Shape, branch: _Branch, path: str) -> dict[str, Any]:
    held = branch if shape.flattened else branch.at("entry")
    entries = {}
    for entry in held.numbered() if held else []:
        key, value = entry.at(shape.key.wire_name or "key"), entry.at(shape.value.wire_name or "value")
        if key is None or key.text is None or value is None:
            raise errors.malformed(f"{path}: expected a key and a value in each entry.")
        entries[key.text] = _read(shape.value, value, f"{path}.{key.text}")
    return entries
