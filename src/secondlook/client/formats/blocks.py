"""The keys and values of a form among Textract's blocks, as `crowd-textract-analyze-document` answers them [document-and-moderation.md]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def form_fields(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str | None]]:
    """Each key's text, and that of its value: empty where the value is blank, None where the key has none."""
    by_id = {block["id"]: block for block in blocks if isinstance(block.get("id"), str)}
    for block in blocks:
        if block.get("blockType") == "KEY_VALUE_SET" and "KEY" in _strings(block.get("entityTypes")):
            values = list(_related(block, "VALUE", by_id))
            yield _text(block, by_id), " ".join(_text(value, by_id) for value in values) if values else None


def _text(block: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> str:
    """Its own text, as workers leave it; else that of the words it consists of."""
    text = block.get("text")
    if isinstance(text, str):
        return text
    words = (word.get("text") for word in _related(block, "CHILD", by_id))
    return " ".join(word for word in words if isinstance(word, str))


def _related(
    block: Mapping[str, Any], kind: str, by_id: Mapping[str, Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    relationships = block.get("relationships")
    for relationship in relationships if isinstance(relationships, list) else ():
        if isinstance(relationship, Mapping) and relationship.get("type") == kind:
            yield from (by_id[other] for other in _strings(relationship.get("ids")) if other in by_id)


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
