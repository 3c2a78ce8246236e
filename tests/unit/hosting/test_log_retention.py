"""For how long logs are kept, and that a model may speak while they are removed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from secondlook.hosting.logs import retention
from secondlook.hosting.logs.log import Log
from secondlook.hosting.logs.removal import remove, shorten
from secondlook.hosting.logs.retention import Retention
from secondlook.hosting.logs.streams import TRANSFORM_JOBS, Logs, Stream
from secondlook.store.session import Store
from secondlook.store.tables import endpoint

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GROUP = "/aws/sagemaker/Endpoints/spam"


class Watch:
    """The time is what was set."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


class Kept:
    """The logs of a server, and the time there."""

    def __init__(self, store: Store, home: Path) -> None:
        self.store = store
        self.home = home
        self.logs = Logs(home)
        self.watch = Watch()
        self.retention = Retention(store, self.logs, 30, self.watch)
        self.opened = ExitStack()

    def log(self, folder: str = "endpoints/spam", name: str = "All-1.log", limit: int = 1 << 20) -> Log:
        return self.opened.enter_context(closing(Log(self.home / folder / name, limit, self.watch)))

    def pass_days(self, days: float) -> None:
        """With a look before and after."""
        self.retention.look()
        self.watch.at += days * DAY
        self.retention.look()

    def create(self) -> None:
        """The endpoint that the logs are of."""
        with self.store.write() as cx:
            cx.execute(
                insert(endpoint).values(
                    name="spam",
                    config_name="spam",
                    status="InService",
                    variants=[],
                    created_at=NOON,
                    modified_at=NOON,
                )
            )

    def delete(self) -> None:
        with self.store.write() as cx:
            cx.execute(delete(endpoint))

    def keep(self, days: int | None, group: str = GROUP) -> None:
        with self.store.write() as cx:
            if days is None:
                retention.take_back(cx, group, NOON)
            else:
                retention.put(cx, group, days, NOON)

    def said(self, group: str = GROUP) -> list[str]:
        return [event.text for stream in self.logs.streams(group) for event in stream.events()]


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Iterator[Kept]:
    kept = Kept(store, tmp_path)
    with kept.opened:
        yield kept


def test_a_log_is_kept_while_its_endpoint_is_there_and_for_the_days_after_its_end(kept: Kept) -> None:
    kept.create()
    kept.log().write(b"hello\n")
    kept.pass_days(1000)
    assert kept.said() == ["hello"]

    kept.delete()
    kept.pass_days(29)
    assert kept.said() == ["hello"]
    kept.pass_days(2)
    assert kept.logs.groups() == []


def test_an_endpoint_that_is_made_anew_keeps_the_log_of_the_one_before(kept: Kept) -> None:
    kept.log().write(b"before\n")
    kept.pass_days(20)
    kept.create()
    kept.pass_days(1)
    kept.delete()
    kept.pass_days(20)

    assert kept.said() == ["before"]


def test_half_a_mark_counts_as_none(kept: Kept) -> None:
    kept.log().write(b"hello\n")
    (kept.home / "endpoints" / "spam" / retention.ENDED).write_text("2020-1")
    kept.pass_days(29)

    assert kept.said() == ["hello"]


def test_a_policy_removes_lines_by_their_age_and_holds_beyond_the_end(kept: Kept) -> None:
    kept.create()
    kept.keep(60)
    log = kept.log()
    log.write(b"first\n")
    kept.pass_days(59)
    log.write(b"second\n")
    kept.pass_days(2)
    assert kept.said() == ["second"]

    kept.delete()
    kept.pass_days(50)
    assert kept.said() == ["second"]
    kept.pass_days(20)
    assert kept.logs.groups() == []


def test_without_its_policy_a_group_is_kept_as_the_setting_says(kept: Kept) -> None:
    kept.create()
    kept.log().write(b"hello\n")
    kept.keep(1)
    kept.keep(None)
    kept.pass_days(10)

    assert kept.said() == ["hello"]


def test_a_folder_that_cannot_be_looked_at_keeps_no_other(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    (kept.home / "endpoints" / "broken" / retention.ENDED).mkdir(parents=True)
    kept.log().write(b"hello\n")
    kept.pass_days(31)

    assert kept.logs.groups() == ["/aws/sagemaker/Endpoints/broken"]
    assert "the log of broken could not be looked at" in caplog.text


def test_each_transform_job_is_removed_for_itself(kept: Kept) -> None:
    kept.log("transform-jobs/early", "model-1.log").write(b"early\n")
    kept.pass_days(20)
    kept.log("transform-jobs/late", "model-1.log").write(b"late\n")
    kept.pass_days(20)

    assert kept.said(TRANSFORM_JOBS) == ["late"]


def _taken(stream: Stream) -> None:
    remove(stream)


def _shortened(stream: Stream) -> None:
    shorten(stream, round((NOON + timedelta(seconds=1)).timestamp() * 1000))


@pytest.mark.parametrize("end", [_taken, _shortened])
def test_who_goes_on_speaking_is_heard_where_the_file_was_removed(
    kept: Kept, end: Callable[[Stream], None]
) -> None:
    log = kept.log()
    log.write(b"before\n")
    (stream,) = kept.logs.streams(GROUP)
    end(stream)
    assert kept.said() == []

    log.write(b"after\n")
    assert kept.said() == ["after"]


def test_nothing_is_lost_of_what_is_said_while_a_log_is_shortened(kept: Kept) -> None:
    log, later = kept.log(), NOON + DAY
    before = round(later.timestamp() * 1000)
    stream = Stream("s", log.path)

    def speak() -> None:
        for number in range(1_000):
            kept.watch.at = NOON
            log.write(b"old\n")
            kept.watch.at = later
            log.write(b"%d\n" % number)

    speaking = threading.Thread(target=speak)
    speaking.start()
    while speaking.is_alive():
        shorten(stream, before)
    speaking.join()

    said = [event.text for event in stream.events() if event.text != "old"]
    assert said == [str(number) for number in range(1_000)]


def test_files_that_were_full_are_shortened_too(kept: Kept) -> None:
    log = kept.log(limit=200)
    for number in range(8):
        kept.watch.at = NOON + number * DAY
        log.write(b"line %d\n" % number)
    (stream,) = kept.logs.streams(GROUP)
    assert len(stream.files) == 2

    for number in (6, 7):
        shorten(stream, round((NOON + number * DAY).timestamp() * 1000))
        assert kept.said() == [f"line {left}" for left in range(number, 8)]
    assert len(stream.files) == 1


def test_lines_without_times_are_as_old_as_their_file(kept: Kept) -> None:
    file = kept.home / "endpoints" / "spam" / "All-1.log"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"old\nlines\n")
    written = round(file.stat().st_mtime * 1000)
    (stream,) = kept.logs.streams(GROUP)

    shorten(stream, written - 1000)
    assert kept.said() == ["old", "lines"]
    shorten(stream, written + 1000)
    assert stream.files == []
