"""A lane: the duties of one kind that this server has in hand, and when it is worth looking for more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from secondlook.clock.handler import Handler
from secondlook.store.outbox import Duty


@dataclass(slots=True)
class Lane:
    """Kept by the clock, under its lock. One queueing key is in hand at most once."""

    kind: str
    handler: Handler
    look_at: datetime | None = None  # read then whether something is due; None: nothing is known to be coming
    due: bool = False  # something was owed that is due now: claim without reading first
    has_more: bool = False  # the last claim took as many as there was room for
    threads: int = 0
    after: str = ""  # where the turn of the shares goes on
    held: dict[str, Duty] = field(default_factory=dict)
    leases: dict[int, datetime] = field(default_factory=dict)  # by duty, until when

    @property
    def free(self) -> int:
        """How many duties may be claimed."""
        return (self.handler.concurrency - self.threads) * self.handler.batch

    def wakes_at(self, now: datetime) -> datetime | None:
        """When there is something to do in this lane."""
        if not self.free:
            return None
        return now if self.due else self.look_at

    def expect(self, at: datetime | None) -> None:
        """Something may be due at `at`: look then, or earlier if that is planned."""
        if at is not None and (self.look_at is None or at < self.look_at):
            self.look_at = at

    def take(self, duties: Iterable[Duty], until: datetime) -> list[list[Duty]]:
        """Hold the duties; what each thread shall do."""
        batches: list[list[Duty]] = [[] for _ in range(self.handler.concurrency - self.threads)]
        for number, duty in enumerate(duties):
            self.held[duty.queueing_key] = duty
            self.leases[duty.id] = until
            batches[number % len(batches)].append(duty)
        used = [batch for batch in batches if batch]
        self.threads += len(used)
        return used

    def drop(self, duties: Iterable[Duty]) -> None:
        """These are out of hand."""
        for duty in duties:
            del self.held[duty.queueing_key]
            self.leases.pop(duty.id, None)

    def leave(self, now: datetime) -> None:
        """A thread is free; more of the queueing keys that it held may wait."""
        self.threads -= 1
        self.expect(now)
