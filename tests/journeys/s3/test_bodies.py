"""Bodies that are not what their headers say: each refused, none stored."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import socket
import uuid
import zlib
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests.running import Server, eventually

WRONG = {
    "Content-MD5": ({"ContentMD5": base64.b64encode(bytes(16)).decode()}, "BadDigest"),
    "no MD5 at all": ({"ContentMD5": "abc"}, "InvalidDigest"),
    "CRC32": ({"ChecksumCRC32": "AAAAAA=="}, "BadDigest"),
    "CRC32C": ({"ChecksumCRC32C": "AAAAAA=="}, "BadDigest"),
    "CRC64NVME": ({"ChecksumCRC64NVME": "AAAAAAAAAAA="}, "BadDigest"),
    "SHA1": ({"ChecksumSHA1": base64.b64encode(bytes(20)).decode()}, "BadDigest"),
    "SHA256": ({"ChecksumSHA256": base64.b64encode(bytes(32)).decode()}, "BadDigest"),
    "SHA512": ({"ChecksumSHA512": base64.b64encode(bytes(64)).decode()}, "BadDigest"),
    "no checksum at all": ({"ChecksumCRC32": "AAAA"}, "InvalidRequest"),
    "an algorithm of the future": ({"ChecksumXXHASH3": "AAAAAAAAAAA="}, "InvalidRequest"),
}


@pytest.mark.parametrize("size", [3, 1_000_000])
@pytest.mark.parametrize("name", WRONG)
def test_a_body_that_is_not_what_was_said_is_refused(s3, bucket, name: str, size: int) -> None:
    wrong, expected = WRONG[name]
    s3.put_object(Bucket=bucket, Key="one", Body=b"before")

    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="one", Body=b"x" * size, **wrong)

    assert error.value.response["Error"]["Code"] == expected
    assert s3.get_object(Bucket=bucket, Key="one")["Body"].read() == b"before"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("ChecksumCRC32", base64.b64encode(zlib.crc32(b"body").to_bytes(4, "big")).decode()),
        ("ChecksumCRC32C", "Jj/JUA=="),
        ("ChecksumCRC64NVME", "mI+Ji1NHP80="),
        ("ChecksumSHA1", base64.b64encode(hashlib.sha1(b"body").digest()).decode()),
        ("ChecksumSHA256", base64.b64encode(hashlib.sha256(b"body").digest()).decode()),
        ("ChecksumSHA512", base64.b64encode(hashlib.sha512(b"body").digest()).decode()),
    ],
)
def test_a_checksum_is_verified_kept_and_told(s3, bucket, member: str, value: str) -> None:
    put = s3.put_object(Bucket=bucket, Key="one", Body=b"body", **{member: value})

    assert (put[member], put["ChecksumType"]) == (value, "FULL_OBJECT")
    got = s3.head_object(Bucket=bucket, Key="one", ChecksumMode="ENABLED")
    assert got[member] == value
    assert member not in s3.head_object(Bucket=bucket, Key="one")


def test_without_a_checksum_crc64nvme_is_added(server, bucket) -> None:
    s3 = server.client("s3", request_checksum_calculation="when_required")
    put = s3.put_object(Bucket=bucket, Key="one", Body=b"body")

    assert put["ChecksumCRC64NVME"]


def test_a_body_changed_on_its_way_is_refused(server, bucket) -> None:
    """x-amz-content-sha256 is signed and the body is held against it: nobody in between can change it."""

    def change(request, **_) -> None:
        request.body = b"evil"

    s3 = server.client("s3", request_checksum_calculation="when_required")
    s3.meta.events.register("before-send.s3.PutObject", change)
    with pytest.raises(ClientError) as error:
        s3.put_object(Bucket=bucket, Key="one", Body=b"good")

    assert error.value.response["Error"]["Code"] == "XAmzContentSHA256Mismatch"


@pytest.mark.parametrize("size", [3, 1_000_000])
def test_a_wrong_signature_is_refused_before_the_body_is_read(server, bucket, size: int) -> None:
    stranger = server.client("s3")
    stranger._request_signer._credentials.secret_key = "wrong"

    for _ in range(2):  # the connection is fit for the next request, too
        with pytest.raises(ClientError) as error:
            stranger.put_object(Bucket=bucket, Key="one", Body=b"x" * size)
        assert error.value.response["Error"]["Code"] == "SignatureDoesNotMatch"


def test_a_client_that_leaves_in_the_middle_leaves_nothing(server, s3, bucket) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"before")
    target = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "one"})

    beginning = uuid.uuid4().bytes

    with socket.create_connection(("127.0.0.1", server.port)) as line:
        head = f"PUT {target.removeprefix(server.url)} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        line.sendall(head.encode() + b"Content-Length: 1000000\r\n\r\n" + beginning * 40_000)
        eventually(lambda: begun(server, beginning))

    eventually(lambda: not begun(server, beginning))
    assert s3.get_object(Bucket=bucket, Key="one")["Body"].read() == b"before"


def begun(server: Server, beginning: bytes) -> list[Path]:
    """The files whose body begins so."""
    paths = []
    for path in (server.data / "objects").glob("*/*"):
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            if file.read(len(beginning)) == beginning:
                paths.append(path)
    return paths
