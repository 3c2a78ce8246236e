"""A database that stands still, or cannot write, is said to be unavailable, and nobody waits for it for ever."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from secondlook.store import availability, postgresql, session
from secondlook.store.availability import Damaged, Unavailable
from secondlook.store.session import Store
from tests.databases import damage
from tests.neighbours import Road
from tests.running import eventually


def answers(store: Store) -> bool:
    try:
        with store.read() as cx:
            return cx.scalar(text("SELECT 1")) == 1
    except Unavailable:
        return False


def test_a_database_that_stands_still_is_given_up_and_found_again(
    distant_store: Store, road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of a statement; afterwards only one of many waits to find out, and the others are told at once."""
    monkeypatch.setattr(availability, "PROBE_SECONDS", 0)
    assert answers(distant_store)
    with pytest.raises(Unavailable, match="does not answer"):
        _run(distant_store, road.block, "SELECT 1")
    began = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        seconds = list(threads.map(lambda _: _seconds_to_refuse(distant_store), range(8)))

    assert sorted(seconds)[-2] < max(seconds) / 10
    assert time.monotonic() - began < 2 * max(seconds)
    road.clear()
    assert eventually(lambda: answers(distant_store))


def test_a_connection_that_went_away_is_no_mistake_of_ours(distant_store: Store, road: Road) -> None:
    assert answers(distant_store)
    road.close()

    with pytest.raises(Unavailable, match="does not answer"), distant_store.write() as cx:
        cx.execute(text("SELECT 1"))


def test_damage_that_is_found_later_is_no_mistake_of_ours(
    sqlite_store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite_store.write() as cx:
        cx.execute(text("INSERT INTO tag VALUES ('a', 'k', 'v')"))
    sqlite_store.close()
    damage(tmp_path / "secondlook.sqlite")
    for _ in range(2):
        with (
            pytest.raises(Damaged, match="what it has stored is damaged") as damaged,
            sqlite_store.read() as cx,
        ):
            cx.execute(text("SELECT * FROM tag")).all()

        assert "malformed" in damaged.value.said
        assert str(tmp_path) not in str(damaged.value)
    assert 1 == caplog.text.count("stop this server and restore a backup")


def test_whoever_waits_too_long_for_a_row_is_told(postgres_store: Store) -> None:
    with postgres_store.write() as cx:
        cx.execute(text("INSERT INTO tag VALUES ('a', 'k', 'v')"))
    with postgres_store.write() as cx:
        cx.execute(text("UPDATE tag SET value = 'one'"))
        with pytest.raises(Unavailable, match="others were writing"):
            _run(postgres_store, "SET LOCAL lock_timeout = 50", "UPDATE tag SET value = 'two'")


def test_every_wait_has_a_limit_on_the_side_of_postgresql(postgres_store: Store) -> None:
    with postgres_store.read() as cx:
        limits = [
            cx.scalar(text(f"SHOW {name}"))
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        ]

    assert ["10s", "5s", "1min"] == limits


def test_migrations_may_take_longer(postgres_store: Store) -> None:
    with postgres_store.write() as cx:
        with postgres_store.unhurried(cx):
            assert "0" == cx.scalar(text("SHOW statement_timeout"))
            assert cx.connection.driver_connection.patience is None
        assert cx.connection.driver_connection.patience is not None


def test_another_process_that_keeps_the_file(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sqlite_store.engine.url.database
    monkeypatch.setattr(session, "BUSY_SECONDS", 0)
    impatient = Store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable, match="another process writes"), impatient.write():
        pass
    other.close()
    with impatient.write():
        pass
    impatient.close()


def test_of_many_writers_one_finds_out_that_the_file_is_kept(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those behind it are told at once when it was, and those who come later while the next one finds out."""
    path = sqlite_store.engine.url.database
    monkeypatch.setattr(session, "BUSY_SECONDS", 1)
    impatient = Store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with ThreadPoolExecutor(16) as threads:
        waits = list(threads.map(lambda _: _seconds_to_fail(impatient), range(64)))

    # One after the other each would have waited its second.
    assert time.monotonic() - began < 64 / 4
    assert sum(wait < 0.5 for wait in waits) > 64 / 2
    other.close()
    with impatient.write():
        pass
    impatient.close()


def _seconds_to_fail(store: Store) -> float:
    began = time.monotonic()
    with pytest.raises(Unavailable, match=r"another process writes|others have been writing"), store.write():
        pass
    return time.monotonic() - began


def test_a_disk_that_is_full(sqlite_store: Store) -> None:
    fill = f"INSERT INTO template VALUES ('a', '{'x' * 1_000_000}')"

    with pytest.raises(Unavailable, match="disk is full"):
        _run(sqlite_store, "PRAGMA max_page_count = 1", fill)


def test_a_writer_that_keeps_its_turn(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "TURN_SECONDS", 0.01)
    with sqlite_store.write(), ThreadPoolExecutor(1) as thread:
        error = thread.submit(lambda: sqlite_store.write().__enter__()).exception(10)

    assert isinstance(error, Unavailable)


def test_a_mistake_of_ours_is_still_one(store: Store) -> None:
    with pytest.raises(Exception, match="nowhere") as error, store.read() as cx:
        cx.execute(text("SELECT 1 FROM nowhere"))

    assert not isinstance(error.value, Unavailable)
    assert store.is_sqlite == isinstance(error.value, OperationalError)


def _run(store: Store, *acts: str | Callable[[], None]) -> None:
    """Statements, and what happens between them, in one transaction."""
    with store.write() as cx:
        for act in acts:
            if isinstance(act, str):
                cx.execute(text(act))
            else:
                act()


def _seconds_to_refuse(store: Store) -> float:
    began = time.monotonic()
    with pytest.raises(Unavailable), store.read():
        pass
    return time.monotonic() - began


@pytest.mark.parametrize(("idle_before_ping", "answers_at_once"), [(0, True), (3600, False)])
def test_a_connection_that_died_unused_is_replaced_and_one_used_just_now_is_not_asked_first(
    postgres_store: Store, monkeypatch: pytest.MonkeyPatch, idle_before_ping: float, answers_at_once: bool
) -> None:
    monkeypatch.setattr(postgresql, "IDLE_BEFORE_PING_SECONDS", idle_before_ping)
    monkeypatch.setattr(availability, "PROBE_SECONDS", 0)
    with postgres_store.read() as cx:
        pid = cx.scalar(text("SELECT pg_backend_pid()"))
    other = Store(postgres_store.url)
    with other.write() as cx:
        assert cx.scalar(text(f"SELECT pg_terminate_backend({pid}, 5000)"))
    other.close()

    assert answers_at_once == answers(postgres_store)
    assert answers(postgres_store)
