"""Objects that arrive in parts, on every way of keeping objects."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import md5
from typing import NamedTuple

import pytest

from secondlook.store.bucket import BucketObjects
from secondlook.store.conditions import OnlyIf
from secondlook.store.errors import (
    SMALLEST_PART,
    EntityTooSmall,
    InvalidPart,
    InvalidPartNumber,
    InvalidPartOrder,
    NoSuchUpload,
    PreconditionFailed,
)
from secondlook.store.objects import About, Objects, PartSpan, Upload, part_etag
from secondlook.store.session import Store
from tests.neighbours import Road
from tests.running import Server

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BIG = bytes(SMALLEST_PART)


@pytest.fixture
def upload(objects: Objects) -> Upload:
    objects.buckets.create("photos", "us-east-1", NOW)
    about = About("image/png", {"Cache-Control": "no-store"}, {"shot": "1"})
    upload = objects.uploads.begin("photos", "big", about, NOW, None, None)
    return objects.uploads.head("photos", "big", upload)


def test_parts_become_one_object_in_their_order(objects: Objects, upload: Upload) -> None:
    second = objects.uploads.add(upload, 7, b"tail", {}, NOW)
    first = objects.uploads.add(upload, 2, BIG, {}, NOW)

    stored = objects.uploads.complete(upload, [(2, first.etag), (7, second.etag)], {}, NOW)

    tags = bytes.fromhex(first.etag) + bytes.fromhex(second.etag)
    assert stored.etag == md5(tags).hexdigest() + "-2"
    with objects.get("photos", "big") as opened:
        assert opened.all() == BIG + b"tail"
        assert opened.stored.content_type == "image/png"
        assert opened.stored.metadata == {"shot": "1"}
        assert opened.stored.etag == stored.etag
    with pytest.raises(NoSuchUpload):
        objects.uploads.head("photos", "big", upload.id)


def test_an_object_knows_its_parts(objects: Objects, upload: Upload) -> None:
    second = objects.uploads.add(upload, 7, b"tail", {}, NOW)
    first = objects.uploads.add(upload, 2, BIG, {}, NOW)
    stored = objects.uploads.complete(upload, [(2, first.etag), (7, second.etag)], {}, NOW)

    size = len(BIG)
    assert objects.part("photos", "big", 1) == PartSpan(range(size), 2, stored.etag)
    assert objects.part("photos", "big", 2) == PartSpan(range(size, size + 4), 2, stored.etag)
    with pytest.raises(InvalidPartNumber):
        objects.part("photos", "big", 3)
    page = objects.parts("photos", "big", after=1, limit=1)
    assert (page.total, [(part.number, part.size) for part in page.parts]) == (2, [(2, 4)])


def test_what_came_of_an_upload_is_known_for_a_while(objects: Objects, upload: Upload) -> None:
    part = objects.uploads.add(upload, 1, b"part", {}, NOW)
    parts = [(1, part.etag)]
    where = ("photos", "big", upload.id)
    assert objects.uploads.completed(*where, parts) is None

    stored = objects.uploads.complete(upload, parts, {}, NOW)

    known = objects.uploads.completed(*where, parts)
    assert known is not None
    assert (known.etag, known.size) == (stored.etag, 4)
    with pytest.raises(NoSuchUpload):
        objects.uploads.completed(*where, [(2, part.etag)])
    with pytest.raises(NoSuchUpload):
        objects.uploads.head(*where)
    assert objects.uploads.list("photos") == []


def test_an_abort_that_comes_too_late_changes_nothing(objects: Objects, upload: Upload) -> None:
    parts = [(1, objects.uploads.add(upload, 1, b"part", {}, NOW).etag)]
    objects.uploads.complete(upload, parts, {}, NOW)
    objects.uploads.abort(upload)

    assert objects.uploads.completed("photos", "big", upload.id, parts) is not None
    assert objects.head("photos", "big").size == 4


def test_nothing_is_there_before_completion(objects: Objects, upload: Upload) -> None:
    objects.uploads.add(upload, 1, b"part", {}, NOW)

    assert objects.list("photos").objects == []


def test_an_object_of_the_same_parts_completes_no_other_upload(objects: Objects, upload: Upload) -> None:
    parts = [(1, objects.uploads.add(upload, 1, b"part", {}, NOW).etag)]
    aborted = objects.uploads.begin("photos", "big", About(), NOW, None, None)
    objects.uploads.abort(objects.uploads.head("photos", "big", aborted))
    under_way = objects.uploads.begin("photos", "big", About(), NOW, None, None)
    objects.uploads.complete(upload, parts, {}, NOW)

    for other in ("never-begun", aborted, under_way):
        assert objects.uploads.completed("photos", "big", other, parts) is None
    assert objects.uploads.completed("photos", "other", upload.id, parts) is None


def test_parts_are_listed_by_number(objects: Objects, upload: Upload) -> None:
    for number in (3, 1, 2):
        objects.uploads.add(upload, number, b"x" * number, {}, NOW)

    assert [(part.number, part.size) for part in objects.uploads.parts(upload)] == [(1, 1), (2, 2), (3, 3)]
    assert [part.number for part in objects.uploads.parts(upload, after=1, limit=1)] == [2]


def test_a_part_may_be_sent_again(objects: Objects, upload: Upload) -> None:
    objects.uploads.add(upload, 1, b"wrong", {}, NOW)
    part = objects.uploads.add(upload, 1, b"right", {}, NOW)

    objects.uploads.complete(upload, [(1, part.etag)], {}, NOW)

    with objects.get("photos", "big") as opened:
        assert opened.all() == b"right"


def test_completion_is_checked(objects: Objects, upload: Upload) -> None:
    first = objects.uploads.add(upload, 1, b"small", {}, NOW)
    second = objects.uploads.add(upload, 2, b"last", {}, NOW)

    for parts, expected in (
        ([(2, second.etag), (1, first.etag)], InvalidPartOrder),
        ([(1, first.etag), (3, second.etag)], InvalidPart),
        ([(1, second.etag)], InvalidPart),
        ([(1, first.etag), (2, second.etag)], EntityTooSmall),
    ):
        with pytest.raises(expected):
            objects.uploads.complete(upload, parts, {}, NOW)
    objects.uploads.complete(upload, [(1, first.etag)], {}, NOW)


def test_a_completion_may_ask_that_nothing_is_there(objects: Objects, upload: Upload) -> None:
    part = objects.uploads.add(upload, 1, b"part", {}, NOW)
    objects.put("photos", "big", b"other", About(), NOW)

    with pytest.raises(PreconditionFailed):
        objects.uploads.complete(upload, [(1, part.etag)], {}, NOW, OnlyIf(absent=True))


def test_an_aborted_upload_is_gone(objects: Objects, upload: Upload) -> None:
    objects.uploads.add(upload, 1, b"part", {}, NOW)
    objects.uploads.abort(upload)

    assert objects.uploads.list("photos") == []
    with pytest.raises(NoSuchUpload):
        objects.uploads.add(upload, 2, b"late", {}, NOW)


def test_uploads_are_listed_by_key(objects: Objects, upload: Upload) -> None:
    other = objects.uploads.begin("photos", "a/b", About(), NOW, None, None)

    assert [(listed.key, listed.id) for listed in objects.uploads.list("photos")] == [
        ("a/b", other),
        ("big", upload.id),
    ]
    assert [listed.key for listed in objects.uploads.list("photos", prefix="b")] == ["big"]
    assert [listed.key for listed in objects.uploads.list("photos", after=("a/b", other))] == ["big"]


@pytest.fixture
def distant(sqlite_server: Server, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Distant]:
    """An S3 at the end of a road."""
    for name, value in sqlite_server.environment.items():
        monkeypatch.setenv(name, value)
    road = Road(sqlite_server.port)
    url = f"s3://t{uuid.uuid4().hex[:12]}-?endpoint=http://127.0.0.1:{road.port}"
    objects = BucketObjects(sqlite_store, url, "internal")
    objects.buckets.create("photos", "us-east-1", NOW)
    yield Distant(objects, road)
    road.close()


class Distant(NamedTuple):
    objects: BucketObjects
    road: Road

    def begun(self) -> tuple[Upload, str]:
        """An upload with one part, and the part's ETag."""
        uploads = self.objects.uploads
        upload = uploads.head("photos", "big", uploads.begin("photos", "big", About(), NOW, None, None))
        return upload, uploads.add(upload, 1, b"part", {}, NOW).etag


