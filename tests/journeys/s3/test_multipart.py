"""Multipart uploads through plain boto3."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import zlib
from typing import Any

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

PART = 5 * 1024 * 1024


def code(call, **how) -> str:
    with pytest.raises(ClientError) as error:
        call(**how)
    return error.value.response["Error"]["Code"]


def named(parts) -> dict[str, list[dict[str, Any]]]:
    return {"Parts": [{"PartNumber": number, "ETag": part["ETag"]} for number, part in parts.items()]}


def test_a_large_file_goes_up_in_parts(s3, bucket) -> None:
    body = os.urandom(2 * PART + 7)
    config = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART)
    s3.upload_fileobj(
        io.BytesIO(body), bucket, "large", Config=config, ExtraArgs={"ContentType": "video/mp4"}
    )

    head = s3.head_object(Bucket=bucket, Key="large", ChecksumMode="ENABLED")
    parts = [body[at : at + PART] for at in range(0, len(body), PART)]
    tags = b"".join(hashlib.md5(part).digest() for part in parts)
    sums = b"".join(zlib.crc32(part).to_bytes(4, "big") for part in parts)
    assert head["ETag"] == f'"{hashlib.md5(tags).hexdigest()}-3"'
    assert head["ChecksumCRC32"] == base64.b64encode(zlib.crc32(sums).to_bytes(4, "big")).decode() + "-3"
    assert (head["ChecksumType"], head["ContentType"]) == ("COMPOSITE", "video/mp4")
    back = io.BytesIO()
    s3.download_fileobj(bucket, "large", back, Config=config)
    assert back.getvalue() == body


def test_a_checksum_of_the_whole_is_joined_from_its_parts(s3, bucket) -> None:
    first, last = os.urandom(PART), b"tail"
    where = {"Bucket": bucket, "Key": "whole"}
    upload = s3.create_multipart_upload(**where, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    where["UploadId"] = upload["UploadId"]
    parts = {
        1: s3.upload_part(**where, PartNumber=1, Body=first),
        2: s3.upload_part(**where, PartNumber=2, Body=last),
    }
    expected = base64.b64encode(zlib.crc32(first + last).to_bytes(4, "big")).decode()

    assert code(
        s3.complete_multipart_upload, **where, MultipartUpload=named(parts), ChecksumCRC32="AAAAAA=="
    ) == ("BadDigest")
    done = s3.complete_multipart_upload(**where, MultipartUpload=named(parts), ChecksumCRC32=expected)
    assert (done["ChecksumCRC32"], done["ChecksumType"]) == (expected, "FULL_OBJECT")


def test_a_completion_names_the_checksums_of_its_upload(s3, bucket) -> None:
    where = {"Bucket": bucket, "Key": "one"}
    upload = s3.create_multipart_upload(**where, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    where["UploadId"] = upload["UploadId"]
    part = s3.upload_part(**where, PartNumber=1, Body=b"x")
    parts = named({1: part})
    complete = s3.complete_multipart_upload

    assert code(complete, **where, MultipartUpload=parts, ChecksumSHA256="A" * 43 + "=") == "InvalidRequest"
    assert code(complete, **where, MultipartUpload=parts, ChecksumXXHASH128="AAAA") == "InvalidRequest"
    assert code(complete, **where, MultipartUpload=parts, ChecksumType="COMPOSITE") == "InvalidRequest"
    for wrong, expected in (
        ({"ChecksumCRC32": "AAAAAA=="}, "InvalidPart"),
        ({"ChecksumSHA256": "AAAA"}, "InvalidPart"),
        ({"ChecksumXXHASH64": "AAAA"}, "InvalidRequest"),
    ):
        assert (
            code(complete, **where, MultipartUpload={"Parts": [{**parts["Parts"][0], **wrong}]}) == expected
        )
    assert code(complete, **where, MultipartUpload=parts, ChecksumCRC32="bad") == "InvalidRequest"
    right = {**parts["Parts"][0], "ChecksumCRC32": part["ChecksumCRC32"]}
    complete(**where, MultipartUpload={"Parts": [right]}, ChecksumType="FULL_OBJECT", MpuObjectSize=1)


def test_a_checksum_of_checksums_wants_each_of_them_named(s3, bucket) -> None:
    where = {"Bucket": bucket, "Key": "one"}
    where["UploadId"] = s3.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")["UploadId"]
    part = s3.upload_part(**where, PartNumber=1, Body=b"x", ChecksumAlgorithm="SHA256")
    complete = s3.complete_multipart_upload
    whole = base64.b64encode(hashlib.sha256(hashlib.sha256(b"x").digest()).digest()).decode() + "-1"

    assert code(complete, **where, MultipartUpload=named({1: part})) == "InvalidRequest"
    right = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"], "ChecksumSHA256": part["ChecksumSHA256"]}]}
    assert code(complete, **where, MultipartUpload=right, ChecksumSHA256="bad") == "InvalidRequest"
    assert (
        code(complete, **where, MultipartUpload=right, ChecksumSHA256=part["ChecksumSHA256"]) == "BadDigest"
    )
    done = complete(**where, MultipartUpload=right, ChecksumSHA256=whole)
    assert (done["ChecksumSHA256"], done["ChecksumType"]) == (whole, "COMPOSITE")


def test_parts_are_copied_from_other_objects(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="source", Body=b"0123456789" * (PART // 5))
    where = {"Bucket": bucket, "Key": "copy"}
    where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
    source = {"CopySource": f"{bucket}/source"}

    parts = {
        1: s3.upload_part_copy(**where, PartNumber=1, **source)["CopyPartResult"],
        2: s3.upload_part_copy(**where, PartNumber=2, **source, CopySourceRange="bytes=3-5")[
            "CopyPartResult"
        ],
    }
    s3.complete_multipart_upload(**where, MultipartUpload=named(parts))

    assert s3.get_object(Bucket=bucket, Key="copy", Range="bytes=-5")["Body"].read() == b"89345"
    assert code(s3.upload_part_copy, **where, PartNumber=3, **source, CopySourceRange="bytes=9-1") == (
        "NoSuchUpload"
    )


def test_uploads_under_way_and_their_parts_are_listed(s3, bucket) -> None:
    where = {"Bucket": bucket, "Key": "a b/c"}
    where["UploadId"] = s3.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")["UploadId"]
    for number in (2, 1, 3):
        s3.upload_part(**where, PartNumber=number, Body=b"x" * number, ChecksumAlgorithm="SHA256")

    (upload,) = s3.list_multipart_uploads(Bucket=bucket)["Uploads"]
    assert (upload["Key"], upload["UploadId"]) == ("a b/c", where["UploadId"])
    page = s3.list_parts(**where, MaxParts=2)
    assert [(part["PartNumber"], part["Size"]) for part in page["Parts"]] == [(1, 1), (2, 2)]
    assert page["Parts"][0]["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(b"x").digest()).decode()
    assert page["IsTruncated"]
    rest = s3.list_parts(**where, PartNumberMarker=page["NextPartNumberMarker"])
    assert [part["PartNumber"] for part in rest["Parts"]] == [3]
    s3.abort_multipart_upload(**where)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_uploads_are_listed_in_pages_and_folders(s3, bucket, size: int) -> None:
    keys = ["a", "b/1", "b/2", "c d", "e/3"]
    ids = {key: s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"] for key in (*keys, "a")}

    def listed(**how) -> list[str]:
        pages = s3.get_paginator("list_multipart_uploads").paginate(
            Bucket=bucket, **how, PaginationConfig={"PageSize": size}
        )
        uploads, prefixes = [], []
        for page in pages:
            uploads += [upload["Key"] for upload in page.get("Uploads", [])]
            prefixes += [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]
        return sorted(uploads + prefixes)

    assert listed() == sorted([*keys, "a"])
    assert listed(Delimiter="/") == ["a", "a", "b/", "c d", "e/"]
    assert listed(Prefix="b/", Delimiter="/") == ["b/1", "b/2"]
    behind = s3.list_multipart_uploads(Bucket=bucket, KeyMarker="c d", UploadIdMarker=ids["c d"])
    assert [upload["Key"] for upload in behind["Uploads"]] == ["e/3"]
    nothing = s3.list_multipart_uploads(Bucket=bucket, MaxUploads=0)
    assert not nothing["IsTruncated"]


def test_what_cannot_be_completed_is_refused(s3, bucket) -> None:
    where = {"Bucket": bucket, "Key": "one"}
    where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
    first = s3.upload_part(**where, PartNumber=1, Body=b"small")
    second = s3.upload_part(**where, PartNumber=2, Body=b"last")
    complete = s3.complete_multipart_upload

    assert code(complete, **where, MultipartUpload=named({2: second, 1: first})) == "InvalidPartOrder"
    assert code(complete, **where, MultipartUpload=named({1: first, 3: second})) == "InvalidPart"
    assert code(complete, **where, MultipartUpload=named({1: second})) == "InvalidPart"
    assert code(complete, **where, MultipartUpload=named({1: first, 2: second})) == "EntityTooSmall"
    assert code(complete, **where, MultipartUpload={"Parts": []}) == "MalformedXML"
    assert code(s3.upload_part, **where, PartNumber=10_001, Body=b"x") == "InvalidArgument"
    assert code(s3.upload_part, **{**where, "UploadId": "none"}, PartNumber=1, Body=b"x") == "NoSuchUpload"
    complete(**where, MultipartUpload=named({1: first}))


def test_a_checksum_of_another_kind_is_refused(s3, bucket) -> None:
    where = {"Bucket": bucket, "Key": "one"}

    assert (
        code(s3.create_multipart_upload, **where, ChecksumAlgorithm="SHA256", ChecksumType="FULL_OBJECT")
        == "InvalidRequest"
    )
    where["UploadId"] = s3.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")["UploadId"]
    assert (
        code(s3.upload_part, **where, PartNumber=1, Body=b"x", ChecksumAlgorithm="CRC32") == "InvalidRequest"
    )
