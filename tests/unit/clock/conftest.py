"""Clocks that are stopped afterwards, and a desk whose loops they work for."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from secondlook.clock.handler import Handler
from secondlook.clock.run import Clock
from secondlook.review.render import Renderer
from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from tests.neighbours import Receiver, receiving

from .desk import Desk, open_desk
from .timing import AT_ONCE, Time


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
            kind: work if isinstance(work, Handler) else Handler(work, AT_ONCE)
            for kind, work in handlers.items()
        }
        clock = Clock(store, server, full, **{"poll": timedelta(hours=1), **more})
        clock.start()
        clocks.append(clock)
        return clock

    yield start
    for clock in clocks:
        clock.stop()


def owe(store: Store, kind: str, queueing_key: str, now: datetime, *, due: datetime | None = None) -> None:
    with store.write() as cx:
        outbox.owe(cx, kind, queueing_key, {}, due=due or now, now=now)


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


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(workers=1) as renderer:
        yield renderer


@pytest.fixture
def desk(store: Store, tmp_path: Path, renderer: Renderer, time: Time) -> Desk:
    return open_desk(store, tmp_path, renderer, time)


Run = Callable[..., Clock]


@pytest.fixture
def run(desk: Desk, wind: Wind) -> Run:
    """Starts a clock that does the duties of loops, and repeats failed ones without a pause."""

    def start(**instead: Handler) -> Clock:
        handlers = {
            kind: dataclasses.replace(handler, retry=dataclasses.replace(AT_ONCE, tries=20))
            for kind, handler in (desk.checks.handlers() | desk.duties.handlers()).items()
        }
        return wind(desk.store, {**handlers, **instead}, now=desk.time)

    return start
