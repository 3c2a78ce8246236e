"""Names of buckets and keys, as S3 would take them."""

from __future__ import annotations

import pytest

from secondlook.api.s3.target import bucket_name, key_name
from secondlook.wire.errors import AwsError


@pytest.mark.parametrize("name", ["abc", "a" * 63, "sagemaker-us-east-1-123456789012", "a.b.c", "1-2", "0a0"])
def test_a_name_that_s3_takes(name: str) -> None:
    assert name == bucket_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "a" * 64,
        "Abc",
        "a_b",
        "a..b",
        "a.-b",
        "-ab",
        "ab-",
        ".ab",
        "ab.",
        "1.2.3.4",
        "xn--abc",
        "sthree-a",
        "abc-s3alias",
        "abc--ol-s3",
        "abc.mrap",
        "a/b",
        "a\nb",
        "äbc",
        "abc\n",
    ],
)
def test_a_name_that_s3_refuses(name: str) -> None:
    with pytest.raises(AwsError) as error:
        bucket_name(name)

    assert "InvalidBucketName" == error.value.code


def test_a_key_is_measured_in_bytes() -> None:
    assert "ä" * 512 == key_name("ä" * 512)
    with pytest.raises(AwsError) as error:
        key_name("ä" * 513)
    assert ("KeyTooLongError", {"Size": 1026, "MaxSizeAllowed": 1024}) == (
        error.value.code,
        error.value.members,
    )


@pytest.mark.parametrize("key", ["", "a\0b"])
def test_what_no_key_can_be(key: str) -> None:
    with pytest.raises(AwsError, match="1 to 1024 bytes"):
        key_name(key)
