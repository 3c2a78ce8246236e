"""A plain boto3 client and a bucket of the test's own."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.running import Server

from .upload_forms import SIGNATURES, Uploader


@pytest.fixture
def s3(server: Server) -> Any:
    return server.client("s3")


@pytest.fixture
def bucket(s3: Any) -> str:
    name = f"t-{uuid.uuid4().hex}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture(params=SIGNATURES)
def form(server: Server, bucket: str, request: pytest.FixtureRequest) -> Uploader:
    """Sends upload forms, signed either way, on either database."""
    return Uploader(server, bucket, request.param)


@pytest.fixture
def one_form(sqlite_server: Server, name: str) -> Uploader:
    """The same where neither makes a difference."""
    sqlite_server.client("s3").create_bucket(Bucket=name)
    return Uploader(sqlite_server, name)
