"""InvokeEndpoint of the real detector against the same model called directly, and against other servers of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path

from bench.figure import Figure, in_turns, per_second
from bench.load import Load
from bench.peers.running import litserve, mlserver
from bench.rounds import Rounds
from bench.server import deploy, fresh_directory, serving
from bench.signed import Signer, plain
from bench.waiting import answers
from secondlook.hosting.catalog import BUILT_IN, Catalog
from tests.mirror import MIRROR
from tests.running import free_port

PRODUCT = "fastestdet-coco"
PICTURE = files("secondlook.cli") / "samples/coffee.jpg"
CONNECTIONS = (1, 8, 32)
AIM_DIRECT = 0.9
AIM_PEERS = 1.0
BOUNDARY = "bench"

Send = Callable[[int], float]


def figures(rounds: Rounds) -> Iterator[Figure]:
    """Predictions per second at 1, 8 and 32 connections, each of them one picture."""
    picture = PICTURE.read_bytes()
    mirror = {"SECONDLOOK_MIRROR": str(MIRROR)} if MIRROR else {}
    with fresh_directory() as directory, serving(directory, **mirror) as server, Load() as load:
        deploy(server, PRODUCT, "detector")
        detector = model(directory / "data")
        path = "/endpoints/detector/invocations"
        signed = Signer(server, "sagemaker").request("POST", path, picture, {"Content-Type": "image/jpeg"})
        peers = directory / "mlserver"
        peers.mkdir()
        with direct(detector) as alone, mlserver(peers, detector) as ml, litserve(detector) as lit:

            def send(port: int, request: bytes, connections: int) -> float:
                return load.send(port, [request] * rounds.predictions, connections).rate

            ours: Send = partial(send, server.port, signed)
            yardsticks: Mapping[str, tuple[Callable[[int], float], float]] = {
                "the model called directly": (partial(send, alone, raw(alone, picture)), AIM_DIRECT),
                "MLServer": (partial(send, ml, raw(ml, picture)), AIM_PEERS),
                "LitServe": (partial(send, lit, _form(lit, picture)), AIM_PEERS),
            }
            for warm_up in (ours, *(peer for peer, _ in yardsticks.values())):
                warm_up(8)
            for connections in CONNECTIONS:
                for name, (yardstick, aim) in yardsticks.items():
                    subject, reference, ratio = in_turns(
                        rounds.detections, partial(ours, connections), partial(yardstick, connections)
                    )
                    yield Figure(
                        f"InvokeEndpoint of the detector, {connections} connection{'s' * (connections > 1)}",
                        per_second(subject),
                        f"{name}: {per_second(reference)}",
                        f"{ratio:.2f}",
                        f"≥ {aim}",
                        ratio >= aim,
                    )


def raw(port: int, picture: bytes) -> bytes:
    return plain("POST", "/invocations", f"127.0.0.1:{port}", picture, {"Content-Type": "image/jpeg"})


def _form(port: int, picture: bytes) -> bytes:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="picture"; filename="picture.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = head.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return plain("POST", "/invocations", f"127.0.0.1:{port}", body, headers)


def model(data: Path) -> dict[str, str]:
    """The environment that our fleet gives the runtime: the model's directory, its labels and thresholds."""
    product = next(each for each in Catalog((BUILT_IN,)).products() if each.id == PRODUCT)
    assert product.artifact is not None
    (artifact,) = data.rglob(product.artifact.file_name)
    return {**product.environment, "SM_MODEL_DIR": str(artifact.parent), "OMP_NUM_THREADS": "1"}


@contextmanager
def direct(model: Mapping[str, str]) -> Iterator[int]:
    """The runtime's own process, as the fleet starts it, without a server before it; gives the port."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "secondlook.hosting.runtimes.onnx_detection"],
        env={**os.environ, **model, "SAGEMAKER_BIND_TO_PORT": str(port)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answers(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)
