"""A dashboard of a Ray cluster, as far as a server of ours uses one: a PUT replaces everything, and others put too."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTTP_OPTIONS = {"host": "10.0.0.7", "port": 9000}
OTHER = {"name": "other", "route_prefix": "/", "import_path": "theirs:app", "runtime_env": {"pip": ["x"]}}

Configs = dict[str, Mapping[str, Any]]


@dataclass
class Dashboard:
    """The two calls, and Serve's proxy on the same port. `after_put` is what others do as soon as somebody has put."""

    port: int
    configs: Configs = field(default_factory=lambda: {"other": OTHER})
    http_options: Mapping[str, Any] | None = field(default_factory=lambda: HTTP_OPTIONS)
    status: str = "RUNNING"
    message: str = ""
    looks_until_gone: int = 0
    token: str | None = None
    puts: list[dict[str, Any]] = field(default_factory=list)
    after_put: list[Callable[[Configs], None]] = field(default_factory=list)
    leaving: dict[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def details(self) -> dict[str, Any]:
        """As GET answers: with what was deployed from Python, which has no config, and what is being removed, which has its old one."""
        applications = {name: self._application(config, self.status) for name, config in self.configs.items()}
        applications["imperative"] = self._application(None, "RUNNING")
        for name in list(self.leaving):
            applications[name] = self._application({"name": name}, "DELETING")
            self.leaving[name] -= 1
            if self.leaving[name] <= 0:
                del self.leaving[name]
        details = {"applications": applications, "proxies": {}, "target_capacity": None}
        return details if self.http_options is None else {**details, "http_options": self.http_options}

    def put(self, body: dict[str, Any]) -> None:
        self.puts.append(body)
        configs = {config["name"]: config for config in body["applications"]}
        if self.looks_until_gone:
            self.leaving |= dict.fromkeys(self.configs.keys() - configs.keys(), self.looks_until_gone)
        self.configs = configs
        if self.after_put:
            self.after_put.pop(0)(self.configs)

    def _application(self, config: Mapping[str, Any] | None, status: str) -> dict[str, Any]:
        deployment = {"Replica": {"message": self.message}}
        return {
            "status": status,
            "message": "Failed to update the deployments ['Replica'].",
            "deployed_app_config": config,
            "deployments": deployment,
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    dashboard: Dashboard


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        dashboard = self.server.dashboard
        if self.path.endswith("/ping"):
            name = self.path.split("/")[1]
            self._answer(200 if name in dashboard.configs else 404, b"")
        elif self._is_allowed():
            self._answer(200, json.dumps(dashboard.details()).encode())

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._is_allowed():
            self.server.dashboard.put(body)
            self._answer(200, b"")

    def _is_allowed(self) -> bool:
        token = self.server.dashboard.token
        allowed = token is None or self.headers["Authorization"] == f"Bearer {token}"
        if not allowed:
            self._answer(401, b"Unauthorized: Missing authentication token")
        return allowed

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving() -> Iterator[Dashboard]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.dashboard = Dashboard(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.dashboard
    server.shutdown()
    server.server_close()
    thread.join()
