"""How the S3 behind us is called."""

from __future__ import annotations

import boto3
import pytest

from secondlook.store.bucket.client import Remote
from secondlook.store.bucket.words import RESERVED, described
from secondlook.store.errors import Elsewhere, MetadataTooLarge
from secondlook.store.objects import About


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "k")


def test_a_client_is_told_of_a_hanging_s3_before_it_gives_up_on_us() -> None:
    ours = Remote("s3://x-?endpoint=http://127.0.0.1:1").call.meta.config
    sdk = boto3.client("s3", region_name="us-east-1").meta.config

    longest = (ours.connect_timeout + ours.read_timeout) * ours.retries["total_max_attempts"]
    assert longest < sdk.read_timeout


def test_keys_of_a_kms_that_is_none_of_its_own_are_not_asked_of_it() -> None:
    said = described(About(encryption={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/ours"}))

    assert set(said) == {"ContentType", "Metadata"}


def test_metadata_cannot_pass_for_what_we_keep_there() -> None:
    with pytest.raises(Elsewhere, match=RESERVED):
        described(About(metadata={RESERVED: "{}"}))


@pytest.mark.parametrize(
    "about",
    [
        About(metadata={"a": "x" * 2000}, encryption={"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "k"}),
        About(metadata={"a": "ü" * 2000}),
    ],
)
def test_metadata_that_leave_no_room_for_what_we_keep_there_are_told_so(about: About) -> None:
    with pytest.raises(MetadataTooLarge, match="keeps there also what is asked of encryption") as refused:
        described(about)

    assert refused.value.members["Size"] > refused.value.members["MaxSizeAllowed"]
