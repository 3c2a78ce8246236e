"""Peers as processes: an environment of their own, the detector's model, a port."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.waiting import answers
from tests.environments import environment
from tests.running import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@contextlib.contextmanager
def mlserver(directory: Path, model: Mapping[str, str]) -> Iterator[int]:
    """MLServer with the detector, in this process alone as its documentation advises for one small model; gives the port."""
    port = free_port()
    settings = {
        "host": "127.0.0.1",
        "http_port": port,
        "grpc_port": free_port(),
        "metrics_port": free_port(),
        "parallel_workers": 0,
        "debug": False,
    }
    (directory / "settings.json").write_text(json.dumps(settings))
    described = {"name": "detector", "implementation": "mlserver_detector.Detector"}
    (directory / "model-settings.json").write_text(json.dumps(described))
    python = environment("mlserver", HERE / "mlserver.txt")
    with _running([str(python.parent / "mlserver"), "start", str(directory)], port, model):
        yield port


@contextlib.contextmanager
def litserve(model: Mapping[str, str]) -> Iterator[int]:
    """LitServe with the detector in one worker; gives the port."""
    port = free_port()
    with _running(
        [str(environment("litserve", HERE / "litserve.txt")), "-m", "litserve_detector", str(port)],
        port,
        model,
    ):
        yield port


@contextlib.contextmanager
def _running(command: list[str], port: int, model: Mapping[str, str]) -> Iterator[None]:
    paths = os.pathsep.join((str(HERE), str(ROOT / "src")))
    process = subprocess.Popen(
        command,
        env={**os.environ, **model, "PYTHONPATH": paths},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        answers(port, process)
        yield
    finally:
        # The whole session: a peer's workers do not always end with it.
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
