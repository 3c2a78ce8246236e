"""What a channel is, and how one says that an event did not arrive."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from secondlook.review.deliveries import Delivery


class Channel(Protocol):
    """A way for events to leave, for the targets of one kind."""

    def send(self, delivery: Delivery, now: datetime) -> int | None:
        """Send an event; the status of the answer, None where the channel has none.

        Raises Undelivered, TargetGone. Whatever else it raises counts as a try that could not start.
        """


class Undelivered(Exception):
    """The event did not arrive; another try may help, but not before `retry_after` is over. `status` as `send` returns it."""

    def __init__(self, reason: str, status: int | None = None, retry_after: timedelta = timedelta(0)) -> None:
        super().__init__(reason)
        self.status = status
        self.retry_after = retry_after


class TargetGone(Exception):
    """The target wants nothing more, for good."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
