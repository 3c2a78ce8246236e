"""Buckets, as boto3 and the sagemaker SDK ask for them."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError


def code_and_status(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    response = error.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]


def test_a_bucket_is_made_listed_and_deleted(s3) -> None:
    created = s3.create_bucket(Bucket="a-bucket-that-is-made-and-deleted")
    again = s3.create_bucket(Bucket="a-bucket-that-is-made-and-deleted")

    assert created["Location"] == again["Location"] == "/a-bucket-that-is-made-and-deleted"
    assert "a-bucket-that-is-made-and-deleted" in {listed["Name"] for listed in s3.list_buckets()["Buckets"]}
    s3.delete_bucket(Bucket="a-bucket-that-is-made-and-deleted")
    with pytest.raises(ClientError) as error:
        s3.head_bucket(Bucket="a-bucket-that-is-made-and-deleted")
    assert code_and_status(error) == ("404", 404)


def test_a_bucket_says_where_it_is(s3, bucket) -> None:
    assert s3.head_bucket(Bucket=bucket)["BucketRegion"] == "us-east-1"
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None


def test_an_owner_that_is_expected_must_be_the_owner(s3, bucket) -> None:
    s3.head_bucket(Bucket=bucket, ExpectedBucketOwner="123456789012")

    with pytest.raises(ClientError) as error:
        s3.head_bucket(Bucket=bucket, ExpectedBucketOwner="999999999999")
    assert code_and_status(error) == ("403", 403)
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="k", ExpectedBucketOwner="999999999999")
    assert code_and_status(error) == ("AccessDenied", 403)


def test_a_bucket_with_objects_is_kept(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="one")

    with pytest.raises(ClientError) as error:
        s3.delete_bucket(Bucket=bucket)
    assert code_and_status(error) == ("BucketNotEmpty", 409)


@pytest.mark.parametrize(
    "name", ["UPPER", "ab", "a" * 64, "a..b", "a.-b", "a-.b", "-a-b", "a-b-", "192.168.0.1", "xn--abc", "a_b"]
)
def test_a_name_that_s3_would_not_take_is_refused(s3, name: str) -> None:
    with pytest.raises(ClientError) as error:
        s3.create_bucket(Bucket=name)
    assert code_and_status(error) == ("InvalidBucketName", 400)


def test_another_region_is_refused_by_name(s3) -> None:
    with pytest.raises(ClientError, match="eu-west-1 location constraint is incompatible"):
        s3.create_bucket(Bucket="t-elsewhere", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})


def test_the_servers_own_bucket_is_neither_seen_nor_touched(s3) -> None:
    assert "secondlook-internal" not in {listed["Name"] for listed in s3.list_buckets()["Buckets"]}
    for call in (
        lambda: s3.put_object(Bucket="secondlook-internal", Key="k"),
        lambda: s3.get_object(Bucket="secondlook-internal", Key="k"),
        lambda: s3.list_objects_v2(Bucket="secondlook-internal"),
        lambda: s3.delete_bucket(Bucket="secondlook-internal"),
    ):
        with pytest.raises(ClientError) as error:
            call()
        assert code_and_status(error) == ("AccessDenied", 403)


def test_buckets_come_in_pages(s3, bucket) -> None:
    names = [
        listed["Name"]
        for page in s3.get_paginator("list_buckets").paginate(Prefix="t-", PaginationConfig={"PageSize": 1})
        for listed in page["Buckets"]
    ]

    assert bucket in names
    assert names == sorted(names)


def test_what_is_not_served_is_said_so(s3, bucket) -> None:
    for call in (s3.get_bucket_abac, s3.get_bucket_metadata_configuration, s3.create_session):
        with pytest.raises(ClientError) as error:
            call(Bucket=bucket)
        assert code_and_status(error) == ("NotImplemented", 501)


def test_cors_rules_are_kept_as_setup_scripts_write_them(s3, bucket) -> None:
    rules = [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "AllowedHeaders": [], "ExposeHeaders": []}]
    with pytest.raises(ClientError) as error:
        s3.get_bucket_cors(Bucket=bucket)
    assert code_and_status(error) == ("NoSuchCORSConfiguration", 404)

    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})

    (kept,) = s3.get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert (kept["AllowedMethods"], kept["AllowedOrigins"]) == (["GET"], ["*"])
    s3.delete_bucket_cors(Bucket=bucket)
    with pytest.raises(ClientError):
        s3.get_bucket_cors(Bucket=bucket)
    with pytest.raises(ClientError, match="Unsupported method is PATCH"):
        s3.put_bucket_cors(
            Bucket=bucket,
            CORSConfiguration={"CORSRules": [{"AllowedMethods": ["PATCH"], "AllowedOrigins": ["*"]}]},
        )
