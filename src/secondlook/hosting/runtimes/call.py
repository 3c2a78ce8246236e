"""One prediction as a runtime sees it: a request in, a reply out, or an error that says why."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent to /invocations. `content_type` and `accept` are as sent, or empty; names of `headers` in lower case."""

    body: bytes
    content_type: str = ""
    accept: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case."""
        return media_type(self.content_type)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back; names of `headers` in lower case, the content type not among them.

    `pieces`, where there are some, are the body, sent while they are made.
    """

    body: bytes
    content_type: str = "application/json"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterator[bytes] | None = None


class RequestError(Exception):
    """The request cannot be answered because of what was sent: an HTTP status and a sentence for the caller."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


OPEN = frozenset({"", "application/x-image", "application/octet-stream", "binary/octet-stream"})
"""Content types that leave it open what the body is."""

Predict = Callable[[Request], Reply]


def media_type(content_type: str) -> str:
    """Without parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str:
    """The codec of the charset parameter; UTF-8 where there is none. Raises LookupError for one that is not known."""
    parameters = Message()
    parameters["Content-Type"] = content_type
    return codecs.lookup(parameters.get_content_charset("utf-8")).name


def header_value(value: str) -> str:
    """The value as it may stand in a header. Raises ValueError, or TypeError for what is no text."""
    if not isinstance(value, str):
        raise TypeError(f"a header is a text, not {value!r}")
    if not (value.isascii() and value.isprintable()):
        raise ValueError(f"a header holds printable ASCII characters only, not {value!r}")
    return value


def json_reply(answer: Any) -> Reply:
    """A reply in JSON, compact."""
    return Reply(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())
