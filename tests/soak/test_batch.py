"""SIGKILL in the middle of a batch, and of the server that it asks: every object is judged once, and has one human loop or none."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import processes
from tests.commandline import CommandLine
from tests.journeys.reviewing import Review
from tests.running import Server, eventually
from tests.scale import Scale
from tests.town import Town

from .loads.endpoints import PRODUCT
from .loads.reviews import pages

CUT = 0.9
DOUBT = {"ConditionType": "ConfidenceCheck", "ConditionParameters": {"ConfidenceLessThan": CUT}}

KILLS = 4
"""Of the batch; the server is killed once, in the middle of it."""

LONGEST_RUN = 600


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_batch_killed_at_random_moments_judges_each_object_once(
    fresh_server: Server, name: str, tmp_path: Path, scale: Scale, figure: Callable[[str], None]
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    scores = _set_up(fresh_server, name, scale.objects, moments)
    progress = tmp_path / "progress.jsonl"
    command = CommandLine(fresh_server.data, tmp_path)
    batch = (
        "review",
        "run",
        "--flow",
        name,
        "--endpoint",
        name,
        "--progress",
        str(progress),
        f"s3://{name}/in/",
    )
    targets = sorted(moments.sample(range(1, scale.objects), KILLS))

    began = time.perf_counter()
    for number, target in enumerate(targets):
        with command.running(*batch) as running:
            eventually(lambda target=target: _done(progress) >= target, LONGEST_RUN)
            if number == KILLS // 2:
                family = processes.descendants(fresh_server.process.pid)
                fresh_server.kill()
                processes.all_end(family)
                fresh_server.start()
            threading.Event().wait(moments.uniform(0, 0.05))  # the random moment itself
            running.kill()
    said = command.run(*batch)
    seconds = time.perf_counter() - began

    own = fresh_server.client("secondlook")
    recorded = list(pages(own.list_predictions, "Predictions", FlowDefinitionName=name))
    assert sorted(scores) == sorted(each["InputUri"] for each in recorded)
    in_doubt = {uri for uri, score in scores.items() if score < CUT}
    assert in_doubt == {each["InputUri"] for each in recorded if each["Decision"] == "Review"}
    loops = list(pages(own.list_loops, "Loops", FlowDefinitionName=name))
    assert sorted(loop["HumanLoopName"] for loop in loops) == sorted(
        each["HumanLoopName"] for each in recorded if each["InputUri"] in in_doubt
    )
    assert len(in_doubt) == len(loops)
    assert "Failed" not in said.out
    figure(f"{len(scores):,} objects, {KILLS} kills of the batch and one of the server in {seconds:,.0f} s")


def _set_up(server: Server, name: str, count: int, moments: random.Random) -> dict[str, float]:
    """A model that answers what the object says, a review of what is under the cut, and so many objects: URI → score."""
    Review(server, name, workers=(), conditions={"Conditions": [DOUBT]})
    town = Town(server)
    town.deploy(name, town.subscribe(PRODUCT))
    scores = {f"s3://{name}/in/{number:05}": round(moments.random(), 4) for number in range(count)}
    s3 = server.client("s3")

    def put(uri: str) -> None:
        body = json.dumps([{"label": "thing", "score": scores[uri]}]).encode()
        key = uri.removeprefix(f"s3://{name}/")
        s3.put_object(Bucket=name, Key=key, Body=body, ContentType="application/json")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(put, scores))
    return scores


def _done(progress: Path) -> int:
    """Objects that have a line in the file, behind its heading."""
    return max(progress.read_bytes().count(b"\n") - 1, 0) if progress.exists() else 0
