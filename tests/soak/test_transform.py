"""SIGKILL again and again in the middle of a transform job: its results are whole, in order, and the same as without."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import processes
from tests.journeys.transforming import Jobs
from tests.running import Server, eventually
from tests.scale import Scale
from tests.town import Town

from .loads.endpoints import PRODUCT
from .remains import nothing_is_left

KILLS = 5

LINES = 20_000
"""Of the one large object among the small ones."""

LONGEST_RUN = 900


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_job_whose_server_is_killed_at_random_moments_loses_nothing(
    fresh_server: Server, name: str, scale: Scale, figure: Callable[[str], None]
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    jobs = Jobs(Town(fresh_server), name).set_up(PRODUCT)
    bodies = {f"{number:06}": f'{{"number": {number}}}\n' for number in range(scale.objects)}
    large = f"{scale.objects // 2:06}-large"
    bodies[large] = "".join(f'{{"line": {number}}}\n' for number in range(LINES))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda key: jobs.put({f"in/{key}": bodies[key]}), bodies))

    began = time.perf_counter()
    jobs.start(
        name,
        given={"ContentType": "application/json", "SplitType": "Line"},
        output={"AssembleWith": "Line", "Accept": "application/json"},
        BatchStrategy="SingleRecord",
        MaxConcurrentTransforms=2,
        instances=2,
    )
    for _ in range(KILLS):
        before = _over(jobs)
        eventually(lambda before=before: _over(jobs) != before or _is_over(jobs), LONGEST_RUN)
        threading.Event().wait(moments.uniform(0, 2))  # the random moment itself
        family = processes.descendants(fresh_server.process.pid)
        fresh_server.kill()
        processes.all_end(family)
        fresh_server.start()
        jobs.town.connect()
    eventually(lambda: _is_over(jobs), LONGEST_RUN)
    seconds = time.perf_counter() - began

    said = jobs.progress(name)
    assert ("Completed", len(bodies), 0) == tuple(
        said[member] for member in ("TransformJobStatus", "ObjectsDone", "ObjectsFailed")
    )
    assert scale.objects + LINES == said["RecordsDone"]
    assert {f"{key}.out": body.encode() for key, body in bodies.items()} == jobs.results()
    nothing_is_left(fresh_server)
    figure(f"{len(bodies):,} objects, {said['RecordsDone']:,} records, {KILLS} kills in {seconds:,.0f} s")


def _over(jobs: Jobs) -> int:
    progress = jobs.progress(jobs.name)
    return int(progress["ObjectsDone"] + progress["ObjectsFailed"])


def _is_over(jobs: Jobs) -> bool:
    return jobs.progress(jobs.name)["TransformJobStatus"] in {"Completed", "Failed", "Stopped"}
