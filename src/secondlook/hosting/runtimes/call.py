"""One prediction as a runtime sees it: a request in, a reply out, or a refusal that says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent to /invocations. `content_type` and `accept` are as sent, or empty."""

    body: bytes
    content_type: str = ""
    accept: str = ""
    custom_attributes: str = ""

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case."""
        return self.content_type.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


class Refusal(Exception):
    """The request cannot be answered because of what was sent: an HTTP status and a sentence for the caller."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


Predict = Callable[[Request], Reply]


def json_reply(answer: Any) -> Reply:
    """A reply in JSON, compact."""
    return Reply(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())
