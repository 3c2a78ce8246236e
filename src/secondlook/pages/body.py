"""Reading what a browser posts: forms and JSON objects, each up to a size."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from secondlook.wire.bodies import Bodies, NoRoom

MOST_FORM_BYTES = 64 * 1024
MOST_FIELDS = 50
MOST_JSON_BYTES = 48 * 1024 * 1024
"""Room for the largest answer, written with `\\u` escapes where it must."""


class BadBody(Exception):
    """The body cannot be read; the message says why, `status` is the HTTP status, `kind` a key of `errors.TITLES`."""

    def __init__(self, message: str, status: int = 400, kind: str = "bad-request") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


def is_json(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


@asynccontextmanager
async def reading(request: Request, bodies: Bodies, owner: str, most: int) -> AsyncIterator[bytes]:
    """The whole body, counted among all of `owner` that are in memory while the block runs.

    Raises BadBody if it is longer than `most` bytes, or if too many are in memory already.
    """
    declared = int(request.headers.get("content-length", most))
    if declared > most:
        raise _too_large(most)
    try:
        reserved = await bodies.reserve(declared, owner)
    except NoRoom as error:
        raise BadBody(str(error), 503, "busy") from None
    try:
        yield await _read(request, most)
    finally:
        bodies.release(reserved)


async def _read(request: Request, most: int) -> bytes:
    kept, length = [], 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > most:
            raise _too_large(most)
        kept.append(chunk)
    return b"".join(kept)


def _too_large(most: int) -> BadBody:
    return BadBody(f"What was sent has more than the {most:,} bytes that are read here.", 413)


def form(body: bytes) -> dict[str, str]:
    """The fields of an URL-encoded form; of repeated ones the last."""
    try:
        return without_nul(
            parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=False, max_num_fields=MOST_FIELDS)
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise BadBody("The form could not be read.") from error


def without_nul(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Fields by name, as every database can keep and look for them."""
    return {name: value.replace("\x00", "") for name, value in fields}


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