def test_a_completion_whose_answer_was_lost_is_one(distant: Distant) -> None:
    upload, etag = distant.begun()
    distant.road.swallow(b"POST /")

    stored = distant.objects.uploads.complete(upload, [(1, etag)], {}, NOW)

    assert stored.etag == part_etag([etag])
    assert distant.objects.uploads.list("photos") == []


def test_an_upload_that_the_s3_has_no_more_is_not_listed(distant: Distant) -> None:
    upload, etag = distant.begun()
    distant.objects._remote.call.abort_multipart_upload(**distant.objects.uploads._of(upload))

    with pytest.raises(NoSuchUpload):
        distant.objects.uploads.complete(upload, [(1, etag)], {}, NOW)

    assert distant.objects.uploads.list("photos") == []


def test_an_upload_that_the_s3_has_no_more_may_be_aborted(distant: Distant) -> None:
    """A completion came between: nobody is told later that it was one."""
    uploads = distant.objects.uploads
    upload, etag = distant.begun()
    distant.objects._remote.call.abort_multipart_upload(**uploads._of(upload))
    with pytest.raises(NoSuchUpload):
        uploads.parts(upload)
    uploads.abort(upload)
    other, _ = distant.begun()
    uploads.complete(other, [(1, etag)], {}, NOW)

    assert uploads.completed("photos", "big", upload.id, [(1, etag)]) is None


def test_a_completion_that_we_did_not_live_to_write_down_is_one(distant: Distant) -> None:
    """The S3 made the object, its answer arrived, and then the server died."""
    uploads = distant.objects.uploads
    upload, etag = distant.begun()
    where, parts = ("photos", "big", upload.id), [(1, etag)]
    assert uploads.completed(*where, parts) is None
    named = {"Parts": [{"PartNumber": 1, "ETag": etag}]}
    distant.objects._remote.call.complete_multipart_upload(**uploads._of(upload), MultipartUpload=named)
    with pytest.raises(NoSuchUpload):
        uploads.parts(upload)

    assert uploads.completed(*where, [(1, "0" * 32)]) is None
    assert uploads.completed(*where, [(1, "no ETag")]) is None
    known = uploads.completed(*where, parts)
    assert known is not None
    assert known.etag == part_etag([etag])
    assert uploads.list("photos") == []

    distant.objects.put("photos", "big", b"other", About(), NOW)
    again = uploads.completed(*where, parts)
    assert again is not None
    assert again.etag == known.etag
    with pytest.raises(NoSuchUpload):
        uploads.completed(*where, [(1, "0" * 32)])
