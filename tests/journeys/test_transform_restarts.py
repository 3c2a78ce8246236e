"""A server that is killed or stopped in the middle of a transform job: it goes on where it was, there or elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import processes
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

from .transforming import PRODUCT, SCRIPT, Jobs

COUNT = 60
SLOW = {f"in/{number:03}": f"sleep 0.1{number:03}" for number in range(COUNT)}
"""Six seconds and more of one instance's time."""

WHOLE = {f"{key.removeprefix('in/')}.out": body.upper().encode() for key, body in SLOW.items()}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    put_product(tmp_path / "data", PRODUCT, SCRIPT, "text/plain")
    (tmp_path / "data").chmod(0o700)
    with Server(tmp_path / "data") as server:
        yield server.start()


def test_after_sigkill_a_job_goes_on_and_does_nothing_twice_that_was_noted(server: Server, name: str) -> None:
    jobs = Jobs(Town(server), name).set_up()
    jobs.put(SLOW)
    jobs.start(name)
    noted = eventually(lambda: jobs.progress(name)["ObjectsDone"], 60)

    family = processes.descendants(server.process.pid)
    server.kill()
    processes.all_end(family)
    server.start()
    jobs.town.connect()
    said = jobs.wait(name)

    assert "Completed" == said["TransformJobStatus"]
    assert WHOLE == jobs.results()
    asked = jobs.asked(name)
    assert set(SLOW.values()) == asked.keys()
    assert {1} == {asked[body] for body in list(SLOW.values())[:noted]}
    assert (COUNT, COUNT) == tuple(jobs.progress(name)[each] for each in ("ObjectsDone", "ObjectsTotal"))


def test_a_job_is_stopped_while_its_server_is_down_and_up_again(server: Server, name: str) -> None:
    jobs = Jobs(Town(server), name).set_up()
    jobs.put(SLOW)
    jobs.start(name)
    eventually(lambda: jobs.progress(name)["ObjectsDone"], 60)

    server.stop()
    server.start()
    jobs.town.connect()
    jobs.sagemaker.stop_transform_job(TransformJobName=name)

    assert "Stopped" == jobs.wait(name)["TransformJobStatus"]
    assert WHOLE.items() >= jobs.results().items()
    assert len(jobs.results()) < COUNT


def test_another_server_goes_on_with_the_job_of_one_that_stops(
    sqlite_server: Server, postgres_url: str, tmp_path: Path, name: str
) -> None:
    first, second = (Server(tmp_path / which, {"database": postgres_url}) for which in ("first", "second"))
    with ExitStack() as servers:
        for server in (first, second):
            put_product(server.data, PRODUCT, SCRIPT, "text/plain")
            server.data.chmod(0o700)
            server.keep_objects_in(sqlite_server, name)
        servers.enter_context(first).start()
        for file in ("vault.key", "client.json"):
            shutil.copy(first.data / file, second.data / file)
        servers.enter_context(second)
        here = Jobs(Town(first), name).set_up()
        here.put(SLOW)
        here.start(name)
        noted = eventually(lambda: here.progress(name)["ObjectsDone"], 60)

        second.start()
        first.stop()
        there = Jobs(Town(second), name)

        assert "Completed" == there.wait(name)["TransformJobStatus"]
        assert WHOLE == there.results()
        before, after = here.asked(name), there.asked(name)
        assert set(SLOW.values()) == before.keys() | after.keys()
        assert not after.keys() & set(list(SLOW.values())[:noted])
        assert after
