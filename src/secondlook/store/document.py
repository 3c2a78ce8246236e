"""JSON documents, written before a transaction begins and read after it has ended.

While one writes, everybody else waits: turning megabytes into text belongs before `Store.write`. A `Document` is that
text; columns of JSON take it as it is. Small values may still be given to such a column as they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """A value as JSON text."""

    text: str

    @classmethod
    def of(cls, value: Any) -> Document:
        return cls(json.dumps(value))

    @property
    def value(self) -> Any:
        return json.loads(self.text)


def encoded(value: Any) -> str:
    """What a JSON column stores for `value`; for the engine."""
    return value.text if isinstance(value, Document) else json.dumps(value)


def decoded(text: str | bytes) -> Any:
    """What a JSON column holds; for the engine."""
    return json.loads(text)
