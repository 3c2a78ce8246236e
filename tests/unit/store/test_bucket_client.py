"""How the S3 behind us is called."""

from __future__ import annotations

import boto3
import pytest

from secondlook.store.bucket.client import Remote


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "k")


def test_a_client_is_told_of_a_hanging_s3_before_it_gives_up_on_us() -> None:
    ours = Remote("s3://x-?endpoint=http://127.0.0.1:1").call.meta.config
    theirs = boto3.client("s3", region_name="us-east-1").meta.config

    longest = (ours.connect_timeout + ours.read_timeout) * ours.retries["total_max_attempts"]
    assert longest < theirs.read_timeout
