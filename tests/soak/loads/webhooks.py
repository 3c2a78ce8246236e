"""Webhooks: a receiver in a bad mood, and what arrived in the end."""

from __future__ import annotations

import json
import random
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from secondlook.review.decisions import standard_webhooks
from tests.neighbours import PATIENCE, Receiver
from tests.running import Server, eventually
from tests.soak.traffic import Act, Load

SECONDS = 240
"""A delivery that fails again and again waits 5, 10, 20 … seconds between tries."""

HANGS, FAILS = 0.01, 0.1
"""How much of the time."""


@dataclass
class MoodyReceiver(Receiver):
    """Answers 500 now and then, or only when nobody listens any more, until it is soothed."""

    soothed: threading.Event = field(default_factory=threading.Event)

    def status(self) -> int:
        mood = 1.0 if self.soothed.is_set() else random.random()
        if mood < HANGS:
            self.soothed.wait(PATIENCE)
        return 500 if mood < FAILS else 200


class Webhooks(Load):
    """It has nothing to do but to listen; `events` is the log of what was to be sent."""

    def __init__(
        self, server: Server, receiver: MoodyReceiver, events: Callable[[], list[dict[str, Any]]]
    ) -> None:
        self._receiver, self._events = receiver, events
        webhook = server.client("secondlook").create_webhook(Url=receiver.url)
        self._secret = webhook["Secret"]

    def actors(self) -> Sequence[Act]:
        return []

    def close(self) -> None:
        super().close()
        self._receiver.soothed.set()

    def verify(self) -> None:
        """Each event at least once, all times under the same id and with the same bytes, signed; and no other."""
        wanted = {event["id"]: event for event in self._events()}
        eventually(lambda: wanted.keys() <= self._received().keys(), SECONDS)
        received = self._received()

        assert received.keys() == wanted.keys()
        for number, bodies in received.items():
            assert len(bodies) == 1, f"event {number} was sent in {len(bodies)} ways"
            assert json.loads(next(iter(bodies))) == wanted[number]

    def _received(self) -> dict[str, set[bytes]]:
        """The bodies that came for each id."""
        received = defaultdict(set)
        for headers, body in list(self._receiver.seen):
            expected = standard_webhooks.headers(
                self._secret,
                headers["webhook-id"],
                body,
                datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC),
            )
            assert headers["webhook-signature"] == expected["webhook-signature"]
            received[headers["webhook-id"]].add(body)
        return dict(received)
