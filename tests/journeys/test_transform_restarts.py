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
HELD = 20
"""So many objects are through when the job comes to the one that the model holds, until the test lets it go on."""

LEASE_SECONDS = 150
"""A server that was killed keeps others from its duties for a minute."""


class HeldJob:
    """A job that stands still in its middle: `go_on` is the file that the model waits for.

    It is begun: the model holds it, and all before that is noted.
    """

    def __init__(self, server: Server, name: str, go_on: Path) -> None:
        self.jobs, self.go_on = Jobs(Town(server), name).set_up(), go_on
        self.bodies = [f"hold {go_on}" if number == HELD else f"word {number:03}" for number in range(COUNT)]
        self.lines = [body[:40] for body in self.bodies]
        """As `Jobs.asked` has them."""
        self.jobs.put({f"in/{number:03}": body for number, body in enumerate(self.bodies)})
        self.jobs.start(name)
        eventually(lambda: self.jobs.progress(name)["ObjectsDone"] == HELD, 60)

    @property
    def results(self) -> dict[str, bytes]:
        return {f"{number:03}.out": body.upper().encode() for number, body in enumerate(self.bodies)}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    put_product(tmp_path / "data", PRODUCT, SCRIPT, "text/plain")
    (tmp_path / "data").chmod(0o700)
    with Server(tmp_path / "data") as server:
        yield server.start()


@pytest.fixture
def two(sqlite_server: Server, postgres_url: str, tmp_path: Path, name: str) -> Iterator[list[Server]]:
    """Of one database and one object store; the second is not started yet."""
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
        yield [first, second]


def killed(server: Server) -> None:
    """With SIGKILL, and all that it has started is gone after it."""
    family = processes.descendants(server.process.pid)
    server.kill()
    processes.all_end(family)


def test_after_sigkill_a_job_goes_on_and_does_nothing_twice_that_was_noted(
    server: Server, tmp_path: Path, name: str
) -> None:
    held = HeldJob(server, name, tmp_path / "go-on")
    jobs = held.jobs

    killed(server)
    held.go_on.touch()
    server.start()
    jobs.town.connect()
    said = jobs.wait(name)

    assert "Completed" == said["TransformJobStatus"]
    assert held.results == jobs.results()
    asked = jobs.asked(name)
    assert set(held.lines) == asked.keys()
    assert {1} == {asked[line] for line in held.lines[:HELD]}
    assert (COUNT, COUNT) == tuple(jobs.progress(name)[each] for each in ("ObjectsDone", "ObjectsTotal"))


def test_a_job_is_stopped_while_its_server_is_down_and_up_again(
    server: Server, tmp_path: Path, name: str
) -> None:
    held = HeldJob(server, name, tmp_path / "never")
    jobs = held.jobs

    server.stop()
    server.start()
    jobs.town.connect()
    jobs.sagemaker.stop_transform_job(TransformJobName=name)

    assert "Stopped" == jobs.wait(name)["TransformJobStatus"]
    assert held.results.items() >= jobs.results().items()
    assert len(jobs.results()) < COUNT


def test_another_server_goes_on_with_the_job_of_one_that_stops(
    two: list[Server], tmp_path: Path, name: str
) -> None:
    first, second = two
    held = HeldJob(first, name, tmp_path / "go-on")
    second.start()
    first.stop()
    held.go_on.touch()
    there = Jobs(Town(second), name)

    assert "Completed" == there.wait(name)["TransformJobStatus"]
    assert held.results == there.results()
    before, after = held.jobs.asked(name), there.asked(name)
    assert set(held.lines[:HELD]) <= before.keys()
    assert after == dict.fromkeys(held.lines[HELD:], 1)


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_another_server_takes_over_the_job_of_one_that_was_killed(
    two: list[Server], tmp_path: Path, name: str
) -> None:
    first, second = two
    held = HeldJob(first, name, tmp_path / "go-on")
    second.start()
    killed(first)
    held.go_on.touch()
    there = Jobs(Town(second), name)

    assert "Completed" == there.wait(name, LEASE_SECONDS)["TransformJobStatus"]
    assert held.results == there.results()
    assert (COUNT, COUNT) == tuple(there.progress(name)[each] for each in ("ObjectsDone", "ObjectsTotal"))
    before, after = held.jobs.asked(name), there.asked(name)
    assert {1} == {before[line] for line in held.lines[:HELD]}
    assert after == dict.fromkeys(held.lines[HELD:], 1)
