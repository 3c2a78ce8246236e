"""Two servers of one database and one S3: an endpoint made at one is in service at both, each with an instance of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

SCRIPT = """
    import os
    def transform_fn(model, body, content_type, accept):
        return str(os.getpid()), "text/plain"
"""


@pytest.fixture
def towns(sqlite_server: Server, postgres_url: str, tmp_path: Path, name: str) -> Iterator[list[Town]]:
    """The second has the first one's key file, as docs/growing.md says."""
    first, second = (Server(tmp_path / which, {"database": postgres_url}) for which in ("first", "second"))
    with ExitStack() as servers:
        for server in (first, second):
            put_product(server.data, "script", SCRIPT, "text/plain")
            server.data.chmod(0o700)
            server.keep_objects_in(sqlite_server, name)
        servers.enter_context(first).start()
        for file in ("vault.key", "client.json"):
            shutil.copy(first.data / file, second.data / file)
        servers.enter_context(second).start()
        yield [Town(first), Town(second)]


def test_an_endpoint_is_in_service_at_every_server_and_gone_from_every_one(
    towns: list[Town], name: str
) -> None:
    here, there = towns
    here.deploy(name, here.subscribe("script"))

    pids = [here.ask(name), there.ask(name)]

    assert pids[0] != pids[1]
    for town in towns:
        [variant] = town.sagemaker.describe_endpoint(EndpointName=name)["ProductionVariants"]
        assert variant["CurrentInstanceCount"] == 1
    there.sagemaker.delete_endpoint(EndpointName=name)
    eventually(lambda: not any(Path("/proc", pid).exists() for pid in pids))
