"""A file under the objects' directory is gone: every reader is told the same, once, and no path of the server."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.running import Server

READERS: dict[str, Callable[[Any, str], Any]] = {
    "GetObject": lambda s3, name: s3.get_object(Bucket=name, Key="lost"),
    "a range": lambda s3, name: s3.get_object(Bucket=name, Key="lost", Range="bytes=0-3"),
    "HeadObject": lambda s3, name: s3.head_object(Bucket=name, Key="lost"),
    "CopyObject": lambda s3, name: s3.copy_object(Bucket=name, Key="two", CopySource=f"{name}/lost"),
    "UploadPartCopy": lambda s3, name: s3.upload_part_copy(
        Bucket=name,
        Key="big",
        UploadId=s3.create_multipart_upload(Bucket=name, Key="big")["UploadId"],
        PartNumber=1,
        CopySource=f"{name}/lost",
    ),
}


ENDS_EARLY = Path("/sys/devices/system/cpu/online")
"""A file of the kernel's that says it has a page of bytes, and has a few: as one that is cut short while it is read."""


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_all_readers_of_a_lost_body_are_told_the_same(
    server: Server, name: str, read: Callable[[Any, str], Any]
) -> None:
    s3, body = server.client("s3", retries={"total_max_attempts": 4}), uuid.uuid4().bytes
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="lost", Body=body)
    (file,) = (path for path in (server.data / "objects").rglob("*/*") if path.read_bytes() == body)
    file.unlink()

    with pytest.raises(ClientError) as error:
        read(s3, name)
    answer = error.value.response

    assert 410 == answer["ResponseMetadata"]["HTTPStatusCode"]
    assert 0 == answer["ResponseMetadata"]["RetryAttempts"]
    assert answer["Error"]["Code"] in {"ObjectBodyLost", "410"}  # a HEAD has no body, so no code
    assert str(server.data) not in str(answer)
    assert 1 == server.log.count(str(file))
    s3.put_object(Bucket=name, Key="lost", Body=b"again")
    assert b"again" == s3.get_object(Bucket=name, Key="lost")["Body"].read()


@pytest.mark.parametrize(
    "read",
    [
        READERS["GetObject"],
        READERS["UploadPartCopy"],
        lambda s3, name: s3.copy_object(
            Bucket=name, Key="two", CopySource=f"{name}/lost", ChecksumAlgorithm="SHA256"
        ),
    ],
    ids=["GetObject", "UploadPartCopy", "CopyObject with a checksum"],
)
def test_a_body_that_is_cut_short_while_it_is_read_is_lost(
    server: Server, name: str, read: Callable[[Any, str], Any]
) -> None:
    s3, body = server.client("s3"), secrets.token_bytes(ENDS_EARLY.stat().st_size)
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="lost", Body=body)
    (file,) = (path for path in (server.data / "objects").rglob("*/*") if path.read_bytes() == body)
    file.unlink()
    file.symlink_to(ENDS_EARLY)
    logged = len(server.log)

    with pytest.raises(ClientError) as error:
        read(s3, name)

    assert "ObjectBodyLost" == error.value.response["Error"]["Code"]
    assert 410 == error.value.response["ResponseMetadata"]["HTTPStatusCode"]
    assert [str(file) in line for line in server.log[logged:].splitlines()] == [True]
    file.unlink()
