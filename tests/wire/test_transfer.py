"""What the headers say of how a body comes. The tables are what AWS was seen to answer."""

from __future__ import annotations

import pytest

from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.transfer import announced_trailers, object_length

CHUNKS = {"x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}


def _request(headers: dict[str, str]) -> Request:
    return Request("PUT", "/b/k", headers=Headers(headers.items()))


@pytest.mark.parametrize(
    ("headers", "length"),
    [
        ({"content-length": "7"}, 7),
        ({"content-length": "0"}, 0),
        ({"transfer-encoding": "chunked"}, None),
        (CHUNKS | {"content-length": "50", "x-amz-decoded-content-length": "7"}, 7),
        (CHUNKS | {"transfer-encoding": "chunked", "x-amz-decoded-content-length": "7"}, 7),
    ],
)
def test_the_objects_size_is_read(headers: dict[str, str], length: int | None) -> None:
    assert object_length(_request(headers)) == length


@pytest.mark.parametrize(
    "headers",
    [
        {},
        CHUNKS,
        CHUNKS | {"content-length": "7"},
        CHUNKS | {"transfer-encoding": "chunked"},
        *(
            CHUNKS | {"x-amz-decoded-content-length": length}
            for length in ("", "-1", "x", "1e3", "٣", "9" * 5000)
        ),
    ],
)
def test_the_objects_size_is_needed(headers: dict[str, str]) -> None:
    with pytest.raises(AwsError, match=r"You must provide the Content-Length HTTP header\.") as caught:
        object_length(_request(headers))

    assert (caught.value.code, caught.value.status) == ("MissingContentLength", 411)


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("", []),
        ("x-amz-checksum-crc32", ["x-amz-checksum-crc32"]),
        ("X-Amz-Checksum-CRC32", ["x-amz-checksum-crc32"]),
        ("x-amz-checksum-crc32,", ["x-amz-checksum-crc32"]),
        ("x-amz-checksum-crc32,,", ["x-amz-checksum-crc32"]),
        ("x-amz-checksum-crc32, ", ["x-amz-checksum-crc32"]),
        ("x-amz-checksum-crc32, x-amz-checksum-sha1", ["x-amz-checksum-crc32", "x-amz-checksum-sha1"]),
    ],
)
def test_the_announced_trailers_are_read(listed: str, names: list[str]) -> None:
    assert announced_trailers(_request({"x-amz-trailer": listed})) == names


@pytest.mark.parametrize(
    "listed",
    [
        ", x-amz-checksum-crc32",
        ",x-amz-checksum-crc32",
        "x-amz-checksum-crc32, ,",
        "x-amz-checksum-bad",
        "x-amz-checksum-crc32, x-amz-foo",
        "content-md5",
        "x-amz-content-sha256",
    ],
)
def test_only_checksums_can_follow_a_body(listed: str) -> None:
    with pytest.raises(AwsError, match="The value specified in the x-amz-trailer header is not supported"):
        announced_trailers(_request({"x-amz-trailer": listed}))
