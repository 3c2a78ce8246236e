"""Tags of objects: put beside them, with them, and counted where they are read."""

from __future__ import annotations

import pytest

from tests.journeys.client_errors import code_of, refused

TWO = {"TagSet": [{"Key": "team", "Value": "fraud"}, {"Key": "Ort", "Value": "Köln / Süd"}]}


@pytest.fixture
def an_object(s3, bucket) -> dict[str, str]:
    s3.put_object(Bucket=bucket, Key="one", Body=b"x")
    return {"Bucket": bucket, "Key": "one"}


def tags(s3, bucket: str, key: str) -> dict[str, str]:
    tag_set = s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    return {tag["Key"]: tag["Value"] for tag in tag_set}


def test_tags_are_put_read_counted_and_deleted(s3, an_object) -> None:
    before = s3.head_object(**an_object)
    assert s3.get_object_tagging(**an_object)["TagSet"] == []

    s3.put_object_tagging(**an_object, Tagging=TWO)

    assert s3.get_object_tagging(**an_object)["TagSet"] == TWO["TagSet"]
    for read in (s3.get_object, s3.head_object):
        assert read(**an_object)["TagCount"] == 2
        assert read(**an_object)["LastModified"] == before["LastModified"]
    s3.put_object_tagging(**an_object, Tagging={"TagSet": [{"Key": "a", "Value": ""}]})
    assert tags(s3, an_object["Bucket"], "one") == {"a": ""}
    s3.delete_object_tagging(**an_object)
    assert s3.get_object_tagging(**an_object)["TagSet"] == []
    assert "TagCount" not in s3.get_object(**an_object)


def test_an_object_comes_with_its_tags(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"x", Tagging="team=fraud&Ort=K%C3%B6ln&empty")
    assert tags(s3, bucket, "one") == {"team": "fraud", "Ort": "Köln", "empty": ""}

    s3.put_object(Bucket=bucket, Key="one", Body=b"y")
    assert tags(s3, bucket, "one") == {}


def test_an_object_in_parts_has_the_tags_of_its_upload(s3, bucket) -> None:
    where = {"Bucket": bucket, "Key": "parts"}
    where["UploadId"] = s3.create_multipart_upload(**where, Tagging="Hello=World&foo=bar")["UploadId"]
    etag = s3.upload_part(**where, PartNumber=1, Body=b"x")["ETag"]
    s3.complete_multipart_upload(**where, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})

    assert tags(s3, bucket, "parts") == {"Hello": "World", "foo": "bar"}


def test_a_copy_has_the_tags_of_its_source_unless_it_brings_others(s3, bucket, an_object) -> None:
    s3.put_object_tagging(**an_object, Tagging=TWO)

    s3.copy_object(Bucket=bucket, Key="same", CopySource=an_object)
    s3.copy_object(
        Bucket=bucket, Key="same too", CopySource=an_object, MetadataDirective="REPLACE", Tagging="no=effect"
    )
    s3.copy_object(
        Bucket=bucket, Key="other", CopySource=an_object, TaggingDirective="REPLACE", Tagging="a=b"
    )
    s3.copy_object(Bucket=bucket, Key="none", CopySource=an_object, TaggingDirective="REPLACE")

    assert tags(s3, bucket, "same") == tags(s3, bucket, "same too") == tags(s3, bucket, "one")
    assert tags(s3, bucket, "other") == {"a": "b"}
    assert tags(s3, bucket, "none") == {}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({f"k{number}": "v" for number in range(11)}, "BadRequest"),
        ({"k" * 129: "v"}, "InvalidTag"),
        ({"k": "v" * 257}, "InvalidTag"),
        ({"a&b": "v"}, "InvalidTag"),
        ({"k": "v<"}, "InvalidTag"),
        ({"aws:mine": "v"}, "InvalidTag"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_tag_that_s3_would_not_take_is_refused(s3, an_object, wrong, code: str) -> None:
    s3.put_object_tagging(**an_object, Tagging=TWO)
    tag_set = [{"Key": key, "Value": value} for key, value in wrong.items()]

    assert code_of(s3.put_object_tagging, **an_object, Tagging={"TagSet": tag_set}) == (code, 400)
    assert s3.get_object_tagging(**an_object)["TagSet"] == TWO["TagSet"]


def test_the_largest_tags_are_taken(s3, an_object) -> None:
    largest = [{"Key": f"{number}".rjust(128, "k"), "Value": "v" * 256} for number in range(10)]
    s3.put_object_tagging(**an_object, Tagging={"TagSet": largest})

    assert s3.get_object_tagging(**an_object)["TagSet"] == largest


def test_who_gives_a_tag_of_aws_is_told_of_objects_or_buckets(s3, bucket, an_object) -> None:
    ours = {"TagSet": [{"Key": "aws:ours", "Value": "v"}]}

    refused(
        "InvalidTag",
        "Your TagKey cannot be prefixed with aws:",
        s3.put_object_tagging,
        **an_object,
        Tagging=ours,
    )
    refused("InvalidTag", "prefixed with aws:", s3.put_object, **an_object, Tagging="aws:ours=v")
    refused("InvalidTag", "System tags", s3.put_bucket_tagging, Bucket=bucket, Tagging=ours)


def test_a_value_that_cannot_be_is_told(s3, an_object) -> None:
    wrong = {"TagSet": [{"Key": "k", "Value": "a,b"}]}

    error = refused("InvalidTag", "TagValue", s3.put_object_tagging, **an_object, Tagging=wrong)["Error"]
    assert (error["TagKey"], error["TagValue"]) == ("k", "a,b")


def test_tags_of_a_header_are_told_by_key(s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"x", Tagging="foo=bar&bar&&baz=")

    assert s3.get_object_tagging(Bucket=bucket, Key="one")["TagSet"] == [
        {"Key": "bar", "Value": ""},
        {"Key": "baz", "Value": ""},
        {"Key": "foo", "Value": "bar"},
    ]


@pytest.mark.parametrize("header", ["a=1&a=2", "a=%FF", "a=1,b=2", "TagSet=[{Key=k,Value=v}]", "a=b=c"])
def test_a_header_that_is_no_query_of_tags_is_told(s3, an_object, header: str) -> None:
    error = refused("InvalidArgument", "duplicates", s3.put_object, **an_object, Tagging=header)["Error"]

    assert (error["ArgumentName"], error["ArgumentValue"]) == ("x-amz-tagging", header)


def test_a_key_stands_once(s3, an_object) -> None:
    twice = {"TagSet": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}

    refused("InvalidTag", "same key", s3.put_object_tagging, **an_object, Tagging=twice)
    refused("InvalidTag", "TagKey", s3.put_object, **an_object, Tagging="=1")
    refused("InvalidTag", "TagValue", s3.put_object, **an_object, Tagging="a=%3C")


def test_what_is_not_there_has_no_tags(s3, bucket) -> None:
    for call in (s3.get_object_tagging, s3.delete_object_tagging):
        assert code_of(call, Bucket=bucket, Key="none") == ("NoSuchKey", 404)
        assert code_of(call, Bucket="t-none", Key="none") == ("NoSuchBucket", 404)
    assert code_of(s3.put_object_tagging, Bucket=bucket, Key="none", Tagging=TWO) == ("NoSuchKey", 404)
