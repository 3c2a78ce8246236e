"""An object that came in parts is read in parts, says what it is made of, and is completed once however often one asks."""

from __future__ import annotations

import os
import zlib
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.client_errors import code_of, refused

PART = 5 * 1024 * 1024


def crc32(body: bytes) -> str:
    return b64encode(zlib.crc32(body).to_bytes(4, "big")).decode()


@pytest.fixture
def where(s3, bucket) -> dict[str, str]:
    """An upload that is under way."""
    where = {"Bucket": bucket, "Key": "parts"}
    upload = s3.create_multipart_upload(**where, ChecksumAlgorithm="CRC32", Metadata={"a": "b"})
    return where | {"UploadId": upload["UploadId"]}


def uploaded(s3, where, **bodies: bytes) -> dict[str, object]:
    """The list of parts that completes an upload of these."""
    parts = []
    for name, body in bodies.items():
        number = int(name.removeprefix("part"))
        part = s3.upload_part(**where, PartNumber=number, Body=body, ChecksumAlgorithm="CRC32")
        parts.append({"PartNumber": number, "ETag": part["ETag"], "ChecksumCRC32": part["ChecksumCRC32"]})
    return {"Parts": parts}


def answered(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def test_a_part_is_read_by_its_number(s3, where) -> None:
    """Numbers are those in the object, from 1, whatever they were when it was uploaded."""
    first, last = os.urandom(PART), b"tail"
    parts = uploaded(s3, where, part3=first, part7=last)
    s3.complete_multipart_upload(**where, MultipartUpload=parts)
    where.pop("UploadId")

    for number, body, span in (
        (1, first, f"bytes 0-{PART - 1}/{PART + 4}"),
        (2, last, f"bytes {PART}-{PART + 3}/{PART + 4}"),
    ):
        got = s3.get_object(**where, PartNumber=number)
        head = s3.head_object(**where, PartNumber=number)
        assert got["Body"].read() == body
        for answer in (got, head):
            assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206
            assert (answer["PartsCount"], answer["ContentRange"]) == (2, span)
            assert answer["ContentLength"] == len(body)
    answer = refused("InvalidPartNumber", "not satisfiable", s3.get_object, **where, PartNumber=3)
    assert (answer["Error"]["ActualPartCount"], answer["ResponseMetadata"]["HTTPStatusCode"]) == ("2", 416)
    assert "PartsCount" not in s3.head_object(**where)


def test_an_object_that_was_put_whole_is_its_own_only_part(s3, bucket) -> None:
    for key, body in (("one", b"body"), ("empty", b"")):
        where = {"Bucket": bucket, "Key": key}
        s3.put_object(**where, Body=body)

        got = s3.get_object(**where, PartNumber=1)
        assert got["Body"].read() == body
        assert "PartsCount" not in got
        assert code_of(s3.get_object, **where, PartNumber=2) == ("InvalidPartNumber", 416)
        assert code_of(s3.head_object, **where, PartNumber=2) == ("416", 416)
        assert code_of(s3.get_object, **where, PartNumber=0) == ("InvalidArgument", 400)
        assert code_of(s3.get_object, **where, PartNumber=1, Range="bytes=0-1") == ("InvalidRequest", 400)
    assert code_of(s3.get_object, Bucket=bucket, Key="none", PartNumber=1) == ("NoSuchKey", 404)


def test_attributes_say_what_an_object_is(s3, bucket) -> None:
    put = s3.put_object(Bucket=bucket, Key="one", Body=b"body", ChecksumAlgorithm="CRC32")
    names = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]

    attributes = s3.get_object_attributes(Bucket=bucket, Key="one", ObjectAttributes=names)

    assert (attributes["ETag"], attributes["ObjectSize"], attributes["StorageClass"]) == (
        put["ETag"].strip('"'),
        4,
        "STANDARD",
    )
    assert attributes["Checksum"] == {"ChecksumCRC32": crc32(b"body"), "ChecksumType": "FULL_OBJECT"}
    assert attributes["LastModified"] == s3.head_object(Bucket=bucket, Key="one")["LastModified"]
    assert "ObjectParts" not in attributes
    only = s3.get_object_attributes(Bucket=bucket, Key="one", ObjectAttributes=["ObjectSize"])
    assert answered(only).keys() == {"ObjectSize", "LastModified"}


