"""What is being downloaded ends too early: the client knows, and the log has a line of it instead of a fault of ours."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import IncompleteReadError, ResponseStreamingError

from tests.neighbours import Road
from tests.running import Server, eventually

SIZE = 64 * 1024 * 1024
"""More than all buffers on the way hold."""

Break = Callable[[], None]


@pytest.fixture
def on_disk(own_server: Server) -> tuple[Server, Break]:
    """A server, and the end of all bodies that lie on its disk."""

    def cut() -> None:
        for path in (own_server.data / "objects").rglob("*/*"):
            os.truncate(path, 1)

    return own_server.start(), cut


@pytest.fixture
def elsewhere(own_server: Server, sqlite_server: Server, name: str) -> Iterator[tuple[Server, Break]]:
    """A server whose objects are in another S3, and the end of the way there."""
    road = Road(sqlite_server.port)
    own_server.keep_objects_in(sqlite_server, name, road.port)
    yield own_server.start(), road.close
    own_server.stop()
    road.close()


@pytest.mark.parametrize("where", ["on_disk", "elsewhere"])
def test_a_download_that_ends_too_early(where: str, request: pytest.FixtureRequest, name: str) -> None:
    server, end = request.getfixturevalue(where)
    s3: Any = server.client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="large", Body=bytes(SIZE))

    body = s3.get_object(Bucket=name, Key="large")["Body"]
    body.read(1)
    end()
    with pytest.raises((IncompleteReadError, ResponseStreamingError)):
        body.read()

    eventually(lambda: f"GET /{name}/large broke off: " in server.log)
    assert "Traceback" not in server.log
