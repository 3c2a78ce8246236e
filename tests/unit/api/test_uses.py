"""The last use of keys: written soon, then at most once a minute, and at the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secondlook.api.uses import PAUSE, Uses
from secondlook.review import access_key
from secondlook.store import session
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from tests.running import eventually

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def create_key(store: Store, directory: Path) -> str:
    with store.write() as cx:
        return access_key.create(cx, "k", "runtime", Vault(directory / "vault.key").seal, NOW)[0]


@pytest.fixture
def key_id(store: Store, tmp_path: Path) -> str:
    return create_key(store, tmp_path)


def last_use(store: Store, key_id: str) -> tuple[datetime | None, str | None]:
    with store.read() as cx:
        row = access_key.find(cx, key_id)
    return row.used_at, row.used_from


def test_a_use_is_written_once_a_minute_and_the_last_one_at_the_end(store: Store, key_id: str) -> None:
    passed = 0.0
    uses = Uses(store, lambda: passed)
    uses.start()
    uses.note(key_id, NOW, "192.0.2.1")
    eventually(lambda: last_use(store, key_id) == (NOW, "192.0.2.1"))
    commits = []
    store.on_write(lambda: commits.append(1))
    for number in range(100):
        uses.note(key_id, NOW + timedelta(seconds=number), "192.0.2.2")
    passed = PAUSE
    eventually(lambda: last_use(store, key_id) == (NOW + timedelta(seconds=99), "192.0.2.2"))

    assert [1] == commits
    uses.note(key_id, NOW + timedelta(seconds=100), "192.0.2.3")
    uses.stop()
    assert (NOW + timedelta(seconds=100), "192.0.2.3") == last_use(store, key_id)


def test_a_later_use_that_another_server_wrote_stays(store: Store, key_id: str) -> None:
    with store.write() as cx:
        access_key.note_uses(cx, {key_id: (NOW, "192.0.2.1")})
        access_key.note_uses(cx, {key_id: (NOW - timedelta(hours=1), "192.0.2.2")})

    assert (NOW, "192.0.2.1") == last_use(store, key_id)


def test_a_use_is_written_later_when_the_database_cannot_be_written_to(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(session, "TURN_SECONDS", 0.1)
    key_id, uses = create_key(sqlite_store, tmp_path), Uses(sqlite_store)
    uses.start()
    with sqlite_store.write():  # somebody else's turn, and a long one
        uses.note(key_id, NOW, "192.0.2.1")
        eventually(lambda: "could not be written" in caplog.text)

    assert eventually(lambda: last_use(sqlite_store, key_id) == (NOW, "192.0.2.1"))
    uses.stop()
