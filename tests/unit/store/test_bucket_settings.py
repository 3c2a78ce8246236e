"""What buckets say of objects that are put, kept in memory."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from secondlook.store.bucket_rows import BucketRows
from secondlook.store.errors import NoSuchBucket
from secondlook.store.session import Store
from tests.statements import statements

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def buckets(store: Store) -> BucketRows:
    buckets = BucketRows(store)
    buckets.create("b", "us-east-1", NOW)
    return buckets


def test_a_setting_that_is_known_costs_no_look_at_the_database(store: Store, buckets: BucketRows) -> None:
    assert buckets.known_setting("b", "encryption") is None
    with statements(store) as sent:
        assert buckets.known_setting("b", "encryption") is None

    assert [] == sent


def test_what_is_set_changed_or_deleted_here_counts_at_once(buckets: BucketRows) -> None:
    buckets.known_setting("b", "encryption")
    buckets.set("b", "encryption", {"n": 1})
    assert {"n": 1} == buckets.known_setting("b", "encryption")
    buckets.change("b", "encryption", lambda last: {"n": last["n"] + 1})
    assert {"n": 2} == buckets.known_setting("b", "encryption")
    buckets.set("b", "encryption", None)
    assert buckets.known_setting("b", "encryption") is None
    buckets.delete("b")

    with pytest.raises(NoSuchBucket):
        buckets.known_setting("b", "encryption")
