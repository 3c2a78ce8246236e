"""A lane: the duties of one kind that this server has in hand, and when it is worth looking for more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from secondlook.clock.work import Work
from secondlook.store.outbox import Duty


@dataclass(slots=True)
class Lane:
    """Kept by the clock, under its lock. One subject is in hand at most once."""

    kind: str
    work: Work
    look_at: datetime | None = None  # None: nothing is known to be coming
    held: dict[str, Duty] = field(default_factory=dict)
    leases: dict[int, datetime] = field(default_factory=dict)  # by duty, until when

    @property
    def room(self) -> int:
        return self.work.width - len(self.held)

    def expect(self, at: datetime | None) -> None:
        """Something may be due at `at`: look then, or earlier if that is planned."""
        if at is not None and (self.look_at is None or at < self.look_at):
            self.look_at = at

    def take(self, duties: Iterable[Duty], until: datetime) -> None:
        for one in duties:
            self.held[one.subject] = one
            self.leases[one.id] = until

    def drop(self, one: Duty) -> None:
        del self.held[one.subject]
        self.leases.pop(one.id, None)
