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

GREETING = """
    import os
    def transform_fn(model, body, content_type, accept):
        return os.environ["GREETING"], "text/plain"
"""


@pytest.fixture
def towns(sqlite_server: Server, postgres_url: str, tmp_path: Path, name: str) -> Iterator[list[Town]]:
    """The second has the first one's key file, as docs/growing.md says."""
    first, second = (Server(tmp_path / which, {"database": postgres_url}) for which in ("first", "second"))
    with ExitStack() as servers:
        for server in (first, second):
            put_product(server.data, "script", SCRIPT, "text/plain")
            put_product(server.data, "greeting", GREETING, "text/plain")
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


def test_an_update_reaches_every_server_and_none_refuses_a_call_meanwhile(
    towns: list[Town], name: str
) -> None:
    here, there = towns
    package = here.subscribe("greeting")
    here.deploy(name, package, GREETING="old")
    eventually(lambda: _count(there, name) == 1)
    here.configure(f"{name}-2", package, GREETING="new")

    here.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=f"{name}-2")

    seen = [[town.ask(name)] for town in towns]
    while any(answers[-1] != "new" for answers in seen):
        for town, answers in zip(towns, seen, strict=True):
            answers.append(town.ask(name))
    assert all(answers == sorted(answers, reverse=True) for answers in seen), "an old answer after a new one"
    there.wait(name)
    there.sagemaker.delete_endpoint(EndpointName=name)


def _count(town: Town, name: str) -> int:
    [variant] = town.sagemaker.describe_endpoint(EndpointName=name)["ProductionVariants"]
    return int(variant["CurrentInstanceCount"])
