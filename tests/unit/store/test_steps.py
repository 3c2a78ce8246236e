"""Much is deleted in small transactions, and others write in between."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, event, func, insert, select, text

from secondlook.clock import periodic
from secondlook.review import deliveries, event_targets, events, flow
from secondlook.store import tables
from secondlook.store.bucket_rows import BucketRows
from secondlook.store.objects import About, Upload
from secondlook.store.session import Store
from secondlook.store.steps import MOST_ROWS, delete_in_steps
from secondlook.store.upload_rows import begin
from tests.world import make_world

MANY = 20_000
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Deletions:
    """Rows deleted by each transaction of a store, without those that a cascade takes along."""

    def __init__(self, store: Store) -> None:
        self.rows: list[int] = []
        self._open: dict[int, int] = {}
        event.listen(store.engine, "after_cursor_execute", self._note)
        event.listen(store.engine, "commit", self._end)

    def _note(self, cx: Connection, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("DELETE"):
            self._open[id(cx)] = self._open.get(id(cx), 0) + cursor.rowcount  # type: ignore[attr-defined]

    def _end(self, cx: Connection) -> None:
        self.rows.append(self._open.pop(id(cx), 0))


@pytest.fixture
def deletions(store: Store) -> Deletions:
    return Deletions(store)


def count(store: Store, table) -> int:
    with store.read() as cx:
        return cx.scalar(select(func.count()).select_from(table))


def test_a_flow_definition_with_very_many_loops_goes_in_small_steps(store: Store) -> None:
    world = make_world(store)
    world.flow()
    number = world.loop()
    ended = (
        "INSERT INTO loop (name, flow_id, template, status, ready, input_sha256, created_at, expires_at, closed_at) "
        "WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < :many) "
        "SELECT 'ended-' || i, flow_id, template, 'Completed', ready, 'i', created_at, expires_at, created_at "
        "FROM number, loop WHERE loop.id = :like"
    )
    with store.write() as cx:
        cx.execute(text(ended), {"many": MANY, "like": number})
        cx.execute(
            text("INSERT INTO loop_input SELECT id, '{}' FROM loop WHERE id <> :like"), {"like": number}
        )
        flow_id = cx.scalar(select(tables.flow.c.id))
        cx.execute(delete(tables.loop).where(tables.loop.c.id == number))
        flow.begin_delete(cx, "fd", world.now)
    deletions = Deletions(store)
    while count(store, tables.loop):
        flow.delete_ended(store, flow_id, patience=1)
    with store.write() as cx:
        assert flow.finish_delete(cx, flow_id)

    assert sum(deletions.rows) == MANY + 1
    assert max(deletions.rows) <= MOST_ROWS
    assert count(store, tables.loop_input) == 0


def test_others_write_between_the_steps(store: Store) -> None:
    """As often as there are steps, not once at the end."""
    _sessions(store, MANY)
    over, written = threading.Event(), []

    def write() -> None:
        while not over.is_set():
            with store.write() as cx:
                cx.execute(insert(tables.tag).values(arn="a", key=str(len(written)), value="v"))
                written.append(cx.scalar(select(func.count()).select_from(tables.session)))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert delete_in_steps(store, tables.session, tables.session.c.created_at <= NOW)
    finally:
        over.set()
        thread.join()

    assert len({left for left in written if 0 < left < MANY}) >= 10


def test_what_a_patience_leaves_is_left(store: Store) -> None:
    _sessions(store, 1000)

    assert not delete_in_steps(store, tables.session, tables.session.c.created_at <= NOW, patience=0)
    assert 0 < count(store, tables.session) < 1000


def test_tidying_goes_in_small_steps(store: Store, deletions: Deletions) -> None:
    _sessions(store, 3000)
    periodic.forget_ended(store, NOW + timedelta(days=100))

    assert (3000, 0) == (sum(deletions.rows), count(store, tables.session))
    assert max(deletions.rows) <= MOST_ROWS


def test_uploads_of_a_bucket_go_in_small_steps(store: Store, deletions: Deletions) -> None:
    buckets = BucketRows(store)
    buckets.create("photos", "us-east-1", NOW)
    plain = {"blob": "b", "size": 1, "etag": "e", "checksums": {}, "modified_at": NOW}
    with store.write() as cx:
        for number in range(3):
            begin(cx, Upload(f"u{number}", "photos", "key", About(), None, None, NOW))
            parts = [{"upload_id": f"u{number}", "number": part, **plain} for part in range(1000)]
            cx.execute(insert(tables.part), parts)
    buckets.delete("photos")

    assert (0, 0) == (count(store, tables.part), count(store, tables.upload))
    assert max(deletions.rows) <= MOST_ROWS


def test_a_webhook_with_much_owed_is_disabled_by_one_row(store: Store) -> None:
    written = []

    def note(_cx: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE"):
            written.append(cursor.rowcount)  # type: ignore[attr-defined]

    with store.write() as cx:
        number = event_targets.add(cx, "webhook", {"url": "https://a.example"}, b"s", None, NOW)
        for turn in range(600):
            events.publish(cx, {"id": f"e{turn}"}, "fd", NOW)
    event.listen(store.engine, "after_cursor_execute", note)
    with store.write() as cx:
        event_targets.disable(cx, "webhook", number, NOW)
    with store.read() as cx:
        assert {("given-up", "the webhook was disabled")} == {
            (row.state, row.error) for row in deliveries.of_target(cx, "webhook", number)
        }
    assert [1] == written


def _sessions(store: Store, many: int) -> None:
    world = make_world(store)
    plain = {"person_id": world.people["alice"], "csrf": "c", "created_at": NOW, "seen_at": NOW}
    rows = [{"token_hash": f"t{number}", "expires_at": NOW, **plain} for number in range(many)]
    with store.write() as cx:
        cx.execute(insert(tables.session), rows)
