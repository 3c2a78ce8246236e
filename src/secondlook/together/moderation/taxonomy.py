"""What a classifier's labels mean to moderators: the file that `--moderation-labels` names.

    {"ModerationModelVersion": "1.0", "Labels": {"nsfw": {"Name": "Explicit Nudity", "ParentName": "Explicit"}}}

A label of the model that is not in it ("neutral", "safe") is none of moderation, and never told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

_MEMBERS = frozenset({"Name", "ParentName"})


class Unusable(ValueError):
    """A file that is no taxonomy: the place in it, and what would be right there."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """`names` are those of moderation by the model's; `parents` lead from such a name to the one above it, if any."""

    version: str
    names: Mapping[str, str]
    parents: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises Unusable."""
        try:
            document = json.loads(text)
        except ValueError as error:
            raise Unusable(f"is no JSON: {error}") from None
        version, labels = _object(document, "$").get("ModerationModelVersion", ""), document.get("Labels")
        if not isinstance(version, str):
            raise Unusable("$.ModerationModelVersion must be a text")
        names: dict[str, str] = {}
        parents: dict[str, str] = {}
        for label, meant in _object(labels, "$.Labels").items():
            name, parent = _meant(meant, f"$.Labels.{label}")
            if parents.setdefault(name, parent) != parent:
                raise Unusable(f"$.Labels.{label}: {name} has two parents, {parents[name]!r} and {parent!r}")
            names[label] = name
        if not names:
            raise Unusable("$.Labels must have a label at least")
        taxonomy = cls(version, names, parents)
        for name in parents:
            taxonomy.level(name)
        return taxonomy

    def above(self, name: str) -> Iterator[str]:
        """The names over one, the nearest first."""
        seen = {name}
        while parent := self.parents.get(name, ""):
            if parent in seen:
                raise Unusable(f"$.Labels: {parent} is above itself")
            seen.add(parent)
            yield parent
            name = parent

    def level(self, name: str) -> int:
        """1 at the top."""
        return 1 + sum(1 for _ in self.above(name))


def _object(value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unusable(f"{at} must be an object")
    return value


def _meant(value: Any, at: str) -> tuple[str, str]:
    members = _object(value, at)
    if unknown := sorted(members.keys() - _MEMBERS):
        raise Unusable(f"{at}.{unknown[0]} is not known; there are Name and ParentName")
    name, parent = members.get("Name"), members.get("ParentName", "")
    if not isinstance(name, str) or not name:
        raise Unusable(f"{at}.Name must be a text, such as Violence")
    if not isinstance(parent, str):
        raise Unusable(f"{at}.ParentName must be a text, empty for a label at the top")
    return name, parent
