"""A time that tests move, clocks that are stopped afterwards, and waiting for what a condition says."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from secondlook.clock.run import Clock
from secondlook.clock.work import Retry, Work
from secondlook.store import outbox
from secondlook.store.session import Store
from secondlook.store.vault import Vault

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
    """`wind(store, {kind: Work | function})` starts a clock that finds nothing by polling."""
    clocks: list[Clock] = []

    def start(store: Store, works: dict[str, object], server: str = "server-1", **more: object) -> Clock:
        full = {kind: one if isinstance(one, Work) else Work(one, AT_ONCE) for kind, one in works.items()}
        clock = Clock(store, server, full, **{"poll": timedelta(hours=1), **more})
        clock.start()
        clocks.append(clock)
        return clock

    yield start
    for one in clocks:
        one.stop()


def owe(store: Store, kind: str, subject: str, now: datetime, *, due: datetime | None = None) -> None:
    with store.write() as cx:
        outbox.owe(cx, kind, subject, {}, due=due or now, now=now)


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


@dataclass
class Receiver:
    """A real HTTP server that answers POSTs with `statuses` in turn, then with 200; `hold` makes it wait."""

    port: int
    statuses: list[int] = field(default_factory=list)
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/events"

    def hold(self) -> None:
        self.go_on.clear()


class _Post(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        place: Receiver = self.server.place
        body = self.rfile.read(int(self.headers["Content-Length"]))
        place.seen.append((dict(self.headers), body))
        place.asked.set()
        place.go_on.wait(60)
        self.send_response(place.statuses.pop(0) if place.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client hung up
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receivers() -> Iterator[Callable[[], Receiver]]:
    """Makes receivers; they answer at once unless told to `hold`."""
    servers: list[ThreadingHTTPServer] = []

    def make() -> Receiver:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Post)
        server.daemon_threads = True
        server.place = Receiver(server.server_port)
        server.place.go_on.set()
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return server.place

    yield make
    for one in servers:
        one.place.go_on.set()
        one.shutdown()
        one.server_close()


@pytest.fixture
def receiver(receivers: Callable[[], Receiver]) -> Receiver:
    return receivers()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault.key")
