"""Daily duties and the sign of life, on both databases."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Row, event, select

from secondlook.clock import periodic
from secondlook.clock.handler import Retry
from secondlook.clock.heartbeat import Heartbeat
from secondlook.review.people import ensure_person, invite, open_session
from secondlook.store import journal, outbox
from secondlook.store.files import Files
from secondlook.store.objects import About
from secondlook.store.session import Store
from secondlook.store.tables import duty, invitation, server, session
from secondlook.store.tables import journal as entries

from .conftest import Wind
from .timing import Time, until

KINDS = ("sweep-blobs", "tidy")


def duties(store: Store) -> Sequence[Row]:
    with store.read() as cx:
        return cx.execute(select(duty).where(duty.c.failed_at.is_(None)).order_by(duty.c.kind)).all()


def test_daily_duties_are_owed_once_however_often_a_server_starts(store: Store, time: Time) -> None:
    for _ in range(3):
        with store.write() as cx:
            periodic.owe_daily(cx, KINDS, time())

    assert ["sweep-blobs", "tidy"] == [row.kind for row in duties(store)]


def test_a_sweep_is_done_and_owed_again_tomorrow(
    store: Store, time: Time, wind: Wind, tmp_path: Path
) -> None:
    objects = Files(store, tmp_path / "objects")
    objects.receive().seal()
    with store.write() as cx:
        periodic.owe_daily(cx, KINDS, time())
    time.move(days=2)
    wind(
        store,
        {"sweep-blobs": periodic.sweeping(objects, time), "tidy": periodic.tidying(store, time)},
        now=time,
    )

    assert until(lambda: [time() + timedelta(days=1)] * 2 == [row.due_at for row in duties(store)])


def test_what_is_done_daily_is_owed_again_tomorrow_also_when_it_fails(
    store: Store, time: Time, wind: Wind
) -> None:
    done: list[str] = []

    def fails() -> None:
        done.append("tried")
        raise OSError("the disk is away")

    with store.write() as cx:
        periodic.owe_daily(cx, ["works", "fails"], time())
    time.move(days=2)
    failing = dataclasses.replace(periodic.daily(fails), retry=Retry(tries=1))
    wind(store, {"works": periodic.daily(lambda: done.append("done")), "fails": failing}, now=time)

    assert until(lambda: [time() + timedelta(days=1)] * 2 == [row.due_at for row in duties(store)])
    assert sorted(done) == ["done", "tried"]


def test_a_sweep_that_fails_for_good_is_owed_again_all_the_same(
    store: Store, time: Time, wind: Wind, tmp_path: Path
) -> None:
    with store.write() as cx:
        periodic.owe_daily(cx, ["sweep-blobs"], time())
    time.move(days=2)

    def fails(duty: outbox.Duty) -> None:
        raise OSError("the disk is away")

    sweep = periodic.sweeping(Files(store, tmp_path / "objects"), time)
    wind(store, {"sweep-blobs": dataclasses.replace(sweep, do=fails, retry=Retry(tries=1))}, now=time)

    assert until(lambda: [time() + timedelta(days=1)] == [row.due_at for row in duties(store)])


def test_what_ended_long_ago_is_forgotten_and_nothing_else(store: Store, time: Time) -> None:
    with store.write() as cx:
        ana = ensure_person(cx, "ana@example.org", time())
        open_session(cx, ana.id, time())
        invite(cx, "ana@example.org", None, time())
        outbox.owe(cx, "post", "a", {}, due=time(), now=time())
        claimed = outbox.claim(cx, "one", "post", time(), timedelta(seconds=60))
        outbox.give_up(cx, "one", claimed[0], "nobody there", time())
    time.move(days=60)
    with store.write() as cx:
        open_session(cx, ana.id, time())
        invite(cx, "ana@example.org", None, time())
        outbox.owe(cx, "post", "waiting", {}, due=time(), now=time())
    periodic.forget_ended(store, time())

    with store.read() as cx:
        assert [time()] == cx.scalars(select(session.c.created_at)).all()
        assert [time()] == cx.scalars(select(invitation.c.created_at)).all()
        assert ["waiting"] == cx.scalars(select(duty.c.queueing_key)).all()


@pytest.mark.parametrize(("days", "left"), [(None, ["old", "new"]), (90, ["new"])])
def test_the_journal_is_kept_for_ever_or_for_as_long_as_is_said(
    store: Store, time: Time, wind: Wind, days: int | None, left: list[str]
) -> None:
    for name, age in (("old", 0), ("new", 60)):
        time.move(days=age)
        with store.write() as cx:
            journal.record(cx, "StopHumanLoop", "HumanLoop", name, time())
    time.move(days=60)
    with store.write() as cx:
        periodic.owe_daily(cx, ["tidy"], time())
    time.move(days=1)
    wind(store, {"tidy": periodic.tidying(store, time, days)}, now=time)

    assert until(lambda: [time() + timedelta(days=1)] == [row.due_at for row in duties(store)])
    with store.read() as cx:
        assert left == cx.scalars(select(entries.c.resource).order_by(entries.c.id)).all()


def test_a_completed_upload_is_known_for_a_day(store: Store, time: Time, tmp_path: Path) -> None:
    files = Files(store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", time())
    begun = files.uploads.begin("photos", "big", About(), time(), None, None)
    upload = files.uploads.head("photos", "big", begun)
    parts = [(1, files.uploads.add(upload, 1, b"part", {}, time()).etag)]
    files.uploads.complete(upload, parts, {}, time())

    time.move(hours=23)
    under_way = files.uploads.begin("photos", "other", About(), time(), None, None)
    periodic.forget_ended(store, time())
    assert files.uploads.completed("photos", "big", begun, parts) is not None
    time.move(days=2)
    periodic.forget_ended(store, time())
    assert files.uploads.completed("photos", "big", begun, parts) is None
    assert [upload.id for upload in files.uploads.list("photos")] == [under_way]


def test_a_server_gives_signs_of_life_until_it_stops(store: Store, time: Time) -> None:
    def row() -> Row | None:
        with store.read() as cx:
            return cx.execute(select(server)).one_or_none()

    heart = Heartbeat(store, "server-1", "http://one.example", now=time, every=timedelta(milliseconds=10))
    heart.start()
    began = time()
    time.move(minutes=1)

    assert until(lambda: row().heartbeat_at == time())
    assert ("server-1", "http://one.example", began) == (row().id, row().url, row().started_at)
    heart.stop()
    assert row() is None


def test_a_server_that_comes_back_after_a_crash_takes_its_row_over(store: Store, time: Time) -> None:
    crashed = Heartbeat(store, "server-1", None, now=time, every=timedelta(hours=1))
    crashed.start()
    time.move(minutes=1)
    again = Heartbeat(store, "server-1", "http://two.example", now=time, every=timedelta(hours=1))
    again.start()

    with store.read() as cx:
        assert [("http://two.example", time())] == [
            (row.url, row.started_at) for row in cx.execute(select(server))
        ]
    again.stop()
    crashed.stop()


def test_a_database_that_is_away_does_not_stop_the_heart(sqlite_store: Store, time: Time) -> None:
    failures = []

    @event.listens_for(sqlite_store.engine, "handle_error")
    def noticed(_context) -> None:
        failures.append(1)

    heart = Heartbeat(sqlite_store, "server-1", None, now=time, every=timedelta(milliseconds=10))
    heart.start()
    with sqlite_store.write() as cx:
        cx.exec_driver_sql("ALTER TABLE server RENAME TO away")
    assert until(lambda: len(failures) >= 2)
    with sqlite_store.write() as cx:
        cx.exec_driver_sql("ALTER TABLE away RENAME TO server")
    time.move(minutes=1)

    def beats() -> bool:
        with sqlite_store.read() as cx:
            return cx.scalar(select(server.c.heartbeat_at)) == time()

    assert until(beats)
    heart.stop()
