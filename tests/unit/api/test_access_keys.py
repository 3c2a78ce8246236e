"""Access keys in memory: at once where they change, within a second elsewhere, and no look at the database for strangers."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from secondlook.api.access_keys import AccessKeys
from secondlook.review import access_key
from secondlook.store.remembered import LOOK_AGAIN
from secondlook.store.session import Store
from secondlook.store.vault import Vault
from secondlook.wire.errors import AwsError

NOW = datetime(2026, 3, 2, tzinfo=UTC)


class Seconds:
    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault.key")


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def keys(store: Store, vault: Vault, seconds: Seconds) -> AccessKeys:
    return AccessKeys(store, vault, seconds)


def make(store: Store, vault: Vault) -> str:
    with store.write() as cx:
        return access_key.create(cx, "k", "requester", vault.seal, NOW)[0]


def revoke(store: Store, key_id: str) -> None:
    with store.write() as cx:
        access_key.revoke(cx, key_id, NOW)


def is_known(keys: AccessKeys, key_id: str) -> bool:
    try:
        return keys.find(key_id).key_id == key_id
    except AwsError:
        return False


def reads(store: Store) -> list[str]:
    """What this store is asked from now on."""
    statements: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    return statements


def test_a_key_made_or_revoked_here_counts_at_once(store: Store, vault: Vault, keys: AccessKeys) -> None:
    assert not is_known(keys, "AKIAUNKNOWN")
    key_id = make(store, vault)

    assert is_known(keys, key_id)
    revoke(store, key_id)
    assert not is_known(keys, key_id)


def test_elsewhere_it_counts_within_a_second(
    store: Store, vault: Vault, keys: AccessKeys, seconds: Seconds
) -> None:
    other = Store(store.engine.url.render_as_string(hide_password=False))
    first = make(store, vault)
    assert is_known(keys, first)
    second = make(other, vault)
    revoke(other, first)

    assert is_known(keys, first)
    seconds.passed += LOOK_AGAIN
    assert is_known(keys, second)
    assert not is_known(keys, first)
    other.close()


def test_strangers_cost_no_look_at_the_database_each(store: Store, vault: Vault, keys: AccessKeys) -> None:
    key_id = make(store, vault)
    is_known(keys, key_id)
    statements = reads(store)
    for number in range(1000):
        with pytest.raises(AwsError, match="does not exist in our records"):
            keys.remembered(f"AKIA{number:016}")

    assert [] == statements


def test_a_second_later_one_look_at_the_version_is_enough(
    store: Store, vault: Vault, keys: AccessKeys, seconds: Seconds
) -> None:
    key_id = make(store, vault)
    is_known(keys, key_id)
    seconds.passed += LOOK_AGAIN
    statements = [statement for statement in reads(store) if "access_key" in statement]

    assert is_known(keys, key_id)
    assert not is_known(keys, "AKIAUNKNOWN")
    assert [] == statements


def test_what_is_stale_is_not_remembered(
    store: Store, vault: Vault, keys: AccessKeys, seconds: Seconds
) -> None:
    key_id = make(store, vault)
    keys.find(key_id)

    assert keys.remembered(key_id) is not None
    seconds.passed += LOOK_AGAIN
    assert keys.remembered(key_id) is None
    assert key_id == asyncio.run(keys.recall(key_id)).key_id


def test_a_look_that_began_before_a_change_is_not_taken_for_the_latest(
    store: Store, vault: Vault, keys: AccessKeys
) -> None:
    """A key is revoked after a look has read it and before the look is over."""
    key_id = make(store, vault)
    reached, go_on = threading.Event(), threading.Event()

    def hold(_cx, _cursor, statement, *_more) -> None:
        if "FROM access_key" in statement and not reached.is_set():
            reached.set()
            go_on.wait(30)

    event.listen(store.engine, "after_cursor_execute", hold)
    looking = threading.Thread(target=is_known, args=(keys, key_id))
    looking.start()
    assert reached.wait(30)
    revoke(store, key_id)
    go_on.set()
    looking.join()

    assert not is_known(keys, key_id)
