"""Parts of objects: what a reader asks for by Range, and what a copy takes."""

from __future__ import annotations

import pytest

from tests.journeys.client_errors import code_of, refused

DIGITS = b"0123456789"
MANY = f"bytes=0-{'9' * 5000}"
"""More digits than `int` reads."""


@pytest.fixture
def digits(s3, bucket) -> dict[str, str]:
    s3.put_object(Bucket=bucket, Key="digits", Body=DIGITS)
    return {"Bucket": bucket, "Key": "digits"}


@pytest.mark.parametrize(
    ("positions", "first", "last"),
    [("2-4", 2, 4), ("4-", 4, 9), ("-3", 7, 9), ("8-99", 8, 9), ("-99", 0, 9), ("0-", 0, 9), ("0-9", 0, 9)],
)
def test_a_range_is_answered_as_one_even_if_it_is_all(
    s3, digits, positions: str, first: int, last: int
) -> None:
    expected = (206, f"bytes {first}-{last}/10", last - first + 1)
    for read in (s3.get_object, s3.head_object):
        answer = read(**digits, Range=f"bytes={positions}")
        status = answer["ResponseMetadata"]["HTTPStatusCode"]
        assert (status, answer["ContentRange"], answer["ContentLength"]) == expected
    body = s3.get_object(**digits, Range=f"bytes={positions}")["Body"].read()
    assert body == DIGITS[first : last + 1]


@pytest.mark.parametrize(("positions", "answer"), [("0-{}", 206), ("-{}", 206), ("{}-", 416)])
def test_a_range_may_be_written_with_any_number_of_digits(s3, digits, positions: str, answer: int) -> None:
    header = f"bytes={positions.format('9' * 5000)}"
    if answer == 416:
        assert code_of(s3.get_object, **digits, Range=header) == ("InvalidRange", 416)
    else:
        assert s3.get_object(**digits, Range=header)["Body"].read() == DIGITS


@pytest.mark.parametrize("header", ["bytes=0-1,4-5", "bytes=5-2", "bytes=x-y", "pages=1-2", "bytes=-"])
def test_what_is_no_single_range_is_ignored(s3, digits, header: str) -> None:
    answer = s3.get_object(**digits, Range=header)

    assert (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Body"].read()) == (200, DIGITS)
    assert "ContentRange" not in answer


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_a_range_outside_is_refused_with_the_size(s3, digits, header: str) -> None:
    answer = refused("InvalidRange", "not satisfiable", s3.get_object, **digits, Range=header)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 416
    assert answer["Error"]["ActualObjectSize"] == "10"
    assert code_of(s3.head_object, **digits, Range=header) == ("416", 416)


def test_nothing_is_a_part_of_an_empty_object(s3, bucket) -> None:
    empty = {"Bucket": bucket, "Key": "empty"}
    s3.put_object(**empty)

    assert code_of(s3.get_object, **empty, Range="bytes=0-") == ("InvalidRange", 416)
    assert s3.get_object(**empty)["Body"].read() == b""


@pytest.mark.parametrize(
    "header", ["bytes=0-10", "bytes=10-12", "bytes=9-1", "bytes=4-", "bytes=-4", "0-4", MANY]
)
def test_a_copy_takes_only_what_its_source_has(s3, bucket, digits, header: str) -> None:
    part = {"Bucket": bucket, "Key": "copy", "PartNumber": 1, "CopySource": digits}
    part["UploadId"] = s3.create_multipart_upload(Bucket=bucket, Key="copy")["UploadId"]

    assert code_of(s3.upload_part_copy, **part, CopySourceRange=header) == ("InvalidArgument", 400)
    s3.upload_part_copy(**part, CopySourceRange="bytes=0-9")
