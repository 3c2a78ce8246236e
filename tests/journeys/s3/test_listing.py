"""Listings through plain boto3, in both versions of the operation."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

KEYS = ["a", "a/1", "a/2", "a/b/3", "b/4", "c d+e", "ä"]


@pytest.fixture
def listed(s3, bucket) -> str:
    for key in KEYS:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    return bucket


def found(pages) -> list[str]:
    return [
        name
        for page in pages
        for name in sorted(
            [one["Key"] for one in page.get("Contents", [])]
            + [one["Prefix"] for one in page.get("CommonPrefixes", [])]
        )
    ]


@pytest.mark.parametrize("size", [1, 2, 1000])
@pytest.mark.parametrize("operation", ["list_objects_v2", "list_objects"])
def test_pages_of_any_size_hold_all(s3, listed, operation: str, size: int) -> None:
    paginator = s3.get_paginator(operation)
    page = {"PaginationConfig": {"PageSize": size}}

    assert found(paginator.paginate(Bucket=listed, **page)) == KEYS
    assert found(paginator.paginate(Bucket=listed, Delimiter="/", **page)) == ["a", "a/", "b/", "c d+e", "ä"]
    assert found(paginator.paginate(Bucket=listed, Prefix="a/", Delimiter="/", **page)) == [
        "a/1",
        "a/2",
        "a/b/",
    ]


def test_a_page_says_what_it_is(s3, listed) -> None:
    page = s3.list_objects_v2(Bucket=listed, MaxKeys=2, FetchOwner=True)

    assert (page["KeyCount"], page["MaxKeys"], page["IsTruncated"]) == (2, 2, True)
    one = page["Contents"][0]
    assert (one["Key"], one["Size"], one["StorageClass"]) == ("a", 1, "STANDARD")
    assert one["ETag"] == s3.head_object(Bucket=listed, Key="a")["ETag"]
    assert len(one["Owner"]["ID"]) == 64


def test_a_list_may_begin_in_the_middle(s3, listed) -> None:
    assert found([s3.list_objects_v2(Bucket=listed, StartAfter="b/4")]) == ["c d+e", "ä"]
    assert found([s3.list_objects(Bucket=listed, Marker="c d+e")]) == ["ä"]


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
