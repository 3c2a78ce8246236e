"""InvokeEndpoint against the same model process called directly: what the proxy adds."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.figure import Figure, in_turns, ms
from bench.load import Load
from bench.rounds import Rounds
from bench.server import deploy, fresh_directory, serving
from bench.signed import Signer, plain
from tests.running import Server

PRODUCT = """
name = "bench-00000000000000000000000000000000"
seller = "123456789012"
product_id = "prod-bench"
aliases = []
published = 2026-11-01T00:00:00Z
title = "Echo"
summary = "Answers at once."
highlights = ["Small"]
usage = "Send anything."
inputs = "Anything"
outputs = "A list"
sample_input = "x"
price = "Free"
content_types = ["image/jpeg"]
response_types = ["application/json"]
instance_types = ["ml.m5.large"]

[license]
name = "MIT-0"
file = "LICENSE.txt"

[runtime]
name = "inference_script"
"""
SCRIPT = """
def transform_fn(model, body, content_type, accept):
    return '[{"id": "dog", "score": 0.77, "left": 121, "top": 198, "right": 335, "bottom": 538}]', "application/json"
"""
JPEG = {"Content-Type": "image/jpeg"}
PATH = "/endpoints/echo/invocations"

AIM = 0.001
"""Seconds that the way through the server may add at the median."""

AIM_LARGE = 0.003
"""The same of a body of 5 MB, whose hash the signature holds."""

CALLS = 20
"""Calls in a row before it is the other's turn."""

BODIES = (
    ("100 B", b"x" * 100, AIM, CALLS),
    ("100 kB", b"x" * 100_000, AIM, CALLS),
    ("5 MB", b"x" * 5_000_000, AIM_LARGE, 5),
)
"""What is sent, what it may cost, and how many in a row."""


def figures(rounds: Rounds) -> Iterator[Figure]:
    """Bodies of three sizes over kept connections; plain boto3 as an extra line."""
    with fresh_directory() as directory:
        write_product(directory / "data")
        with serving(directory) as server, Load() as load:
            deploy(server, "echo", "echo")
            model, signer = model_socket(server), Signer(server, "sagemaker")
            for size, body, aim, calls in BODIES:
                ours = signer.request("POST", PATH, body, JPEG)
                direct = plain("POST", "/invocations", "localhost", body, JPEG)
                yield _figure(
                    f"InvokeEndpoint, {size}",
                    *in_turns(
                        rounds.invocations,
                        lambda request=ours, calls=calls: load.send(server.port, [request] * calls).median,
                        lambda request=direct, calls=calls: load.send(model, [request] * calls).median,
                    ),
                    aim=aim,
                )
            runtime = server.client("sagemaker-runtime")
            smaller = plain("POST", "/invocations", "localhost", b"x" * 100_000, JPEG)
            yield _figure(
                "InvokeEndpoint by boto3, 100 kB",
                *in_turns(
                    rounds.invocations,
                    lambda: _by_boto3(runtime, b"x" * 100_000),
                    lambda: load.send(model, [smaller] * CALLS).median,
                ),
                aim=None,
            )


def _by_boto3(runtime: Any, body: bytes) -> float:
    """The median of a few calls, in seconds, botocore's own work included."""
    seconds = []
    for _ in range(CALLS):
        began = time.perf_counter()
        runtime.invoke_endpoint(EndpointName="echo", ContentType="image/jpeg", Body=body)["Body"].read()
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def _figure(what: str, ours: float, direct: float, ratio: float, aim: float | None = AIM) -> Figure:
    added = ours - direct
    return Figure(
        what,
        ms(ours),
        f"the model's process called directly: {ms(direct)}",
        f"{ratio:.2f} (adds {ms(added)})",
        f"adds ≤ {ms(aim)}" if aim else "",
        added <= aim if aim else None,
    )


def write_product(data: Path) -> None:
    """A product whose model costs next to nothing, so that the proxy shows."""
    code = data / "catalog" / "echo" / "model" / "code"
    code.mkdir(parents=True)
    (code / "inference.py").write_text(SCRIPT)
    (code.parents[1] / "product.toml").write_text(PRODUCT)
    (code.parents[1] / "LICENSE.txt").write_text("Do as you like.")


def model_socket(server: Server) -> str:
    """Where the model's own process answers: its log says so."""
    log = server.data / "logs" / "endpoints" / "echo" / "AllTraffic-1.log"
    [path] = re.findall(r"process \d+ answers at (/\S+)", log.read_text())
    return str(path)
