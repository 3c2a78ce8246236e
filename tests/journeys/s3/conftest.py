"""A plain boto3 client and a bucket of the test's own."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.running import Server


@pytest.fixture
def s3(server: Server) -> Any:
    return server.client("s3")


@pytest.fixture
def bucket(s3: Any) -> str:
    name = f"t-{uuid.uuid4().hex}"
    s3.create_bucket(Bucket=name)
    return name
