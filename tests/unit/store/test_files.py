"""What only a directory must promise: bodies on disk go when nothing points to them, and not before."""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, make_url, select

from secondlook.store.availability import Unavailable
from secondlook.store.conditions import OnlyIf
from secondlook.store.errors import BodyLost, DiskFailed, InvalidPart, PreconditionFailed
from secondlook.store.files import Files
from secondlook.store.files.blobs import FileSpan
from secondlook.store.files.listing import page
from secondlook.store.key_order import beyond, group, is_group
from secondlook.store.objects import About, Source, Span
from secondlook.store.session import Store
from secondlook.store.tables import blob_parts, object_
from tests.databases import Postgres

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=1)
GRACE = 600


Read = Callable[[Files], object]
Lose = Callable[[Path], object]


@contextmanager
def file_size_limit(most: int) -> Iterator[None]:
    """The system refuses to make a file larger: as on a full disk, writes go in half and then not at all."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.fixture
def files(store: Store, tmp_path: Path) -> Files:
    files = Files(store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", NOW)
    return files


def bodies(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]


def test_a_body_that_no_row_could_be_pointed_to_is_removed_at_once(
    postgres: Postgres, postgres_store: Store, tmp_path: Path
) -> None:
    files = Files(postgres_store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", NOW)
    upload = files.uploads.head(
        "photos", "two", files.uploads.begin("photos", "two", About(), NOW, None, None)
    )

    with postgres.refusing(make_url(postgres_store.url).database):
        with pytest.raises(Unavailable):
            files.put("photos", "one", b"new", About(), NOW)
        with pytest.raises(Unavailable):
            files.uploads.add(upload, 1, b"new", {}, NOW)

    assert bodies(tmp_path) == []


def test_a_replaced_body_is_swept_and_the_present_one_kept(files: Files, tmp_path: Path) -> None:
    files.put("photos", "one", b"old", About(), NOW)
    files.put("photos", "one", b"new", About(), NOW)

    assert files.sweep(NOW, GRACE) == 0
    assert files.sweep(LATER, GRACE) == 1
    assert [path.read_bytes() for path in bodies(tmp_path)] == [b"new"]


def test_a_body_whose_upload_died_is_swept(files: Files, tmp_path: Path) -> None:
    body = files.receive()
    body.write(b"half")
    body.seal()

    assert files.sweep(LATER, GRACE) == 1
    assert bodies(tmp_path) == []


def test_a_copied_body_stays_until_both_are_gone(files: Files, tmp_path: Path) -> None:
    files.put("photos", "one", b"body", About(), NOW)
    files.put("photos", "two", Source("photos", "one"), About(), NOW)
    assert len(bodies(tmp_path)) == 1

    files.delete("photos", "one")
    assert files.sweep(LATER, GRACE) == 0
    files.delete("photos", "two")
    assert files.sweep(LATER, GRACE) == 1


def test_parts_are_kept_until_they_are_one_object(files: Files, tmp_path: Path) -> None:
    upload = files.uploads.head(
        "photos", "big", files.uploads.begin("photos", "big", About(), NOW, None, None)
    )
    part = files.uploads.add(upload, 1, b"part", {}, NOW)
    assert files.sweep(LATER, GRACE) == 0

    files.uploads.complete(upload, [(1, part.etag)], {}, NOW)
    assert files.sweep(LATER, GRACE) == 1
    assert len(bodies(tmp_path)) == 1
    assert files.parts("photos", "big").total == 1


def test_what_a_body_was_joined_of_is_forgotten_with_it(files: Files, store: Store) -> None:
    upload = files.uploads.head(
        "photos", "big", files.uploads.begin("photos", "big", About(), NOW, None, None)
    )
    part = files.uploads.add(upload, 1, b"part", {}, NOW)
    files.uploads.complete(upload, [(1, part.etag)], {}, NOW)
    files.delete("photos", "big")
    files.sweep(LATER, GRACE)

    with store.read() as cx:
        assert cx.execute(select(blob_parts)).all() == []


def test_a_refused_put_leaves_no_body(files: Files, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="bucket does not exist"):
        files.put("none", "one", b"body", About(), NOW)

    assert bodies(tmp_path) == []


READERS = {
    "get": lambda files: files.get("photos", "one"),
    "a range": lambda files: files.get("photos", "one", Span(0, 1)),
    "head": lambda files: files.head("photos", "one"),
    "copy": lambda files: files.put("photos", "two", Source("photos", "one"), About(), NOW),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"bo")], ids=["gone", "cut"])
def test_a_lost_body_is_told_alike_to_all_and_its_path_to_the_log_alone(
    files: Files, tmp_path: Path, caplog: pytest.LogCaptureFixture, lose: Lose, read: Read
) -> None:
    files.put("photos", "one", b"body", About(), NOW)
    (path,) = bodies(tmp_path)
    lose(path)
    for _ in range(2):
        with pytest.raises(BodyLost, match="s3://photos/one") as lost:
            read(files)

        assert str(tmp_path) not in f"{lost.value} {lost.value.members}"
    assert [str(path) in record.getMessage() for record in caplog.records] == [True]
    assert [entry.key for entry in files.list("photos").objects] == ["one"]


def test_a_body_that_is_cut_short_while_it_is_open_is_lost(
    files: Files, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files.put("photos", "one", b"body", About(), NOW)
    (path,) = bodies(tmp_path)
    for _ in range(2):
        with files.get("photos", "one") as opened:
            path.write_bytes(b"bo")
            with pytest.raises(BodyLost, match="s3://photos/one"):
                opened.all()
        path.write_bytes(b"body")

    assert [str(path) in record.getMessage() for record in caplog.records] == [True]


def test_a_body_that_the_disk_does_not_read_is_refused_without_its_path(
    caplog: pytest.LogCaptureFixture,
) -> None:
    unreadable = Path("/proc/self/mem")  # nothing lies at the address 0
    span = FileSpan(unreadable.open("rb", buffering=0), range(4), AssertionError)

    with pytest.raises(
        DiskFailed, match="Objects cannot be read just now: the disk that they lie on fails"
    ) as failed:
        span.read(4)
    span.close()

    assert (failed.value.code, failed.value.status) == ("ServiceUnavailable", 503)
    assert str(unreadable) not in str(failed.value)
    assert [record.getMessage() for record in caplog.records] == [
        f"bodies cannot be read: Input/output error: {unreadable}"
    ]


def test_a_lost_part_is_asked_for_again(files: Files, tmp_path: Path) -> None:
    upload = files.uploads.head(
        "photos", "big", files.uploads.begin("photos", "big", About(), NOW, None, None)
    )
    part = files.uploads.add(upload, 1, b"part", {}, NOW)
    bodies(tmp_path)[0].unlink()
    with pytest.raises(InvalidPart):
        files.uploads.complete(upload, [(1, part.etag)], {}, NOW)

    files.uploads.add(upload, 1, b"part", {}, NOW)
    files.uploads.complete(upload, [(1, part.etag)], {}, NOW)
    with files.get("photos", "big") as opened:
        assert opened.all() == b"part"


def test_a_part_that_is_cut_short_while_it_is_joined_is_asked_for_again(files: Files, tmp_path: Path) -> None:
    ends_early = Path("/sys/devices/system/cpu/online")  # says that it has a page of bytes, and has a few
    upload = files.uploads.head(
        "photos", "big", files.uploads.begin("photos", "big", About(), NOW, None, None)
    )
    part = files.uploads.add(upload, 1, bytes(ends_early.stat().st_size), {}, NOW)
    (file,) = bodies(tmp_path)
    file.unlink()
    file.symlink_to(ends_early)

    with pytest.raises(InvalidPart) as error:
        files.uploads.complete(upload, [(1, part.etag)], {}, NOW)

    assert {"PartNumber": 1} == error.value.members
    assert [file] == bodies(tmp_path)


def test_a_full_disk_is_told_without_a_path_and_keeps_nothing(
    files: Files, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    body = files.receive()
    body.write(b"1234")
    with file_size_limit(8), pytest.raises(DiskFailed, match="the disk that they lie on") as failed:
        body.write(b"5" * 4096)
    body.discard()

    assert (failed.value.code, failed.value.status) == ("ServiceUnavailable", 503)
    assert str(tmp_path) not in str(failed.value)
    assert str(tmp_path) in caplog.text
    assert bodies(tmp_path) == []


def test_bodies_are_private_to_the_server(files: Files, tmp_path: Path) -> None:
    files.put("photos", "../../one", b"body", About(), NOW)

    (path,) = bodies(tmp_path)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("repeat", range(20))
def test_of_two_puts_that_want_nothing_there_one_wins(
    postgres_store: Store, tmp_path: Path, repeat: int
) -> None:
    files = Files(postgres_store, tmp_path / "objects")
    files.buckets.create("photos", "us-east-1", NOW)
    start, outcomes = threading.Barrier(2), []

    def put(body: bytes) -> None:
        start.wait()
        try:
            files.put("photos", "one", body, About(), NOW, OnlyIf(absent=True))
            outcomes.append("put")
        except PreconditionFailed:
            outcomes.append("refused")

    threads = [threading.Thread(target=put, args=(body,)) for body in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["put", "refused"]


# --- listing, against a plain model of it -----------------------------------------------------------------------

KEYS = st.text(alphabet="ab/é\U0010ffff", min_size=1, max_size=5)


def plain(keys: set[str], prefix: str, delimiter: str, after: str) -> list[str]:
    skip = after if is_group(after, prefix, delimiter) else None
    matching = [key for key in keys if key.startswith(prefix) and key > after]
    matching = [key for key in matching if skip is None or not key.startswith(skip)]
    return sorted({group(key, prefix, delimiter) or key for key in matching})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.sets(KEYS, max_size=40),
    prefix=st.text(alphabet="ab/", max_size=2),
    delimiter=st.sampled_from(["", "/", "a", "//"]),
    after=st.text(alphabet="ab/", max_size=3),
    limit=st.integers(1, 5),
)
def test_a_list_is_what_a_plain_filter_finds(
    files: Files, store: Store, keys: set[str], prefix: str, delimiter: str, after: str, limit: int
) -> None:
    with store.engine.connect() as cx, cx.begin():
        if keys:
            cx.execute(insert(object_), [row(key) for key in keys])
        names: list[str] = []
        here = after
        while True:
            listed = page(cx, "photos", prefix, delimiter, here, limit)
            names += sorted([entry.key for entry in listed.objects] + list(listed.prefixes))
            assert len(listed.objects) + len(listed.prefixes) <= limit
            if listed.last is None:
                break
            here = listed.last
        cx.get_transaction().rollback()

    assert names == plain(keys, prefix, delimiter, after)


def row(key: str) -> dict[str, object]:
    return {
        "bucket": "photos",
        "key": key,
        "blob": "00",
        "size": 0,
        "etag": "",
        "content_type": "",
        "headers": {},
        "metadata": {},
        "checksums": {},
        "modified_at": NOW,
    }


def test_beyond_a_prefix_begins_the_next_text() -> None:
    assert beyond("a") == "b"
    assert beyond("\ud7ff") == "\ue000"
    assert beyond("a\U0010ffff") == "b"
    assert beyond("") is None
    assert beyond("\U0010ffff") is None
