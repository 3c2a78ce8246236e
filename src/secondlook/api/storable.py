"""What the wire can say but no database can hold: refused by name here, so that it never fails further down.

PostgreSQL has no NUL in text, and no database has whole numbers beyond 64 bits. Half surrogate pairs do not get this
far: reading the wire refuses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondlook.wire import errors

_LARGEST = 2**63 - 1


def check_storable(params: dict[str, Any]) -> None:
    """Raise a ValidationException that names each member with a value that cannot be stored."""
    violations = list(_violations(params, ""))
    if violations:
        plural = "error" if len(violations) == 1 else "errors"
        raise errors.validation(f"{len(violations)} validation {plural} detected: {'; '.join(violations)}")


def _violations(value: Any, path: str) -> Iterator[str]:
    match value:
        case str() if "\x00" in value:
            yield f"Value at '{path}' failed to satisfy constraint: Member must not contain the character NUL (U+0000)"
        case int() if not -_LARGEST <= value <= _LARGEST:
            yield f"Value at '{path}' failed to satisfy constraint: Member must be a whole number of 64 bits"
        case dict():
            for key, item in value.items():
                if "\x00" in key:
                    yield f"Value at '{path}' failed to satisfy constraint: Map keys must not contain the character NUL (U+0000)"
                yield from _violations(item, f"{path}.{_camel(key)}" if path else _camel(key))
        case list():
            for at, item in enumerate(value, 1):
                yield from _violations(item, f"{path}.{at}.member")


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]
