"""Single objects through plain boto3."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from hashlib import md5

import boto3
import pytest
from botocore.exceptions import ClientError

LONG_AGO, SOON = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=1)


def code(call, *args, **how) -> tuple[str, int]:
    with pytest.raises(ClientError) as error:
        call(*args, **how)
    response = error.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize("size", [0, 1, 262_143, 262_144, 262_145, 3_000_000])
def test_a_body_of_any_size_comes_back(s3, bucket, size: int) -> None:
    body = os.urandom(size)
    put = s3.put_object(Bucket=bucket, Key="one", Body=body)
    got = s3.get_object(Bucket=bucket, Key="one")

    assert put["ETag"] == got["ETag"] == f'"{md5(body).hexdigest()}"'
    assert got["ContentLength"] == size
    assert got["Body"].read() == body


def test_what_was_said_of_an_object_comes_back(s3, bucket) -> None:
    said = {
        "ContentType": "image/jpeg",
        "CacheControl": "max-age=60",
        "ContentDisposition": 'attachment; filename="a.jpg"',
        "ContentEncoding": "identity",
        "ContentLanguage": "de",
        "Metadata": {"shot": "7", "by": "me"},
    }
    s3.put_object(Bucket=bucket, Key="one", Body=b"x", **said)

    for answer in (s3.get_object(Bucket=bucket, Key="one"), s3.head_object(Bucket=bucket, Key="one")):
        assert {name: answer[name] for name in said} == said


@pytest.mark.parametrize("text", ["0", "-1", "5d", "never", "Fri, 1 Sep 2023 01:01:01 GMT"])
def test_when_an_object_expires_in_caches_is_told_as_it_was_written(s3, bucket, text: str) -> None:
    s3.meta.events.register(
        "before-call.s3.PutObject", lambda params, **_: params["headers"].update(Expires=text)
    )
    s3.put_object(Bucket=bucket, Key="one", Body=b"x")
    s3.copy_object(Bucket=bucket, Key="two", CopySource=f"{bucket}/one")

    for key in ("one", "two"):
        assert s3.get_object(Bucket=bucket, Key=key)["ExpiresString"] == text
        assert s3.head_object(Bucket=bucket, Key=key)["ExpiresString"] == text


def test_a_type_that_nobody_named_is_binary(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="a2i-results/")

    assert s3.head_object(Bucket=bucket, Key="a2i-results/")["ContentType"] == "binary/octet-stream"


def test_a_range_is_a_part(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="digits", Body=b"0123456789")

    got = s3.get_object(Bucket=bucket, Key="digits", Range="bytes=2-4")
    assert (got["Body"].read(), got["ContentRange"]) == (b"234", "bytes 2-4/10")
    assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert s3.get_object(Bucket=bucket, Key="digits", Range="bytes=-3")["Body"].read() == b"789"
    assert s3.get_object(Bucket=bucket, Key="digits", Range="bytes=0-1,4-5")["Body"].read() == b"0123456789"
    head = s3.head_object(Bucket=bucket, Key="digits", Range="bytes=2-4")
    assert head["ContentLength"] == 3
    assert code(s3.get_object, Bucket=bucket, Key="digits", Range="bytes=10-") == ("InvalidRange", 416)


def test_conditions_of_a_reader_hold_or_refuse(s3, bucket) -> None:
    etag = s3.put_object(Bucket=bucket, Key="one", Body=b"x")["ETag"]
    an_object = {"Bucket": bucket, "Key": "one"}

    for get in (s3.get_object, s3.head_object):
        get(**an_object, IfMatch=etag, IfUnmodifiedSince=LONG_AGO)
        get(**an_object, IfNoneMatch='"other"', IfModifiedSince=SOON)
        assert code(get, **an_object, IfNoneMatch=etag) == ("304", 304)
        assert code(get, **an_object, IfModifiedSince=get(**an_object)["LastModified"]) == ("304", 304)
        get(**an_object, IfModifiedSince=SOON)
        assert code(get, **an_object, IfMatch='"other"')[1] == 412
        assert code(get, **an_object, IfUnmodifiedSince=LONG_AGO)[1] == 412


@pytest.mark.parametrize(
    "key", ["a//b", "../x", ".", "a b+c%20", "ä/€", "<&>'\"", "/lead", "//", "tail/", "a?b#c"]
)
def test_odd_keys_survive_the_wire(s3, bucket, key: str) -> None:
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    s3.copy_object(Bucket=bucket, Key=f"copy of {key}", CopySource={"Bucket": bucket, "Key": key})

    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert s3.get_object(Bucket=bucket, Key=f"copy of {key}")["Body"].read() == key.encode()
    assert {entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]} == {
        key,
        f"copy of {key}",
    }


def test_what_is_missing_is_named(s3, bucket) -> None:
    assert code(s3.get_object, Bucket=bucket, Key="none") == ("NoSuchKey", 404)
    assert code(s3.head_object, Bucket=bucket, Key="none") == ("404", 404)
    assert code(s3.get_object, Bucket="t-none", Key="none") == ("NoSuchBucket", 404)
    assert code(s3.put_object, Bucket="t-none", Key="none", Body=b"x" * 500_000) == ("NoSuchBucket", 404)
    assert code(s3.delete_object, Bucket="t-none", Key="none") == ("NoSuchBucket", 404)


def test_a_copy_keeps_or_replaces_what_was_said(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"x", ContentType="image/png", Metadata={"a": "1"})
    source = {"Bucket": bucket, "Key": "one"}

    copied = s3.copy_object(Bucket=bucket, Key="two", CopySource=source)
    assert copied["CopyObjectResult"]["ETag"] == f'"{md5(b"x").hexdigest()}"'
    assert s3.head_object(Bucket=bucket, Key="two")["Metadata"] == {"a": "1"}
    s3.copy_object(
        Bucket=bucket, Key="one", CopySource=source, MetadataDirective="REPLACE", ContentType="image/gif"
    )
    assert s3.head_object(Bucket=bucket, Key="one")["ContentType"] == "image/gif"
    assert s3.head_object(Bucket=bucket, Key="one")["Metadata"] == {}


def test_a_copy_is_refused_where_it_makes_no_sense(s3, bucket) -> None:
    etag = s3.put_object(Bucket=bucket, Key="one", Body=b"x")["ETag"]
    an_object = {"Bucket": bucket, "Key": "one"}

    assert code(s3.copy_object, **an_object, CopySource=an_object) == ("InvalidRequest", 400)
    for directive in ("MetadataDirective", "TaggingDirective", "AnnotationDirective"):
        assert code(s3.copy_object, **an_object, CopySource=an_object, **{directive: "MOVE"}) == (
            "InvalidArgument",
            400,
        )
    assert code(s3.copy_object, **an_object, CopySource=f"{bucket}/none") == ("NoSuchKey", 404)
    assert code(s3.copy_object, **an_object, CopySource="nonsense") == ("InvalidArgument", 400)
    assert code(s3.copy_object, **an_object, CopySource="secondlook-internal/x") == ("AccessDenied", 403)
    copy = {"Bucket": bucket, "Key": "two", "CopySource": an_object}
    assert code(s3.copy_object, **copy, CopySourceIfNoneMatch=etag) == ("PreconditionFailed", 412)
    assert code(s3.copy_object, **copy, CopySourceIfMatch='"other"') == ("PreconditionFailed", 412)


def test_many_are_deleted_at_once(s3, bucket) -> None:
    for key in "abc":
        s3.put_object(Bucket=bucket, Key=key)

    deleted = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a"}, {"Key": "none"}]})
    assert [entry["Key"] for entry in deleted["Deleted"]] == ["a", "none"]
    assert "Deleted" not in s3.delete_objects(
        Bucket=bucket, Delete={"Objects": [{"Key": "b"}], "Quiet": True}
    )
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["c"]
    s3.delete_object(Bucket=bucket, Key="c")
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ({"ACL": "public-read"}, "AccessControlListNotSupported"),
        ({"ServerSideEncryption": "aws:foo"}, "InvalidArgument"),
        ({"StorageClass": "GLACIER"}, "InvalidStorageClass"),
        ({"WebsiteRedirectLocation": "/two"}, "NotImplemented"),
        ({"ObjectLockLegalHoldStatus": "ON"}, "NotImplemented"),
        ({"WriteOffsetBytes": 7}, "NotImplemented"),
        ({"ChecksumXXHASH128": "AAAA"}, "InvalidRequest"),
        ({"Metadata": {"a": "x" * 2048}}, "MetadataTooLarge"),
        ({"Key": "k" * 1025}, "KeyTooLongError"),
    ],
)
def test_what_would_be_ignored_is_refused_instead(
    s3, bucket, demand: dict[str, object], expected: str
) -> None:
    assert code(s3.put_object, **{"Bucket": bucket, "Key": "one", **demand})[0] == expected


def test_files_go_up_and_down(s3, bucket, tmp_path) -> None:
    (tmp_path / "image.jpg").write_bytes(os.urandom(100_000))
    s3.upload_file(str(tmp_path / "image.jpg"), bucket, "image.jpg")
    s3.download_file(bucket, "image.jpg", str(tmp_path / "back.jpg"))

    assert (tmp_path / "back.jpg").read_bytes() == (tmp_path / "image.jpg").read_bytes()


def test_an_object_is_read_while_it_is_replaced(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"a" * 2_000_000)
    body = s3.get_object(Bucket=bucket, Key="one")["Body"]
    first = body.read(10)
    s3.put_object(Bucket=bucket, Key="one", Body=b"b")

    assert first + body.read() == b"a" * 2_000_000
    assert s3.get_object(Bucket=bucket, Key="one")["Body"].read() == b"b"


def test_a_stream_without_seeking_goes_up_in_chunks_over_tls(server, bucket) -> None:
    """boto3 sends it as aws-chunked with a trailing checksum, unsigned, because TLS protects it."""

    class Stream(io.RawIOBase):
        def __init__(self, body: bytes) -> None:
            self._body = io.BytesIO(body)

        def read(self, size: int = -1) -> bytes:
            return self._body.read(size)

        def readable(self) -> bool:
            return True

    body = os.urandom(700_000)
    s3 = boto3.client(
        "s3",
        endpoint_url=f"https://127.0.0.1:{server.tls_port}",
        verify=str(server.data / "tls" / "certificate.pem"),
        aws_access_key_id=server.credentials["access_key_id"],
        aws_secret_access_key=server.credentials["secret_access_key"],
        region_name=server.credentials["region"],
    )
    put = s3.put_object(Bucket=bucket, Key="stream", Body=Stream(body), ContentLength=len(body))

    assert put["ChecksumType"] == "FULL_OBJECT"
    assert "ContentEncoding" not in s3.head_object(Bucket=bucket, Key="stream")
    assert s3.get_object(Bucket=bucket, Key="stream")["Body"].read() == body
