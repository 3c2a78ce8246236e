"""What every way of keeping objects promises: the same tests on all of them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from hashlib import md5, sha256

import pytest

from secondlook.store.conditions import ALWAYS, OnlyIf
from secondlook.store.errors import (
    BucketExists,
    BucketNotEmpty,
    InvalidPartNumber,
    InvalidRange,
    NoSuchBucket,
    NoSuchKey,
    PreconditionFailed,
)
from secondlook.store.objects import About, Objects, PartSpan, Source, Span

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ODD_KEYS = [
    "a//b",
    "../x",
    "/",
    "a/",
    "a",
    "A",
    ".",
    "ä/ö €.png",
    "x" * 1024,
    "a\nb",
    "%2F",
    "+ +",
    "𝄞",
    "\x7f",
]


@pytest.fixture
def bucket(objects: Objects) -> str:
    objects.buckets.create("photos", "us-east-1", NOW)
    return "photos"


def put(objects: Objects, bucket: str, *keys: str, body: bytes = b"x") -> None:
    for key in keys:
        objects.put(bucket, key, body, About(), NOW)


def read(objects: Objects, bucket: str, key: str) -> bytes:
    with objects.get(bucket, key) as opened:
        return opened.all()


def keys(objects: Objects, bucket: str, **how: object) -> list[str]:
    """All keys and common prefixes in order, page by page."""
    listed: list[str] = []
    after = how.pop("after", "")
    while True:
        page = objects.list(bucket, after=after, **how)
        listed += sorted([entry.key for entry in page.objects] + list(page.prefixes))
        if page.last is None:
            return listed
        after = page.last


# --- bodies -------------------------------------------------------------------------------------------------


def test_what_was_put_is_got_with_all_that_was_said_of_it(objects: Objects, bucket: str) -> None:
    about = About("image/png", {"Cache-Control": "no-store"}, {"shot": "1"}, {"ChecksumCRC32": "26gLsg=="})

    stored = objects.put(bucket, "one", b"body", about, NOW)

    assert stored.etag == md5(b"body").hexdigest()
    head = objects.head(bucket, "one")
    assert (4, stored.etag, "image/png") == (head.size, head.etag, head.content_type)
    assert about.headers == head.headers
    assert about.metadata == head.metadata
    with objects.get(bucket, "one") as opened:
        assert opened.stored == head
        assert opened.all() == b"body"


@pytest.mark.parametrize(
    "text",
    ["Köln, 10 €, 東京\u3000駅".encode().decode("latin-1"), "K\xf6ln", "=?UTF-8?B?S8O2bG4=?=", "a =? b", "0"],
)
def test_header_values_may_be_any_text(objects: Objects, bucket: str, text: str) -> None:
    disposition = f'attachment; filename="{text}"'
    headers = {"Content-Disposition": disposition, "Expires": text}
    about = About(f'text/plain; a="{text}"', headers, {"note": text})
    objects.put(bucket, "one", b"x", about, NOW)

    objects.put(bucket, "two", Source(bucket, "one"), about, NOW)

    for key in ("one", "two"):
        head = objects.head(bucket, key)
        assert (head.content_type, head.headers, head.metadata) == (
            about.content_type,
            about.headers,
            about.metadata,
        )


def test_a_body_may_arrive_in_pieces(objects: Objects, bucket: str) -> None:
    body = objects.receive()
    for _ in range(5):
        body.write(b"0123456789" * 30_000)

    stored = objects.put(bucket, "big", body, About(), NOW)

    assert stored.size == 1_500_000
    assert read(objects, bucket, "big") == b"0123456789" * 150_000


def test_a_body_that_is_not_wanted_leaves_nothing(objects: Objects, bucket: str) -> None:
    body = objects.receive()
    body.write(b"half")
    body.discard()

    assert not body.path.exists()
    assert keys(objects, bucket) == []


@pytest.mark.parametrize("key", ODD_KEYS, ids=lambda key: repr(key[:20]))
def test_any_key_is_only_a_key(objects: Objects, bucket: str, key: str) -> None:
    put(objects, bucket, key, body=b"odd")

    assert read(objects, bucket, key) == b"odd"
    assert keys(objects, bucket) == [key]
    objects.delete(bucket, key)
    assert keys(objects, bucket) == []


def test_keys_that_look_alike_are_different(objects: Objects, bucket: str) -> None:
    for key in ODD_KEYS:
        put(objects, bucket, key, body=key.encode())

    assert [read(objects, bucket, key) for key in ODD_KEYS] == [key.encode() for key in ODD_KEYS]


def test_a_folder_marker_has_no_bytes(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "a2i-results/", body=b"")

    assert objects.head(bucket, "a2i-results/").size == 0
    assert read(objects, bucket, "a2i-results/") == b""


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 3), b"0123"),
        (Span(4), b"456789"),
        (Span(8, 99), b"89"),
        (Span(None, suffix=3), b"789"),
        (Span(None, suffix=99), b"0123456789"),
    ],
)
def test_a_span_is_read_alone(objects: Objects, bucket: str, span: Span, expected: bytes) -> None:
    put(objects, bucket, "digits", body=b"0123456789")

    with objects.get(bucket, "digits", span) as opened:
        assert opened.all() == expected
        assert len(opened.span) == len(expected)
        assert opened.stored.size == 10


@pytest.mark.parametrize("span", [Span(10), Span(10, 12), Span(None, suffix=0)])
def test_a_span_outside_is_refused(objects: Objects, bucket: str, span: Span) -> None:
    put(objects, bucket, "digits", body=b"0123456789")

    with pytest.raises(InvalidRange):
        objects.get(bucket, "digits", span)


def test_a_reader_keeps_what_it_opened_while_the_object_is_replaced(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "one", body=b"old")

    with objects.get(bucket, "one") as opened:
        put(objects, bucket, "one", body=b"new")
        assert opened.all() == b"old"
    assert read(objects, bucket, "one") == b"new"


# --- errors ---------------------------------------------------------------------------------------------------


def test_a_missing_bucket_is_named_by_every_verb(objects: Objects) -> None:
    for call in (
        lambda: objects.put("none", "k", b"", About(), NOW),
        lambda: objects.get("none", "k"),
        lambda: objects.head("none", "k"),
        lambda: objects.delete("none", "k"),
        lambda: objects.list("none"),
        lambda: objects.buckets.head("none"),
        lambda: objects.buckets.delete("none"),
        lambda: objects.uploads.begin("none", "k", About(), NOW, None, None),
        lambda: objects.uploads.list("none"),
    ):
        with pytest.raises(NoSuchBucket):
            call()


def test_a_missing_key_is_refused_but_may_be_deleted(objects: Objects, bucket: str) -> None:
    for call in (objects.get, objects.head):
        with pytest.raises(NoSuchKey):
            call(bucket, "none")
    objects.delete(bucket, "none")


def test_many_may_be_deleted_at_once(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "a", "b", "c")
    objects.delete(bucket, "a", "c", "none")

    assert keys(objects, bucket) == ["b"]


def test_a_put_may_ask_that_nothing_is_there(objects: Objects, bucket: str) -> None:
    objects.put(bucket, "one", b"first", About(), NOW, OnlyIf(absent=True))

    with pytest.raises(PreconditionFailed):
        objects.put(bucket, "one", b"second", About(), NOW, OnlyIf(absent=True))
    assert read(objects, bucket, "one") == b"first"


def test_a_put_may_ask_for_what_it_replaces(objects: Objects, bucket: str) -> None:
    first = objects.put(bucket, "one", b"first", About(), NOW)
    objects.put(bucket, "one", b"second", About(), NOW, OnlyIf(etag=first.etag))

    with pytest.raises(PreconditionFailed):
        objects.put(bucket, "one", b"third", About(), NOW, OnlyIf(etag=first.etag))
    assert read(objects, bucket, "one") == b"second"


@pytest.mark.parametrize("condition", [OnlyIf(etag="0" * 32), OnlyIf(size=9), OnlyIf(modified_at=LONG_AGO)])
def test_a_delete_may_ask_for_what_it_deletes(objects: Objects, bucket: str, condition: OnlyIf) -> None:
    put(objects, bucket, "one", "two")

    (error,) = objects.delete(bucket, "one", only_if=[condition])
    assert isinstance(error, PreconditionFailed)
    errors = objects.delete(bucket, "one", "two", "none", only_if=[condition, ALWAYS, OnlyIf(etag="*")])
    assert [type(error) for error in errors] == [PreconditionFailed, type(None), NoSuchKey]
    assert keys(objects, bucket) == ["one"]
    held = objects.head(bucket, "one")
    assert objects.delete(bucket, "one", only_if=[OnlyIf(False, held.etag, 1, held.modified_at)]) == [None]
    assert keys(objects, bucket) == []


def test_deletes_of_one_key_are_judged_one_after_the_other(objects: Objects, bucket: str) -> None:
    wrong, other, small = OnlyIf(etag="0" * 32), OnlyIf(etag="1" * 32), OnlyIf(size=9)
    right = OnlyIf(etag=md5(b"x").hexdigest())

    def deleted(*conditions: OnlyIf) -> list[str | None]:
        """The codes of the errors, where conditions on a key stand between those on its neighbour."""
        put(objects, bucket, "one", "two")
        entries = [entry for only_if in conditions for entry in (("one", only_if), ("two", ALWAYS))]
        errors = objects.delete(
            bucket, *(key for key, _ in entries), only_if=[only_if for _, only_if in entries]
        )
        assert not any(errors[1::2])
        return [error.code if error else None for error in errors[::2]]

    refused = PreconditionFailed.code
    assert deleted(wrong, ALWAYS) == [refused, None]
    assert deleted(wrong, wrong, other, small, right) == [refused, refused, refused, refused, None]
    assert deleted(right, right, small, ALWAYS) == [None, NoSuchKey.code, None, None]
    assert deleted(wrong, other) == [refused, refused]
    assert keys(objects, bucket) == ["one"]


# --- tags and parts ---------------------------------------------------------------------------------------------


def test_tags_come_with_an_object_or_later(objects: Objects, bucket: str) -> None:
    stored = objects.put(
        bucket, "one", b"x", About(tags={"team": "fraud", "Ort": "Köln / Süd", "empty": ""}), NOW
    )

    assert objects.tags(bucket, "one") == {"team": "fraud", "Ort": "Köln / Süd", "empty": ""}
    assert stored.tag_count == objects.head(bucket, "one").tag_count == 3
    objects.set_tags(bucket, "one", {"a": "b"})
    assert objects.tags(bucket, "one") == {"a": "b"}
    with objects.get(bucket, "one") as opened:
        assert opened.stored.tag_count == 1
    objects.put(bucket, "copy", Source(bucket, "one"), About(tags={"c": "d"}), NOW)
    assert objects.tags(bucket, "copy") == {"c": "d"}
    objects.set_tags(bucket, "one", {})
    assert objects.head(bucket, "one").tag_count == 0
    for call in (objects.tags, lambda bucket, key: objects.set_tags(bucket, key, {})):
        with pytest.raises(NoSuchKey):
            call(bucket, "none")
        with pytest.raises(NoSuchBucket):
            call("none", "one")


def test_an_object_put_whole_is_its_own_part(objects: Objects, bucket: str) -> None:
    stored = objects.put(bucket, "one", b"body", About(), NOW)

    assert objects.part(bucket, "one", 1) == PartSpan(range(4), None, stored.etag)
    assert objects.parts(bucket, "one").total == 0
    with pytest.raises(InvalidPartNumber):
        objects.part(bucket, "one", 2)


# --- copies -----------------------------------------------------------------------------------------------------


def test_a_copy_outlives_its_source(objects: Objects, bucket: str) -> None:
    objects.buckets.create("results", "us-east-1", NOW)
    put(objects, bucket, "one", body=b"body")

    copy = objects.put("results", "two", Source(bucket, "one"), About("text/plain"), NOW)
    objects.delete(bucket, "one")

    assert copy.etag == md5(b"body").hexdigest()
    assert objects.head("results", "two").content_type == "text/plain"
    assert read(objects, "results", "two") == b"body"


def test_an_object_may_be_copied_onto_itself_with_other_words(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "one", body=b"body")
    objects.put(bucket, "one", Source(bucket, "one"), About("image/png", {}, {"a": "b"}), NOW)

    head = objects.head(bucket, "one")
    assert (head.content_type, head.metadata) == ("image/png", {"a": "b"})
    assert read(objects, bucket, "one") == b"body"


def test_a_copy_may_have_another_checksum_than_its_source(objects: Objects, bucket: str) -> None:
    objects.put(bucket, "one", b"123456789", About(checksums={"ChecksumCRC32": "y/Q5Jg=="}), NOW)
    digest = base64.b64encode(sha256(b"123456789").digest()).decode()
    sums = {"ChecksumSHA256": digest, "ChecksumType": "FULL_OBJECT"}

    copy = objects.put(bucket, "two", Source(bucket, "one"), About(checksums=sums), NOW)

    assert copy.checksums == sums
    assert objects.head(bucket, "two").checksums == sums


def test_a_copy_of_another_version_is_refused(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "one")

    with pytest.raises(PreconditionFailed):
        objects.put(bucket, "two", Source(bucket, "one", etag="0" * 32), About(), NOW)
    with pytest.raises(NoSuchKey):
        objects.put(bucket, "two", Source(bucket, "none"), About(), NOW)


# --- buckets ----------------------------------------------------------------------------------------------------


def test_buckets_are_listed_by_name(objects: Objects) -> None:
    for name in ("b-two", "a-one"):
        objects.buckets.create(name, "us-east-1", NOW)

    assert [bucket.name for bucket in objects.buckets.list()] == ["a-one", "b-two"]
    assert objects.buckets.head("a-one").region == "us-east-1"
    with pytest.raises(BucketExists):
        objects.buckets.create("a-one", "us-east-1", NOW)


def test_a_bucket_goes_only_when_it_is_empty(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "one")

    with pytest.raises(BucketNotEmpty):
        objects.buckets.delete(bucket)
    objects.delete(bucket, "one")
    objects.buckets.delete(bucket)
    assert objects.buckets.list() == []


# --- lists --------------------------------------------------------------------------------------------------------


def test_keys_are_listed_in_the_order_of_their_bytes(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "b", "a", "B", "a/b", "a-b", "ä", "é", "\uffff", "𝄞")

    assert keys(objects, bucket) == ["B", "a", "a-b", "a/b", "b", "ä", "é", "\uffff", "𝄞"]


def test_a_delimiter_makes_folders(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "a/1", "a/2", "a/b/3", "a", "b/", "c/4")

    page = objects.list(bucket, delimiter="/")
    assert [entry.key for entry in page.objects] == ["a"]
    assert list(page.prefixes) == ["a/", "b/", "c/"]
    page = objects.list(bucket, prefix="a/", delimiter="/")
    assert [entry.key for entry in page.objects] == ["a/1", "a/2"]
    assert list(page.prefixes) == ["a/b/"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
@pytest.mark.parametrize("prefix", ["", "a", "a/"])
def test_pages_of_any_size_hold_the_same(objects: Objects, bucket: str, prefix: str, limit: int) -> None:
    put(objects, bucket, "a", "a/1", "a/2", "a/b/1", "a/b/2", "ab", "b/1", "b/2", "c")

    expected = keys(objects, bucket, prefix=prefix, delimiter="/")
    assert keys(objects, bucket, prefix=prefix, delimiter="/", limit=limit) == expected


def test_a_list_may_start_behind_a_key(objects: Objects, bucket: str) -> None:
    put(objects, bucket, "a/1", "a/2", "b", "c")

    assert keys(objects, bucket, after="a/1") == ["a/2", "b", "c"]
    assert keys(objects, bucket, after="a/1", delimiter="/") == ["a/", "b", "c"]
    assert keys(objects, bucket, after="zz") == []


def test_the_listing_says_size_tag_and_the_kind_of_the_checksum(objects: Objects, bucket: str) -> None:
    sums = {"ChecksumCRC32": "26gLsg==", "ChecksumType": "FULL_OBJECT"}
    stored = objects.put(bucket, "one", b"body", About(checksums=sums), NOW)

    (entry,) = objects.list(bucket).objects
    assert (entry.key, entry.size, entry.etag) == ("one", 4, stored.etag)
    assert (list(entry.algorithms), entry.checksum_type) == (["CRC32"], "FULL_OBJECT")


def test_what_is_said_of_encryption_stays_with_the_object(objects: Objects, bucket: str) -> None:
    said = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/é", "BucketKeyEnabled": True}
    about = About(metadata={"a": "b"}, encryption=said)

    put = objects.put(bucket, "one", b"x", about, NOW)
    copied = objects.put(bucket, "two", Source(bucket, "one"), objects.head(bucket, "one").about, NOW)
    upload = objects.uploads.begin(bucket, "three", about, NOW, None, None)
    begun = objects.uploads.head(bucket, "three", upload)
    part = objects.uploads.add(begun, 1, b"x", {}, NOW)
    completed = objects.uploads.complete(begun, [(1, part.etag)], {}, NOW)

    assert begun.about == about
    for stored in (put, copied, completed, *(objects.head(bucket, key) for key in ("one", "two", "three"))):
        assert (stored.encryption, stored.metadata) == (said, {"a": "b"})
    plain = objects.put(bucket, "two", Source(bucket, "one"), About(), NOW)
    assert plain.encryption == objects.head(bucket, "two").encryption == {}


def test_a_bucket_keeps_what_it_is_told(objects: Objects, bucket: str) -> None:
    objects.buckets.set(bucket, "tags", {"TagSet": []})
    objects.buckets.set(bucket, "tags", {"TagSet": [1]})

    assert objects.buckets.setting(bucket, "tags") == {"TagSet": [1]}
    objects.buckets.set(bucket, "tags", None)
    assert objects.buckets.setting(bucket, "tags") is None
    with pytest.raises(NoSuchBucket):
        objects.buckets.setting("none", "tags")
    with pytest.raises(NoSuchBucket):
        objects.buckets.set("none", "tags", 1)
