"""What a program asks of an object before it is read, replaced, copied or deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.etree import ElementTree as ET

import pytest
from botocore.exceptions import ClientError

from tests.journeys.client_errors import code_of
from tests.journeys.signed import send

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OTHER = '"00000000000000000000000000000000"'
REFUSED = ("PreconditionFailed", 412)


@pytest.fixture
def an_object(s3, bucket) -> dict[str, str]:
    return {"Bucket": bucket, "Key": "one"}


@pytest.fixture
def head(s3, an_object):
    s3.put_object(**an_object, Body=b"four")
    return s3.head_object(**an_object)


@pytest.mark.parametrize(
    "condition", [{"IfMatch": OTHER}, {"IfMatchSize": 5}, {"IfMatchLastModifiedTime": LONG_AGO}]
)
def test_a_delete_whose_condition_fails_deletes_nothing(s3, an_object, head, condition) -> None:
    assert code_of(s3.delete_object, **an_object, **condition) == REFUSED
    assert s3.get_object(**an_object)["Body"].read() == b"four"


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
@pytest.mark.parametrize(
    ("header", "value"),
    [("If-Unmodified-Since", format_datetime(LONG_AGO, usegmt=True)), ("If-None-Match", OTHER)],
)
def test_a_condition_that_no_write_knows_is_refused_and_nothing_changes(
    server, s3, an_object, head, method: str, header: str, value: str
) -> None:
    path = f"/{an_object['Bucket']}/{an_object['Key']}"
    answer = send(server, method, path, {header: value}, service="s3")

    assert (answer.status, ET.fromstring(answer.body).findtext("Code")) == (501, "NotImplemented")
    assert s3.get_object(**an_object)["Body"].read() == b"four"


@pytest.mark.parametrize("tag", ["its own", "*"])
def test_a_delete_whose_conditions_hold_deletes(s3, an_object, head, tag: str) -> None:
    etag = head["ETag"] if tag == "its own" else tag
    s3.delete_object(**an_object, IfMatch=etag, IfMatchSize=4, IfMatchLastModifiedTime=head["LastModified"])

    assert code_of(s3.head_object, **an_object) == ("404", 404)


def test_one_condition_that_fails_is_enough(s3, an_object, head) -> None:
    assert code_of(s3.delete_object, **an_object, IfMatch=head["ETag"], IfMatchSize=5) == REFUSED


def test_nothing_to_delete_is_missed_only_by_who_names_its_etag(s3, an_object) -> None:
    for etag in (OTHER, "*"):
        assert code_of(s3.delete_object, **an_object, IfMatch=etag) == ("NoSuchKey", 404)
    s3.delete_object(**an_object, IfMatchSize=4, IfMatchLastModifiedTime=LONG_AGO)
    assert code_of(s3.delete_object, Bucket="t-none", Key="one", IfMatch=OTHER) == ("NoSuchBucket", 404)


def test_each_of_many_is_deleted_on_its_own_condition(s3, bucket) -> None:
    for key in ("right", "etag", "size", "time", "free", "twice"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    head = {key: s3.head_object(Bucket=bucket, Key=key) for key in ("right", "twice")}
    entries = [
        {
            "Key": "right",
            "ETag": head["right"]["ETag"],
            "Size": 5,
            "LastModifiedTime": head["right"]["LastModified"],
        },
        {"Key": "etag", "ETag": OTHER},
        {"Key": "size", "Size": 5},
        {"Key": "time", "LastModifiedTime": LONG_AGO},
        {"Key": "free"},
        {"Key": "none", "ETag": OTHER},
        {"Key": "twice", "ETag": head["twice"]["ETag"]},
        {"Key": "twice", "ETag": head["twice"]["ETag"]},
    ]

    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": entries})

    assert [deleted["Key"] for deleted in answer["Deleted"]] == ["right", "free", "twice"]
    assert [(error["Key"], error["Code"]) for error in answer["Errors"]] == [
        ("etag", "PreconditionFailed"),
        ("size", "PreconditionFailed"),
        ("time", "PreconditionFailed"),
        ("none", "NoSuchKey"),
        ("twice", "NoSuchKey"),
    ]
    kept = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert kept == ["etag", "size", "time"]


def test_a_quiet_delete_of_many_still_tells_what_stays(s3, bucket, an_object, head) -> None:
    entries = [{"Key": "one", "ETag": OTHER}, {"Key": "free"}]

    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": entries, "Quiet": True})

    assert "Deleted" not in answer
    assert [error["Key"] for error in answer["Errors"]] == ["one"]


def test_writes_hold_their_conditions(s3, an_object, head) -> None:
    assert code_of(s3.put_object, **an_object, IfNoneMatch="*") == REFUSED
    assert code_of(s3.put_object, **an_object, IfMatch=OTHER) == REFUSED
    assert code_of(s3.put_object, **{**an_object, "Key": "none"}, IfMatch="*") == ("NoSuchKey", 404)
    assert code_of(s3.put_object, **an_object, IfNoneMatch=head["ETag"]) == ("NotImplemented", 501)
    s3.put_object(**an_object, Body=b"new", IfMatch=head["ETag"].strip('"'))
    s3.put_object(**an_object, Body=b"newer", IfMatch="*")
    assert s3.get_object(**an_object)["Body"].read() == b"newer"


def test_copies_hold_the_conditions_of_what_they_replace(s3, bucket, an_object, head) -> None:
    copy = {"Bucket": bucket, "Key": "copy", "CopySource": an_object}

    assert code_of(s3.copy_object, **copy, IfMatch="*") == ("NoSuchKey", 404)
    s3.copy_object(**copy, IfNoneMatch="*")
    assert code_of(s3.copy_object, **copy, IfNoneMatch="*") == REFUSED
    assert code_of(s3.copy_object, **copy, IfMatch=OTHER) == REFUSED


def test_copies_hold_the_conditions_of_their_source(s3, bucket, an_object, head) -> None:
    copy = {"Bucket": bucket, "Key": "copy", "CopySource": an_object}
    then, soon = head["LastModified"], datetime.now(UTC) + timedelta(days=1)

    for condition, name in (
        ({"CopySourceIfMatch": OTHER}, "If-Match"),
        ({"CopySourceIfNoneMatch": head["ETag"]}, "If-None-Match"),
        ({"CopySourceIfUnmodifiedSince": LONG_AGO}, "If-Unmodified-Since"),
        ({"CopySourceIfModifiedSince": then}, "If-Modified-Since"),
        ({"CopySourceIfMatch": OTHER, "CopySourceIfUnmodifiedSince": soon}, "If-Match"),
    ):
        with pytest.raises(ClientError) as refused:
            s3.copy_object(**copy, **condition)
        error = refused.value.response["Error"]
        assert (error["Code"], error["Condition"]) == ("PreconditionFailed", f"x-amz-copy-source-{name}")
    s3.copy_object(**copy, CopySourceIfMatch=head["ETag"], CopySourceIfUnmodifiedSince=LONG_AGO)
    s3.copy_object(**copy, CopySourceIfModifiedSince=soon)
    s3.copy_object(**copy, CopySourceIfNoneMatch=OTHER)


def test_completions_hold_their_conditions(s3, an_object, head) -> None:
    an_object["UploadId"] = s3.create_multipart_upload(**an_object)["UploadId"]
    part = s3.upload_part(**an_object, PartNumber=1, Body=b"new")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}

    assert (
        code_of(s3.complete_multipart_upload, **an_object, MultipartUpload=parts, IfNoneMatch="*") == REFUSED
    )
    assert code_of(s3.complete_multipart_upload, **an_object, MultipartUpload=parts, IfMatch=OTHER) == REFUSED
    s3.complete_multipart_upload(**an_object, MultipartUpload=parts, IfMatch=head["ETag"])


def test_an_abort_holds_the_time_that_its_upload_began(s3, bucket, an_object) -> None:
    an_object["UploadId"] = s3.create_multipart_upload(**an_object)["UploadId"]
    (upload,) = s3.list_multipart_uploads(Bucket=bucket)["Uploads"]

    assert code_of(s3.abort_multipart_upload, **an_object, IfMatchInitiatedTime=LONG_AGO) == REFUSED
    s3.abort_multipart_upload(**an_object, IfMatchInitiatedTime=upload["Initiated"])


def test_refusing_goes_before_saying_that_nothing_changed(s3, an_object, head) -> None:
    unchanged = {"IfNoneMatch": head["ETag"]}

    assert code_of(s3.get_object, **an_object, **unchanged, IfMatch=OTHER)[1] == 412
    assert code_of(s3.get_object, **an_object, **unchanged, IfUnmodifiedSince=LONG_AGO)[1] == 412
    assert code_of(s3.get_object, **an_object, **unchanged, IfMatch=head["ETag"])[1] == 304
    s3.get_object(**an_object, IfNoneMatch=OTHER, IfModifiedSince=head["LastModified"])


@pytest.mark.parametrize("beyond", [{"Range": "bytes=4-"}, {"PartNumber": 2}])
def test_conditions_of_a_read_come_before_what_is_beyond_its_end(s3, an_object, head, beyond) -> None:
    for read in (s3.get_object, s3.head_object):
        for condition in ({"IfMatch": OTHER}, {"IfUnmodifiedSince": LONG_AGO}):
            assert code_of(read, **an_object, **beyond, **condition)[1] == 412
        assert code_of(read, **an_object, **beyond, IfNoneMatch="*") == ("304", 304)
        assert code_of(read, **an_object, **beyond, IfMatch=head["ETag"])[1] == 416


def test_conditions_of_a_copy_come_before_a_range_beyond_its_end(s3, bucket, an_object, head) -> None:
    part = {"Bucket": bucket, "Key": "copy", "PartNumber": 1, "CopySource": an_object}
    part["UploadId"] = s3.create_multipart_upload(Bucket=bucket, Key="copy")["UploadId"]
    part["CopySourceRange"] = "bytes=4-9"

    assert code_of(s3.upload_part_copy, **part, CopySourceIfMatch=OTHER) == REFUSED
    assert code_of(s3.upload_part_copy, **part, CopySourceIfMatch=head["ETag"]) == ("InvalidArgument", 400)
