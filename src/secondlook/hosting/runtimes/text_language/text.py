"""The text in a request: what was sent as text, or as the member `text` of JSON."""

from __future__ import annotations

import json

from secondlook.hosting.runtimes.call import OPEN, Request, RequestError, charset

JSON, PLAIN = "application/json", "text/plain"

ENOUGH = 65536
"""Characters that decide: more of a text says no more about its language."""


def text(request: Request) -> str:
    """The text, which is not empty.

    Refuses other content types (415) and what is no text, or no JSON with one (400).
    """
    if request.media_type == JSON:
        written = _member(request)
    elif request.media_type in {PLAIN, *OPEN}:
        written = _decoded(request)
    else:
        raise RequestError(
            415, f"Content type {request.content_type!r} is not supported; send {PLAIN} or {JSON}"
        )
    if not written.strip():
        raise RequestError(400, "The text is empty: send some words")
    return written


def beginning(written: str) -> str:
    """As much of a text as decides."""
    return written[:ENOUGH]


def _member(request: Request) -> str:
    try:
        sent = json.loads(_decoded(request))
    except (ValueError, RecursionError) as error:
        raise RequestError(400, f"The body is no JSON: {error}") from error
    written = sent.get("text") if isinstance(sent, dict) else sent
    if not isinstance(written, str):
        raise RequestError(400, 'The body must be a text, or an object with one: {"text": "Guten Tag"}')
    return written


def _decoded(request: Request) -> str:
    try:
        codec = charset(request.content_type)
        return request.body.decode(codec).removeprefix("\N{BYTE ORDER MARK}")
    except LookupError as error:
        raise RequestError(
            415, f"Content type {request.content_type!r} is not supported: {error}; send UTF-8"
        ) from error
    except UnicodeError as error:
        raise RequestError(400, f"The body is not text in {codec.upper()}: {error}") from error