def test_attributes_list_parts_page_by_page(s3, where) -> None:
    first, second, last = os.urandom(PART), os.urandom(PART), b"tail"
    parts = uploaded(s3, where, part1=first, part2=second, part3=last)
    s3.complete_multipart_upload(**where, MultipartUpload=parts)
    params = {"Bucket": where["Bucket"], "Key": where["Key"], "ObjectAttributes": ["ObjectParts", "Checksum"]}

    page = s3.get_object_attributes(**params, MaxParts=2)["ObjectParts"]
    rest = s3.get_object_attributes(**params, MaxParts=2, PartNumberMarker=page["NextPartNumberMarker"])

    assert (page["TotalPartsCount"], page["IsTruncated"], page["MaxParts"]) == (3, True, 2)
    assert page["Parts"] == [
        {"PartNumber": 1, "Size": PART, "ChecksumCRC32": crc32(first)},
        {"PartNumber": 2, "Size": PART, "ChecksumCRC32": crc32(second)},
    ]
    whole = crc32(b"".join(zlib.crc32(body).to_bytes(4, "big") for body in (first, second, last)))
    assert rest["Checksum"] == {"ChecksumCRC32": whole, "ChecksumType": "COMPOSITE"}
    rest = rest["ObjectParts"]
    assert rest["Parts"] == [{"PartNumber": 3, "Size": 4, "ChecksumCRC32": crc32(last)}]
    assert not rest["IsTruncated"]


def test_attributes_that_do_not_exist_are_refused(s3, bucket) -> None:
    where = {"Bucket": bucket, "Key": "one"}
    assert code_of(s3.get_object_attributes, **where, ObjectAttributes=["ETag"]) == ("NoSuchKey", 404)

    refused("InvalidArgument", "ObjectSize", s3.get_object_attributes, **where, ObjectAttributes=["Colour"])
    refused("InvalidArgument", "ObjectSize", s3.get_object_attributes, **where, ObjectAttributes=[])


def test_a_completion_asked_again_is_answered_again(s3, where) -> None:
    """Who lost the answer asks again, also with a condition that the object itself no longer fulfils."""
    parts = uploaded(s3, where, part1=b"body")
    first = s3.complete_multipart_upload(**where, MultipartUpload=parts, IfNoneMatch="*")

    again = s3.complete_multipart_upload(**where, MultipartUpload=parts, IfNoneMatch="*")
    assert answered(again) == answered(first)
    s3.delete_object(Bucket=where["Bucket"], Key=where["Key"])
    assert answered(s3.complete_multipart_upload(**where, MultipartUpload=parts)) == answered(first)
    assert code_of(s3.head_object, Bucket=where["Bucket"], Key=where["Key"]) == ("404", 404)


def test_a_completed_upload_is_over_for_everything_else(s3, where) -> None:
    parts = uploaded(s3, where, part1=b"body")
    s3.complete_multipart_upload(**where, MultipartUpload=parts)
    other = {"Parts": [{"PartNumber": 1, "ETag": "0" * 32}]}
    gone = ("NoSuchUpload", 404)

    assert code_of(s3.complete_multipart_upload, **where, MultipartUpload=other) == gone
    assert code_of(s3.abort_multipart_upload, **where) == gone
    assert code_of(s3.upload_part, **where, PartNumber=2, Body=b"late") == gone
    assert code_of(s3.list_parts, **where) == gone
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=where["Bucket"])
    elsewhere = {**where, "Key": "other"}
    assert code_of(s3.complete_multipart_upload, **elsewhere, MultipartUpload=parts) == gone


def test_an_aborted_upload_cannot_be_completed(s3, where) -> None:
    parts = uploaded(s3, where, part1=b"body")
    s3.abort_multipart_upload(**where)

    assert code_of(s3.complete_multipart_upload, **where, MultipartUpload=parts) == ("NoSuchUpload", 404)


def test_a_bucket_goes_with_its_completed_uploads(s3, where) -> None:
    s3.complete_multipart_upload(**where, MultipartUpload=uploaded(s3, where, part1=b"body"))
    s3.delete_object(Bucket=where["Bucket"], Key=where["Key"])

    s3.delete_bucket(Bucket=where["Bucket"])


def test_completions_at_once_are_answered_alike(s3, where) -> None:
    parts = uploaded(s3, where, part1=b"body")

    with ThreadPoolExecutor(6) as pool:
        answers = [
            pool.submit(s3.complete_multipart_upload, **where, MultipartUpload=parts) for _ in range(12)
        ]

    assert {str(answered(answer.result())) for answer in answers} == {str(answered(answers[0].result()))}
