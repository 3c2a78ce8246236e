"""A database that is slow with access keys holds up those who ask it, and nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.running import Server, eventually

from .signed import Answer, send, unsigned

MANY = 40
"""More than the server has threads for operations."""

REFUSED = "UnrecognizedClientException"

INVOKE = "/endpoints/no-such-endpoint/invocations"


@pytest.fixture
def slow(tmp_path: Path, postgres_url: str) -> Iterator[tuple[Server, psycopg.Connection]]:
    server = Server(tmp_path / "data", {"database": postgres_url}).start()
    assert "ValidationError" == send(server, "POST", INVOKE).code
    with psycopg.connect(postgres_url) as cx:
        yield server, cx
    server.stop()


class Strangers:
    """Call InvokeEndpoint with unknown keys, each in a thread of its own."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._threads: list[threading.Thread] = []
        self.answers: list[Answer] = []

    @property
    def waiting(self) -> int:
        return len(self._threads) - len(self.answers)

    def ask(self, count: int = 1) -> None:
        for _ in range(count):
            thread = threading.Thread(target=self._ask, args=(f"AKIASTRANGER{len(self._threads):08}",))
            self._threads.append(thread)
            thread.start()

    def _ask(self, key_id: str) -> None:
        self.answers.append(send(self._server, "POST", INVOKE, keys=(key_id, "guessed")))

    def wait(self) -> None:
        for thread in self._threads:
            thread.join(60)


def looks(url: str) -> int:
    """How many look-ups of what changed wait for a lock: one is that of the models, any more are of keys."""
    with psycopg.connect(url) as cx:
        query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%cache_version%'"
        (count,) = cx.execute(query).fetchone()
    return count


def test_strangers_are_refused_from_memory(slow) -> None:
    """What they name costs no look at the table of keys, so its lock holds up neither them nor who has a key."""
    server, cx = slow
    cx.execute("LOCK TABLE access_key IN ACCESS EXCLUSIVE MODE")
    strangers = Strangers(server)
    strangers.ask(MANY)
    known = send(server, "POST", INVOKE)
    strangers.wait()

    assert "ValidationError" == known.code
    assert [REFUSED] * MANY == [answer.code for answer in strangers.answers]


def test_while_the_database_does_not_answer_the_event_loop_goes_on(slow, postgres_url) -> None:
    server, cx = slow
    cx.execute("LOCK TABLE access_key, cache_version IN ACCESS EXCLUSIVE MODE")
    strangers = Strangers(server)

    def are_held_up() -> bool:
        strangers.ask()
        return looks(postgres_url) > 1

    eventually(are_held_up)
    strangers.ask(MANY)
    static = unsigned(server, "GET", "/static/icon.svg", {})

    assert 200 == static.status
    assert strangers.waiting > 0
    cx.rollback()
    strangers.wait()
    assert {REFUSED} == {answer.code for answer in strangers.answers}
    assert 0 == strangers.waiting
