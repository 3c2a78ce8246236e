"""Real model processes that run small scripts, and places on this machine that publish files and libraries."""

from __future__ import annotations

import os
import socket
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from secondlook.hosting.instances.instance import Address
from secondlook.hosting.instances.kinds.local.environments import needs
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.logs.log import Log
from secondlook.hosting.runtimes.call import Predict
from secondlook.hosting.runtimes.inference_script.script import load as load_script
from secondlook.store.session import Store
from tests.wheels import Index

from . import ray_dashboard
from .circumstances import (
    NOW,  # noqa: F401
    PATIENCE,
    PLACE,  # noqa: F401
)
from .installing import Workshop
from .products import (
    write_product,  # noqa: F401
)
from .workshop import Town


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition, and fail naming what was waited for."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited {PATIENCE:g} s for {what}"
        time.sleep(0.01)


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # the second where it ends between opening and reading
        return False
    return state not in {"Z", "X"}


def connected(address: Address) -> socket.socket:
    """A connection to a model's process."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    connection.connect(str(address.socket))
    return connection


def invoke(process: LocalInstance, body: bytes = b"null", **headers: str) -> tuple[int, bytes]:
    assert process.address is not None
    connection = HTTPConnection("localhost")
    connection.sock = connected(process.address)
    dashed = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", "/invocations", body, {"Content-Type": "application/json", **dashed})
    try:
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


StartScript = Callable[..., LocalInstance]


@pytest.fixture
def script(tmp_path: Path) -> Iterator[StartScript]:
    """Starts a model process that runs the given `inference.py`."""
    started: list[LocalInstance] = []

    def start(code: str, environment: dict[str, str] | None = None, **more: object) -> LocalInstance:
        model_dir = tmp_path / f"model-{len(started)}"
        (model_dir / "code").mkdir(parents=True)
        (model_dir / "code" / "inference.py").write_text(textwrap.dedent(code))
        log = Log(tmp_path / f"model-{len(started)}.log")
        launch = Launch(runtime_command("inference_script"), environment or {}, model_dir)
        process = LocalInstance(lambda: launch, log, **more)
        started.append(process)
        process.start()
        return process

    yield start
    for process in started:
        process.stop(grace=5)


Load = Callable[..., Predict]


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Load]:
    """Loads the given `inference.py` into this process; answers its predict function."""
    path = list(sys.path)

    def written(code: str, place: str = "code/inference.py") -> Predict:
        file = tmp_path / place
        file.parent.mkdir(exist_ok=True)
        file.write_text(textwrap.dedent(code))
        return load_script(tmp_path)

    yield written
    sys.path[:] = path
    sys.modules.pop("inference", None)


@dataclass
class Publisher:
    url: str
    files: dict[str, bytes]
    paths: list[str]
    leave: threading.Event


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    publisher: Publisher


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        publisher = self.server.publisher
        publisher.paths.append(self.path)
        body = publisher.files.get(self.path)
        if self.path == "/hang":
            publisher.leave.wait(PATIENCE)
            return
        self.send_response(404 if body is None else 200)
        cut = 7 if self.path.startswith("/cut/") else 0
        self.send_header("Content-Length", str(len(body or b"") + cut))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.publisher = Publisher(f"http://127.0.0.1:{server.server_port}", {}, [], threading.Event())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.publisher
    server.publisher.leave.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def dashboard() -> Iterator[ray_dashboard.Dashboard]:
    with ray_dashboard.serving() as dashboard:
        yield dashboard


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Iterator[Town]:
    town = Town(store, tmp_path)
    yield town
    town.fleet.stop()


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index() as index:
        for version in ("1.0", "2.0"):
            index.publish("tiny", version, f"VERSION = {version!r}")
        yield index


@pytest.fixture
def workshop(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Where uv asks that index alone, and as where numpy is not installed: it is large."""
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.url)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setattr(needs, "WANTED", tuple(line for line in needs.WANTED if line != "numpy"))
    index.held.clear()
    index.go_on.clear()
    index.reached.clear()
    return Workshop(tmp_path, index)
