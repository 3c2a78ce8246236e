"""How the source of a copy is written: percent-encoded, and refused where nobody could say which object it is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.journeys.client_errors import code_of
from tests.journeys.signed import send


@pytest.mark.parametrize("source", ["x-%13668%-1.wav", "100%", "%zz", "%f", "%FF", "%C3"])
def test_a_source_that_is_not_encoded_is_refused(server, bucket, source: str) -> None:
    """By raw requests: boto3 encodes whatever it is given."""
    headers = {"x-amz-copy-source": f"/{bucket}/{source}"}
    answer = send(server, "PUT", f"/{bucket}/copy", headers, service="s3")

    error = ET.fromstring(answer.body)
    assert (answer.status, error.findtext("Code")) == (400, "InvalidArgument")
    assert "Invalid copy source encoding" in error.findtext("Message")


@pytest.mark.parametrize("key", ["100%", "a+b c", "ä/€", "?versionId=7", "%41", " ", "__"])
def test_a_source_that_is_encoded_is_found(s3, bucket, key: str) -> None:
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})

    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == key.encode()


def test_a_source_may_have_its_letters_as_bytes(server, s3, bucket) -> None:
    """Clients of PHP and R send them so. By a raw request, because Python sends latin-1."""
    s3.put_object(Bucket=bucket, Key="ä/€", Body=b"x")
    headers = {"x-amz-copy-source": f"/{bucket}/ä/€".encode().decode("latin-1")}

    assert send(server, "PUT", f"/{bucket}/copy", headers, service="s3").status == 200


@pytest.mark.parametrize(("source", "key"), [("a+b", "a b"), ("a%2Bb", "a+b"), ("a%20b", "a b")])
def test_a_plus_in_a_source_is_a_space(server, s3, bucket, source: str, key: str) -> None:
    for stored in ("a b", "a+b"):
        s3.put_object(Bucket=bucket, Key=stored, Body=stored.encode())
    headers = {"x-amz-copy-source": f"/{bucket}/{source}"}

    assert send(server, "PUT", f"/{bucket}/copy", headers, service="s3").status == 200
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == key.encode()


@pytest.mark.parametrize("source", ["none", "/none", "none/", ""])
def test_a_source_names_bucket_and_key(s3, bucket, source: str) -> None:
    assert code_of(s3.copy_object, Bucket=bucket, Key="copy", CopySource=source) == ("InvalidArgument", 400)


def test_errors_and_lists_are_xml_whatever_the_key(server, s3, bucket) -> None:
    """Some characters cannot be written in XML 1.0; who lists such keys asks for EncodingType=url, as boto3 does."""
    s3.put_object(Bucket=bucket, Key="a\x01\uffff", Body=b"x")

    missing = send(server, "GET", f"/{bucket}/none%01", service="s3")
    listed = send(server, "GET", f"/{bucket}?prefix=a%01", service="s3")
    encoded = send(server, "GET", f"/{bucket}?prefix=a%01&encoding-type=url", service="s3")

    assert ET.fromstring(missing.body).findtext("Key") == "none\ufffd"
    assert "<Key>a\ufffd\ufffd</Key>" in listed.body.decode()
    ET.fromstring(listed.body)
    assert "<Key>a%01%EF%BF%BF</Key>" in encoded.body.decode()


def test_a_copy_onto_itself_is_told_first_of_a_storage_class_that_is_not_here(s3, bucket) -> None:
    an_object = {"Bucket": bucket, "Key": "one"}
    s3.put_object(**an_object)

    assert code_of(s3.copy_object, **an_object, CopySource=an_object, StorageClass="GLACIER") == (
        "InvalidStorageClass",
        400,
    )
    assert code_of(s3.copy_object, **an_object, CopySource=an_object) == ("InvalidRequest", 400)


def test_times_are_whole_seconds_wherever_they_are_told(s3, bucket) -> None:
    an_object = {"Bucket": bucket, "Key": "one"}
    s3.put_object(**an_object)
    upload = {**an_object, "UploadId": s3.create_multipart_upload(**an_object)["UploadId"]}
    part = s3.upload_part_copy(**upload, PartNumber=1, CopySource=an_object)["CopyPartResult"]
    copied = s3.copy_object(Bucket=bucket, Key="two", CopySource=an_object)["CopyObjectResult"]
    (listed,) = (entry for entry in s3.list_buckets()["Buckets"] if entry["Name"] == bucket)
    times = [part["LastModified"], copied["LastModified"], listed["CreationDate"]]

    assert [time.microsecond for time in times] == [0, 0, 0]
