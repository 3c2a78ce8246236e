"""Tags of a bucket by S3 Control, as Terraform reads and writes them since version 6.23 of its provider."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.client_errors import code_of
from tests.running import Server

ACCOUNT = "123456789012"


@pytest.fixture
def control(server: Server) -> Any:
    return server.client("s3control")


def test_tags_are_those_of_the_bucket(control: Any, s3: Any, bucket: str) -> None:
    for arn in (f"arn:aws:s3:::{bucket}", f"arn:aws:s3:us-east-1:{ACCOUNT}:bucket/{bucket}"):
        named = {"AccountId": ACCOUNT, "ResourceArn": arn}
        assert control.list_tags_for_resource(**named).get("Tags", []) == []

        control.tag_resource(**named, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
        control.tag_resource(**named, Tags=[{"Key": "a", "Value": "3"}])

        tags = [{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "3"}]
        assert control.list_tags_for_resource(**named)["Tags"] == tags
        assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == tags
        control.untag_resource(**named, TagKeys=["a"])
        assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == tags[:1]
        control.untag_resource(**named, TagKeys=["b"])
        assert code_of(s3.get_bucket_tagging, Bucket=bucket) == ("NoSuchTagSet", 404)


def test_what_has_no_tags_here_is_told_so(control: Any, bucket: str) -> None:
    call = control.list_tags_for_resource
    arn = f"arn:aws:s3:::{bucket}"
    assert code_of(call, AccountId=ACCOUNT, ResourceArn="arn:aws:s3:::t-none") == ("NoSuchResource", 404)
    point = f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/x"
    assert code_of(call, AccountId=ACCOUNT, ResourceArn=point) == ("NotImplemented", 501)
    twice = [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]
    refused = code_of(control.tag_resource, AccountId=ACCOUNT, ResourceArn=arn, Tags=twice)
    assert refused == ("InvalidTag", 400)


def test_a_bucket_may_be_called_as_its_paths_begin(s3: Any) -> None:
    s3.create_bucket(Bucket="v20180820")
    s3.put_object(Bucket="v20180820", Key="tags/arn:aws:s3:::x", Body=b"x")

    assert s3.get_object(Bucket="v20180820", Key="tags/arn:aws:s3:::x")["Body"].read() == b"x"


def test_an_object_of_the_type_of_a_form_is_still_an_object(s3: Any, bucket: str) -> None:
    kind = "application/x-www-form-urlencoded"
    s3.put_object(Bucket=bucket, Key="one", Body=b"a=b", ContentType=kind)

    assert s3.get_object(Bucket=bucket, Key="one")["ContentType"] == kind
