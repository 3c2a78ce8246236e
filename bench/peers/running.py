"""Peers as processes: an environment of their own, the detector's model, a port."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.waiting import answers
from tests.running import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ENVIRONMENTS = ROOT / ".cache" / "peers"


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
    python = environment("mlserver")
    with _running([str(python.parent / "mlserver"), "start", str(directory)], port, model):
        yield port


@contextlib.contextmanager
def litserve(model: Mapping[str, str]) -> Iterator[int]:
    """LitServe with the detector in one worker; gives the port."""
    port = free_port()
    with _running([str(environment("litserve")), "-m", "litserve_detector", str(port)], port, model):
        yield port


def environment(name: str) -> Path:
    """The Python of a peer, with what `NAME.txt` says installed; made anew when that changes."""
    requirements = HERE / f"{name}.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    directory = ENVIRONMENTS / f"{name}-{digest}"
    python = directory / "bin" / "python"
    if not (directory / "complete").exists():
        shutil.rmtree(directory, ignore_errors=True)
        uv = shutil.which("uv") or str(ROOT / ".cache" / "tools" / "bin" / "uv")
        install = ["pip", "install", "--quiet", "--python", str(python), "-r", str(requirements)]
        for arguments in (["venv", "--quiet", "--python", sys.executable, str(directory)], install):
            subprocess.run([uv, *arguments], check=True)
        (directory / "complete").touch()
    return python


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
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
