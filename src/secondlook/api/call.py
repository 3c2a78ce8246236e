"""One call of one operation, as its function sees it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secondlook.api.caller import Caller
from secondlook.api.services import Services
from secondlook.names import Place
from secondlook.store.actor import Actor
from secondlook.store.session import Store
from secondlook.together.predict_and_review import Reviewer
from secondlook.wire.http import Request
from secondlook.wire.sigv4 import Claim


@dataclass(slots=True)
class Call:
    """What the wire said, in Python: `params` as boto3 spells them, times aware, blobs as bytes.

    `base_url` is the scheme and host the caller came by. `stream` is the raw request body of operations whose
    input is a stream; for all others the body is in `params`.
    """

    operation: str
    params: dict[str, Any]
    now: datetime
    caller: Caller
    actor: Actor
    services: Services
    request: Request
    base_url: str
    claim: Claim
    stream: AsyncIterator[bytes]

    @property
    def store(self) -> Store:
        """The database, written to on behalf of the caller."""
        return self.services.store.acting(self.actor)

    @property
    def reviewer(self) -> Reviewer:
        """The caller, as somebody on whose behalf a prediction is reviewed."""
        return Reviewer(self.caller.buckets, self.actor, self.now)

    @property
    def place(self) -> Place:
        return self.services.place


@dataclass(slots=True)
class Streamed:
    """An answer that an operation has put on the wire's terms itself: an object's bytes, a model's prediction."""

    status: int
    headers: list[tuple[str, str]]
    body: AsyncGenerator[bytes] | bytes
