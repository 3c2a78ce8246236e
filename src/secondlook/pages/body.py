"""Reading what a browser posts: forms and JSON objects, each up to a size."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_FORM_BYTES = 64 * 1024
MOST_FIELDS = 50
MOST_JSON_BYTES = 48 * 1024 * 1024
"""Room for the largest answer, written with `\\u` escapes where it must."""


class BadBody(Exception):
    """The body cannot be read; the message says why, `status` is the HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def is_json(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


async def read(request: Request, most: int) -> bytes | None:
    """The whole body, or None as soon as it is longer than `most` bytes."""
    if int(request.headers.get("content-length", "0")) > most:
        return None
    kept, length = [], 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > most:
            return None
        kept.append(chunk)
    return b"".join(kept)


def form(body: bytes) -> dict[str, str]:
    """The fields of an URL-encoded form; of repeated ones the last."""
    try:
        return dict(
            parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=False, max_num_fields=MOST_FIELDS)
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise BadBody("The form could not be read.") from error


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object that was sent."""
    try:
        sent = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadBody(f"What was sent is not JSON: {error}.") from error
    if not isinstance(sent, dict):
        raise BadBody("What was sent is JSON, but not an object.")
    return sent


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON value")
