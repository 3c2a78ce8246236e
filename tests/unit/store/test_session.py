"""The promises of transactions, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select

from secondlook.store.session import Store
from secondlook.store.tables import bucket

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROW = {"name": "results", "region": "us-east-1", "created_at": NOW}


def test_a_committed_row_is_read_back_with_its_zone(store: Store) -> None:
    with store.write() as cx:
        cx.execute(insert(bucket).values(ROW))

    with store.read() as cx:
        assert cx.execute(select(bucket)).one()._asdict() == {**ROW, "cors": None}


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.write() as cx:
            cx.execute(insert(bucket).values(ROW))
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fail()

    with store.read() as cx:
        assert cx.scalar(select(func.count()).select_from(bucket)) == 0


def test_each_test_starts_empty(store: Store) -> None:
    with store.read() as cx:
        assert cx.scalar(select(func.count()).select_from(bucket)) == 0
