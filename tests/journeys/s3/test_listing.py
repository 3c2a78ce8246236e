"""Listings through plain boto3, in both versions of the operation."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError

from tests.journeys.client_errors import code_of
from tests.journeys.signed import send

KEYS = ["a", "a/1", "a/2", "a/b/3", "b/4", "c d+e", "ä"]


@pytest.fixture
def listed(s3, bucket) -> str:
    for key in KEYS:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    return bucket


def names_in(pages) -> list[str]:
    return [
        name
        for page in pages
        for name in sorted(
            [entry["Key"] for entry in page.get("Contents", [])]
            + [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]
        )
    ]


@pytest.mark.parametrize("size", [1, 2, 1000])
@pytest.mark.parametrize("operation", ["list_objects_v2", "list_objects"])
def test_pages_of_any_size_hold_all(s3, listed, operation: str, size: int) -> None:
    paginator = s3.get_paginator(operation)
    page = {"PaginationConfig": {"PageSize": size}}

    assert names_in(paginator.paginate(Bucket=listed, **page)) == KEYS
    assert names_in(paginator.paginate(Bucket=listed, Delimiter="/", **page)) == [
        "a",
        "a/",
        "b/",
        "c d+e",
        "ä",
    ]
    assert names_in(paginator.paginate(Bucket=listed, Prefix="a/", Delimiter="/", **page)) == [
        "a/1",
        "a/2",
        "a/b/",
    ]


def test_a_page_says_what_it_is(s3, listed) -> None:
    page = s3.list_objects_v2(Bucket=listed, MaxKeys=2, FetchOwner=True)

    assert (page["KeyCount"], page["MaxKeys"], page["IsTruncated"]) == (2, 2, True)
    entry = page["Contents"][0]
    assert (entry["Key"], entry["Size"], entry["StorageClass"]) == ("a", 1, "STANDARD")
    assert entry["ETag"] == s3.head_object(Bucket=listed, Key="a")["ETag"]
    assert len(entry["Owner"]["ID"]) == 64


def test_each_object_is_listed_with_the_kind_of_its_checksum(server, s3, bucket) -> None:
    plain = server.client("s3", request_checksum_calculation="when_required")
    plain.put_object(Bucket=bucket, Key="ours", Body=b"x")
    s3.put_object(Bucket=bucket, Key="whole", Body=b"x", ChecksumAlgorithm="SHA256")
    parts = {"Bucket": bucket, "Key": "parts"}
    parts["UploadId"] = s3.create_multipart_upload(**parts, ChecksumAlgorithm="CRC32")["UploadId"]
    part = s3.upload_part(**parts, PartNumber=1, Body=b"x", ChecksumAlgorithm="CRC32")
    completed_part = {"PartNumber": 1, "ETag": part["ETag"], "ChecksumCRC32": part["ChecksumCRC32"]}
    s3.complete_multipart_upload(**parts, MultipartUpload={"Parts": [completed_part]})

    for entries in (
        s3.list_objects(Bucket=bucket)["Contents"],
        s3.list_objects_v2(Bucket=bucket)["Contents"],
        s3.list_object_versions(Bucket=bucket)["Versions"],
    ):
        kinds = {
            entry["Key"]: (entry.get("ChecksumAlgorithm"), entry.get("ChecksumType")) for entry in entries
        }
        assert kinds == {
            "ours": (["CRC64NVME"], "FULL_OBJECT"),
            "whole": (["SHA256"], "FULL_OBJECT"),
            "parts": (["CRC32"], "COMPOSITE"),
        }


def test_a_list_may_begin_in_the_middle(s3, listed) -> None:
    assert names_in([s3.list_objects_v2(Bucket=listed, StartAfter="b/4")]) == ["c d+e", "ä"]
    assert names_in([s3.list_objects(Bucket=listed, Marker="c d+e")]) == ["ä"]


@pytest.mark.parametrize("marker", ["a/1", "a/2", "a/b/3", "a/"])
def test_a_marker_in_a_common_prefix_stands_behind_all_of_it(s3, listed, marker: str) -> None:
    params = {"Bucket": listed, "Delimiter": "/"}
    for key in KEYS:
        s3.create_multipart_upload(Bucket=listed, Key=key)

    objects = s3.list_objects(**params, Marker=marker)
    versions = s3.list_object_versions(**params, KeyMarker=marker)
    uploads = s3.list_multipart_uploads(**params, KeyMarker=marker)

    assert names_in([objects]) == ["b/", "c d+e", "ä"]
    for page, name in ((versions, "Versions"), (uploads, "Uploads")):
        assert [entry["Key"] for entry in page[name]] == ["c d+e", "ä"]
        assert [group["Prefix"] for group in page["CommonPrefixes"]] == ["b/"]
    assert names_in([s3.list_objects_v2(**params, StartAfter="a/1")]) == ["a/", "b/", "c d+e", "ä"]


def test_no_keys_may_be_asked_for(s3, listed) -> None:
    page = s3.list_objects_v2(Bucket=listed, MaxKeys=0)

    assert (page["KeyCount"], page["IsTruncated"]) == (0, False)


def test_nonsense_is_refused(s3, listed) -> None:
    for nonsense in ({"ContinuationToken": "%%%"}, {"MaxKeys": -1}):
        with pytest.raises(ClientError) as error:
            s3.list_objects_v2(Bucket=listed, **nonsense)
        assert error.value.response["Error"]["Code"] == "InvalidArgument"
    with pytest.raises(ClientError) as error:
        s3.list_objects_v2(Bucket="t-none")
    assert error.value.response["Error"]["Code"] == "NoSuchBucket"


def test_what_was_asked_is_echoed_as_it_was_asked(s3, listed) -> None:
    """boto3 asks for encoded keys and decodes them, but for the prefix of the first version."""
    odd = "\n+ ä"
    first = s3.list_objects(Bucket=listed, Prefix=odd, Delimiter=odd, Marker=odd)
    second = s3.list_objects_v2(Bucket=listed, Prefix=odd, Delimiter=odd, StartAfter=odd)

    assert [first[name] for name in ("Prefix", "Delimiter", "Marker")] == [odd] * 3
    assert [second[name] for name in ("Prefix", "Delimiter", "StartAfter")] == [odd] * 3
    assert s3.list_objects_v2(Bucket=listed, ContinuationToken="")["ContinuationToken"] == ""
    plain = s3.list_objects(Bucket=listed, Delimiter="", Prefix="")
    assert "Delimiter" not in plain
    assert (plain["Prefix"], plain["Marker"], plain["MaxKeys"]) == ("", "", 1000)


@pytest.mark.parametrize("how", [{}, {"Delimiter": "/"}, {"Prefix": "a"}])
@pytest.mark.parametrize("size", [1, 2])
def test_no_page_of_uploads_is_lost_behind_a_key_that_xml_cannot_write(
    s3, bucket, size: int, how: dict[str, str]
) -> None:
    for key in ("a\x01/1", "a\x01/2", "a\x02", "a\x02", "a/1", "a/2", "b"):
        s3.create_multipart_upload(Bucket=bucket, Key=key)

    def listed(size: int) -> list[str]:
        pages = s3.get_paginator("list_multipart_uploads").paginate(
            Bucket=bucket, **how, PaginationConfig={"PageSize": size}
        )
        return [
            entry.get("UploadId") or entry["Prefix"]
            for page in pages
            for entry in (*page.get("Uploads", ()), *page.get("CommonPrefixes", ()))
        ]

    assert sorted(listed(size)) == sorted(listed(1000))


def test_no_page_of_versions_is_lost_behind_a_key_that_xml_cannot_write(server, s3, bucket) -> None:
    for key in ("a\x01", "a\x02", "a/", "b"):
        s3.put_object(Bucket=bucket, Key=key)
    places = 0
    markers: str | None = ""
    while markers is not None:
        page = send(server, "GET", f"/{bucket}?versions&max-keys=1{markers}", service="s3").body.decode()
        places += page.count("<Version>")
        next_key, version = (
            re.search(f"<{name}>(.*?)</{name}>", page) for name in ("NextKeyMarker", "NextVersionIdMarker")
        )
        parameters = {"key-marker": next_key[1], "version-id-marker": version[1]} if next_key else None
        markers = f"&{urlencode(parameters)}" if parameters else None

    assert places == 4


@pytest.mark.parametrize("marker", ["null:", "null:AA==", "null:%FF", ":a"])
def test_a_place_that_no_page_has_told_is_refused(s3, bucket, marker: str) -> None:
    call = s3.list_multipart_uploads

    assert code_of(call, Bucket=bucket, KeyMarker="a", UploadIdMarker=marker) == ("InvalidArgument", 400)
