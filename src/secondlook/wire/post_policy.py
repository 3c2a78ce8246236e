"""The policy of an upload form: until when it may be sent, and what its fields may say. Pure.

Source: S3 API reference, "Creating a POST policy", for both signatures; the words of errors are S3's.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from secondlook.wire import errors
from secondlook.wire.customer_keys import HIDDEN, carries_key
from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import entity_too_large
from secondlook.wire.scalars import read_digits

_UNCOVERED = frozenset({"file", "policy", "signature", "awsaccesskeyid", "x-amz-signature"})
"""Fields that no condition has to name: they carry the policy itself and what it is about."""

_IGNORED = "x-ignore-"
_OPERATORS = frozenset({"eq", "starts-with"})
_RANGE = "content-length-range"
_EXPIRATION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)
_DOLLAR = re.compile(r"(\\\\)|\\\$")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must be, or begin with."""

    operator: str
    field: str
    value: str

    def holds(self, value: str) -> bool:
        if self.operator == "eq":
            return value == self.value
        # Several content types may be named with commas between, and each must fit.
        parts = value.split(",") if self.field == "content-type" else [value]
        return all(part.strip().startswith(self.value) for part in parts)

    def __str__(self) -> str:
        value = HIDDEN if carries_key(self.field) else self.value
        return json.dumps([self.operator, f"${self.field}", value])


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that could be read. The file may have `least` to `most` bytes, as many as it likes where `most` is None."""

    expiration: datetime
    conditions: tuple[Condition, ...]
    least: int = 0
    most: int | None = None

    def check(self, fields: Mapping[str, str], now: datetime) -> None:
        """Raise AccessDenied unless the form comes in time, its fields are as they must be, and none is left out here."""
        if now >= self.expiration:
            raise _against("Policy expired.")
        for condition in self.conditions:
            if not condition.holds(fields.get(condition.field, "")):
                raise _against(f"Policy Condition failed: {condition}")
        covered = {condition.field for condition in self.conditions} | _UNCOVERED
        extra = [name for name in fields if name not in covered and not name.startswith(_IGNORED)]
        if extra:
            raise _against(f"Extra input fields: {', '.join(extra)}")

    def check_size(self, size: int, *, is_whole: bool) -> None:
        """Raise once the file has too many bytes, or, when it `is_whole`, too few."""
        if self.most is not None and size > self.most:
            raise entity_too_large(size, self.most)
        if is_whole and size < self.least:
            raise AwsError(
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size",
                400,
                {"ProposedSize": size, "MinSizeAllowed": self.least},
            )


def read(encoded: str) -> Policy:
    """The policy in a form; raises InvalidPolicyDocument."""
    document = _document(encoded)
    if "expiration" not in document:
        raise _invalid("Policy missing expiration.")
    if "conditions" not in document:
        raise _invalid("Policy missing conditions.")
    least, most, conditions = 0, None, []
    for condition in _listed(document["conditions"]):
        if isinstance(condition, Condition):
            conditions.append(condition)
        else:
            least = max(least, condition[0])
            most = condition[1] if most is None else min(most, condition[1])
    return Policy(_expiration(document["expiration"]), tuple(conditions), least, most)


def _document(encoded: str) -> Mapping[str, Any]:
    try:
        text = base64.b64decode(encoded, validate=True).decode()
        # JSON has no `\$`, S3's policies do.
        document = json.loads(_DOLLAR.sub(lambda match: match[1] or "$", text))
    except (binascii.Error, ValueError, RecursionError):
        raise _invalid("Invalid JSON.") from None
    if not isinstance(document, dict):
        raise _invalid("Policy is not a JSON object.")
    return document


def _expiration(text: Any) -> datetime:
    if isinstance(text, str) and _EXPIRATION.fullmatch(text):
        try:
            return datetime.fromisoformat(f"{text[:19]}+00:00").astimezone(UTC)
        except ValueError:
            pass
    raise _invalid(f"Invalid 'expiration' value: {text!r}; it reads 2026-03-02T09:14:05Z.")


def _listed(conditions: Any) -> Iterator[Condition | tuple[int, int]]:
    if not isinstance(conditions, list):
        raise _invalid("Invalid 'conditions' value: must be a list.")
    for number, condition in enumerate(conditions, 1):
        if isinstance(condition, dict):
            yield _exact(condition)
        elif isinstance(condition, list) and len(condition) == 3 and isinstance(condition[0], str):  # noqa: PLR2004
            yield _matched(*condition)
        else:
            raise _invalid(f"Invalid condition {number}: a condition is an object, or a list of 3 elements.")


def _exact(condition: Mapping[str, Any]) -> Condition:
    if len(condition) != 1:
        raise _invalid(
            "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."
        )
    [(field, value)] = condition.items()
    return Condition("eq", field.lower(), _value(value))


def _matched(operator: str, field: Any, value: Any) -> Condition | tuple[int, int]:
    if operator.lower() == _RANGE:
        return _bytes(field), _bytes(value)
    if operator.lower() not in _OPERATORS:
        raise _invalid(
            f"Invalid condition operation {operator[:100]!r}: eq, starts-with and {_RANGE} are known."
        )
    if not isinstance(field, str) or not field.startswith("$"):
        raise _invalid(f"Invalid condition field {field!r}: it reads $<name of the field>.")
    return Condition(operator.lower(), field[1:].lower(), _value(value))


def _value(value: Any) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise _invalid(f"Invalid condition value {json.dumps(value)[:200]}: must be a string.")
    return str(value)


def _bytes(value: Any) -> int:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdecimal()):
        raise _invalid(f"Invalid {_RANGE}: {json.dumps(value)[:100]} is no number of bytes.")
    return read_digits(text)


def _invalid(reason: str) -> AwsError:
    return AwsError("InvalidPolicyDocument", f"Invalid Policy: {reason}", 400)


def _against(reason: str) -> AwsError:
    return errors.access_denied(f"Invalid according to Policy: {reason}")
