"""A time that tests move, clocks that are stopped afterwards, and waiting for what a condition says."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secondlook.clock.handler import Handler, Retry
from secondlook.clock.run import Clock
from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from tests.neighbours import Receiver, receiving

LONG = 30.0
"""Seconds after which a test stops hoping."""

AT_ONCE = Retry(first=timedelta(0), longest=timedelta(0), tries=3)


class Time:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def time() -> Time:
    return Time()


Wind = Callable[..., Clock]


@pytest.fixture
def wind() -> Iterator[Wind]:
    """`wind(store, {kind: Handler | function})` starts a clock that finds nothing by polling."""
    clocks: list[Clock] = []

    def start(store: Store, handlers: dict[str, object], server: str = "server-1", **more: object) -> Clock:
        full = {
            kind: one if isinstance(one, Handler) else Handler(one, AT_ONCE) for kind, one in handlers.items()
        }
        clock = Clock(store, server, full, **{"poll": timedelta(hours=1), **more})
        clock.start()
        clocks.append(clock)
        return clock

    yield start
    for one in clocks:
        one.stop()


def owe(store: Store, kind: str, queueing_key: str, now: datetime, *, due: datetime | None = None) -> None:
    with store.write() as cx:
        outbox.owe(cx, kind, queueing_key, {}, due=due or now, now=now)


def happens(event: threading.Event) -> bool:
    return event.wait(LONG)


def until(condition: Callable[[], bool]) -> bool:
    """Ask again until it is so; False if that takes too long."""
    pause = threading.Event()
    for _ in range(int(LONG / 0.01)):
        if condition():
            return True
        pause.wait(0.01)
    return False


@pytest.fixture
def receivers() -> Iterator[Callable[[], Receiver]]:
    """Makes receivers of webhooks."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(receiving())


@pytest.fixture
def receiver(receivers: Callable[[], Receiver]) -> Receiver:
    return receivers()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault.key")
