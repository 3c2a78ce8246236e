"""A Ray cluster of one node on loopback, with Serve as its operator starts it: with an application of somebody else's."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests import processes
from tests.environments import ROOT, environment
from tests.running import eventually, free_port

HERE = Path(__file__).parent
START = 90
"""Seconds that the cluster, and then its first application, may take."""

PORTS = ("port", "dashboard-port", "dashboard-agent-listen-port", "ray-client-server-port")
NEIGHBOUR = "neighbour"
MEMORY = 100_000_000
"""Bytes of its object store, which models do not use."""


@dataclass(frozen=True, slots=True)
class RayCluster:
    """`address` is the dashboard's URL, `serve_url` that of Serve's proxy."""

    address: str
    serve_url: str
    token_file: Path

    @property
    def settings(self) -> dict[str, str]:
        """Of a server that runs models there."""
        return {
            "ray_address": self.address,
            "ray_serve_url": self.serve_url,
            "ray_token_file": str(self.token_file),
            "allow_outbound": "127.0.0.0/8",
        }

    def applications(self) -> dict[str, Any]:
        """Name → details, as the dashboard says."""
        return json.loads(self._request("GET"))["applications"]

    def start_serve(self) -> None:
        """As `serve deploy` does."""
        host, port = self.serve_url.removeprefix("http://").split(":")
        neighbour = {"name": NEIGHBOUR, "route_prefix": f"/{NEIGHBOUR}", "import_path": "neighbour:app"}
        config = {"http_options": {"host": host, "port": int(port)}, "applications": [neighbour]}
        self._request("PUT", json.dumps(config).encode())
        eventually(lambda: self.applications()[NEIGHBOUR]["status"] == "RUNNING", START)

    def neighbour(self) -> str:
        """The process id of the other application, by its own word."""
        with urlopen(f"{self.serve_url}/{NEIGHBOUR}", timeout=10) as answer:
            return answer.read().decode()

    def answers(self) -> bool:
        with contextlib.suppress(URLError, ConnectionError):
            self._request("GET")
            return True
        return False

    def _request(self, method: str, body: bytes | None = None) -> bytes:
        headers = {
            "Authorization": f"Bearer {self.token_file.read_text()}",
            "Content-Type": "application/json",
        }
        request = Request(f"{self.address}/api/serve/applications/", body, headers, method=method)
        with urlopen(request, timeout=30) as answer:
            return answer.read()


@contextlib.contextmanager
def running(directory: Path, variables: Mapping[str, str]) -> Iterator[RayCluster]:
    """A cluster whose processes have `variables` in their environment; ended with the block, and all that it started."""
    ports = {name: free_port() for name in PORTS}
    token_file = directory / "token"
    token_file.write_text("a1" * 32)
    cluster = RayCluster(
        f"http://127.0.0.1:{ports['dashboard-port']}", f"http://127.0.0.1:{free_port()}", token_file
    )
    python = environment("ray", HERE / "requirements.txt", ROOT / "pyproject.toml")
    with tempfile.TemporaryDirectory(prefix="ray-") as sockets:  # their names may have 107 characters
        command = [
            str(python.with_name("ray")),
            *("start", "--head", "--block", "--disable-usage-stats", "--num-cpus=2"),
            *("--node-ip-address=127.0.0.1", "--dashboard-host=127.0.0.1"),
            *("--min-worker-port=0", "--max-worker-port=0"),
            *(f"--{name}={port}" for name, port in ports.items()),
            *(f"--object-store-memory={MEMORY}", f"--temp-dir={sockets}"),
        ]
        own = {"PYTHONPATH": str(HERE), "RAY_AUTH_TOKEN_PATH": str(token_file), "RAY_AUTH_MODE": "token"}
        own["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"  # else workers repeat the `uv run` that started the tests
        with (
            (directory / "ray.log").open("wb") as log,
            processes.running(
                command,
                env={**os.environ, **variables, **own},
                stdout=log,
                stderr=log,
                start_new_session=True,
            ) as process,
        ):
            eventually(lambda: process.poll() is not None or cluster.answers(), START)
            assert process.poll() is None, (directory / "ray.log").read_text()
            cluster.start_serve()
            yield cluster
