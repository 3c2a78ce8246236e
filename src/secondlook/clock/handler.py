"""What the clock knows about one kind of duty: how it is done, how often it is tried, what follows the last try."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from secondlook.store.outbox import Duty

Write = Callable[[Connection, datetime], None]
"""The final write of a duty. It runs in the transaction that strikes the duty off, so both happen or neither."""


WriteAll = Callable[[Connection, Sequence[int], datetime], Collection[int]]


@dataclass(frozen=True, slots=True)
class BatchWrite:
    """A final write that may be made for several duties at once.

    `write(cx, items, now)` answers the items that it has written; it leaves, without waiting, what others have locked.
    Those are written by `alone`, each in a transaction of its own.
    """

    write: WriteAll
    item: int
    alone: Write


Do = Callable[[Duty], Write | BatchWrite | None]
"""The work itself, with no transaction open. Whatever it raises counts as a failed try."""

Prepare = Callable[[Sequence[Duty]], Do]
"""Looks once at what a batch needs to know; the answer does each of its duties. Raising fails them all."""


Room = Callable[[str, int, int], int]
"""How many more duties of a share may be in hand of this server: `room(share, held, free)`, where it `held` so many, and all shares
together may have so many more (`free`).
"""


class HandlerFailure(Exception):
    """This try failed for a reason outside: a receiver, a mail server. `write` notes it in the duty's own transaction."""

    def __init__(self, reason: str, write: Write | None = None) -> None:
        super().__init__(reason)
        self.write = write


class TransientFailure(HandlerFailure):
    """Trying again may help, but not before `not_before` has passed from now on."""

    def __init__(
        self, reason: str, write: Write | None = None, *, not_before: timedelta = timedelta(0)
    ) -> None:
        super().__init__(reason, write)
        self.not_before = not_before


class PermanentFailure(HandlerFailure):
    """Trying again cannot help: the duty is given up at once."""


@dataclass(frozen=True, slots=True)
class Retry:
    """`tries` in all; the pause doubles from `first` up to `longest`, each spread by a quarter either way."""

    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=1)
    tries: int = 60

    def pause(self, tried: int) -> timedelta | None:
        """How long to wait after `tried` tries (1 or more); None when that was the last."""
        if tried >= self.tries:
            return None
        doublings = min(tried - 1, 20)  # `longest` has taken over by then, and timedelta has an end
        pause = min(self.longest, self.first * (1 << doublings))
        return pause * random.uniform(0.75, 1.25)  # noqa: S311  (spreads load, guards nothing)


@dataclass(frozen=True, slots=True)
class Handler:
    """How a kind of duty is done. At most `concurrency` threads do a kind at a time, so one that hangs holds up its own kind only.

    A thread takes up to `batch` duties at once and writes them off together: more than one where the work is
    short and stays in this server. `prepare` then looks once for all of them. With `by_shares` the batch has a part of
    every share (`outbox.owe`), of each no more than there is `room` for. `on_give_up` is asked for a final write after the last try, with the reason, so that
    the story ends for its owner too; the duty itself stays in the table as failed.
    """

    do: Do | None = None
    retry: Retry = Retry()
    concurrency: int = 2
    batch: int = 1
    on_give_up: Callable[[Duty, str], Write] | None = None
    by_shares: bool = False
    prepare: Prepare | None = None
    room: Room | None = None

    def prepared(self, duties: Sequence[Duty]) -> Do:
        """What does each of these."""
        if self.prepare is not None:
            return self.prepare(duties)
        assert self.do is not None
        return self.do
