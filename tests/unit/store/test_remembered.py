"""Rows in memory: changed here they count at once, elsewhere within a second, and only what is asked for is read."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, select

from secondlook.store.insert import upsert
from secondlook.store.remembered import LOOK_AGAIN, RememberedEach
from secondlook.store.session import Store
from secondlook.store.tables import tag
from secondlook.store.version import raise_version
from tests.statements import statements


class Seconds:
    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def tags(store: Store, seconds: Seconds) -> RememberedEach[str, Any]:
    return RememberedEach(store, "tags", read, seconds)


def read(cx: Connection, key: str) -> Any:
    value = cx.scalar(select(tag.c.value).where(tag.c.key == key))
    if value is None:
        raise LookupError(key)
    return value


def put(store: Store, key: str, value: str) -> None:
    with store.write() as cx:
        upsert(cx, tag, {"arn": "a", "key": key}, {"value": value})
        raise_version(cx, "tags")


def test_what_was_read_once_is_not_read_again(store: Store, tags: RememberedEach[str, Any]) -> None:
    put(store, "k", "one")
    assert tags.remembered("k") is None
    assert "one" == tags.find("k")
    with statements(store) as sent:
        assert "one" == tags.find("k") == tags.remembered("k")

    assert [] == sent


def test_a_change_made_here_counts_at_once(store: Store, tags: RememberedEach[str, Any]) -> None:
    put(store, "k", "one")
    tags.find("k")
    put(store, "k", "two")

    assert tags.remembered("k") is None
    assert "two" == tags.find("k")


def test_a_change_made_elsewhere_counts_within_a_second(
    store: Store, tags: RememberedEach[str, Any], seconds: Seconds
) -> None:
    other = Store(store.engine.url.render_as_string(hide_password=False))
    put(store, "k", "one")
    tags.find("k")
    put(other, "k", "two")

    assert "one" == tags.find("k")
    seconds.passed += LOOK_AGAIN
    assert tags.remembered("k") is None
    assert "two" == tags.find("k")
    other.close()


def test_a_second_later_one_look_at_the_version_is_enough(
    store: Store, tags: RememberedEach[str, Any], seconds: Seconds
) -> None:
    put(store, "k", "one")
    tags.find("k")
    seconds.passed += LOOK_AGAIN
    with statements(store) as sent:
        assert "one" == tags.find("k")

    assert not [statement for statement in sent if "FROM tag" in statement]


def test_what_is_not_there_is_asked_for_again(store: Store, tags: RememberedEach[str, Any]) -> None:
    with pytest.raises(LookupError):
        tags.find("k")
    with store.write() as cx:  # by whom nobody says it
        upsert(cx, tag, {"arn": "a", "key": "k"}, {"value": "late"})

    assert "late" == tags.find("k")
