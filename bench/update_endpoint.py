"""InvokeEndpoint while its endpoint is updated: what callers notice of it. A call that fails ends the run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.figure import Figure, in_turns, ms
from bench.invoke_endpoint import JPEG, PATH, write_product
from bench.load import Load
from bench.rounds import Rounds
from bench.server import deploy, fresh_directory, serving
from bench.signed import Signer
from tests.running import Server

CONNECTIONS = 8

CALLS = 200
"""Sent in one go; as many goes as the update takes."""

QUIET_GOES = 10

AIM = 3.0
"""Times the p99 of a server that updates nothing."""


def figures(rounds: Rounds) -> Iterator[Figure]:
    """The p99 of one round with an update in it, beside that of a round without."""
    with fresh_directory() as directory:
        write_product(directory / "data")
        with serving(directory) as server, Load() as load, ThreadPoolExecutor(1) as thread:
            deploy(server, "echo", "echo")

            def during() -> float:
                update = thread.submit(_update, server)
                latencies = _p99(server, load, lambda _: update.done())
                update.result()
                return latencies

            ours, quiet, ratio = in_turns(
                rounds.updates, during, lambda: _p99(server, load, lambda goes: goes == QUIET_GOES)
            )
    yield Figure(
        f"p99 of InvokeEndpoint during UpdateEndpoint, {CONNECTIONS} connections, none failed",
        ms(ours),
        f"without an update: {ms(quiet)}",
        f"{ratio:.2f}",
        f"≤ {AIM:g}",
        ratio <= AIM,
    )


def _p99(server: Server, load: Load, is_over: Callable[[int], bool]) -> float:
    """Of all calls until `is_over`, which is told how many goes there were; in seconds."""
    request = Signer(server, "sagemaker").request("POST", PATH, b"x" * 100, JPEG)
    latencies: list[float] = []
    goes = 0
    while not is_over(goes):
        latencies += load.send(server.port, [request] * CALLS, CONNECTIONS).latencies
        goes += 1
    return sorted(latencies)[len(latencies) * 99 // 100]


def _update(server: Server) -> None:
    """UpdateEndpoint with the same config, up to InService again."""
    sagemaker = server.client("sagemaker")
    sagemaker.update_endpoint(EndpointName="echo", EndpointConfigName="echo")
    while (description := sagemaker.describe_endpoint(EndpointName="echo"))["EndpointStatus"] != "InService":
        threading.Event().wait(0.1)
    if reason := description.get("FailureReason"):
        raise RuntimeError(f"the update was rolled back: {reason}")
