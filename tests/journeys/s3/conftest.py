"""A server on each database, a plain boto3 client, and a bucket of the test's own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="session")
def postgres_server(start_server: Callable[..., Any], postgres: Any) -> Any:
    return start_server("--database", postgres.url(postgres.create()))


@pytest.fixture(params=("sqlite", "postgresql"))
def server(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue("plain_server" if request.param == "sqlite" else "postgres_server")


@pytest.fixture
def s3(server: Any) -> Any:
    return server.client("s3")


@pytest.fixture
def bucket(s3: Any) -> str:
    name = f"t-{uuid.uuid4().hex}"
    s3.create_bucket(Bucket=name)
    return name
