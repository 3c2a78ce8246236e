"""Starting MLServer."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.environments import ROOT, environment
from tests.running import free_port

HERE = Path(__file__).parent
MODELS = {
    "doubler": {
        "implementation": "tried_models.Doubler",
        "inputs": [{"name": "numbers", "datatype": "FP32", "shape": [-1, 3]}],
    },
    "shouter": {"implementation": "tried_models.Shouter"},
}


@contextlib.contextmanager
def mlserver(directory: Path) -> Iterator[str]:
    """MLServer with the two models; gives its URL."""
    port = free_port()
    ports = {"http_port": port, "grpc_port": free_port(), "metrics_port": free_port()}
    settings = {"host": "127.0.0.1", **ports, "parallel_workers": 0, "debug": False}
    (directory / "settings.json").write_text(json.dumps(settings))
    for name, model in MODELS.items():
        (directory / name).mkdir()
        (directory / name / "model-settings.json").write_text(json.dumps({"name": name, **model}))
    program = environment("mlserver", ROOT / "bench" / "peers" / "mlserver.txt").parent / "mlserver"
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(program), "start", str(directory)],
            env={**os.environ, "PYTHONPATH": str(HERE)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/v2/health/ready", process, directory / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)
