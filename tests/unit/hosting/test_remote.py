"""Model servers that run elsewhere: asked whether they are there, called where they may be, and not while they are away."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from secondlook.hosting.errors import ModelFailed, NotPrepared, NotReady, StartFailed
from secondlook.hosting.instances.kinds.remote import RemoteInstance
from secondlook.hosting.invocation.invoke import Invocation, Invoker
from secondlook.hosting.invocation.routes import Route, Routes, Variant
from secondlook.hosting.logs.log import Log
from secondlook.hosting.logs.streams import Stream
from secondlook.outbound import Outbound
from tests.certificates import self_signed

from .conftest import PLACE, until

HOST = "models.example"


@dataclass
class Elsewhere:
    """Somebody's model server, below the path /detector. `ping` is the status that it answers pings with."""

    port: int
    ping: int = 200
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    elsewhere: Elsewhere

    def handle_error(self, *_: object) -> None:
        pass  # a client that does not trust the certificate hangs up


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(self.server.elsewhere.ping if self.path == "/detector/ping" else 404, b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.elsewhere.requests.append((self.path, self.headers["Host"], dict(self.headers)))
        self._answer(418 if body == b"fail" else 200, b"seen: " + body)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def serving(pem: Path | None = None) -> Iterator[Elsewhere]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.elsewhere = Elsewhere(server.server_port)
    if pem is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.elsewhere
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    yield from serving()


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return self_signed(tmp_path, HOST)


@pytest.fixture
def elsewhere_by_tls(pem: Path) -> Iterator[Elsewhere]:
    yield from serving(pem)


class Endpoint:
    """An endpoint whose only instance is a remote one."""

    def __init__(self, url: str, outbound: Outbound, log: Path, startup: float = 20.0) -> None:
        self.routes = Routes(PLACE)
        self.instance = RemoteInstance(url, outbound, Log(log), changed=self.routes.wake, startup=startup)
        self.routes.replace({"e": Route("InService", (Variant("AllTraffic", 1.0, (self.instance,), 3),))})
        self.instance.start()

    def invoke(self, body: bytes, **headers: str) -> Invocation:
        async def once() -> Invocation:
            invoker = Invoker(self.routes, PLACE, lambda: None)
            try:
                return await invoker.invoke("e", body, headers)
            finally:
                invoker.close()

        return asyncio.run(once())


OUTBOUND = Outbound(["127.0.0.0/8"], resolve=lambda _host, _port: ["127.0.0.1"])


@pytest.fixture
def endpoint(elsewhere: Elsewhere, tmp_path: Path) -> Iterator[Endpoint]:
    endpoint = Endpoint(f"http://{HOST}:{elsewhere.port}/detector/", OUTBOUND, tmp_path / "AllTraffic-1.log")
    yield endpoint
    endpoint.instance.stop()


def test_it_is_called_below_its_url_with_the_headers_that_a_container_sees(
    endpoint: Endpoint, elsewhere: Elsewhere
) -> None:
    endpoint.instance.ready()

    assert endpoint.invoke(b"x", Accept="json", Authorization="AWS4 …").body == b"seen: x"

    [(path, host, headers)] = elsewhere.requests
    assert (path, host) == ("/detector/invocations", f"{HOST}:{elsewhere.port}")
    assert headers["Accept"] == "json"
    assert "Authorization" not in headers


def test_it_stands_for_all_instances_that_were_asked_for(endpoint: Endpoint) -> None:
    endpoint.instance.ready()

    assert {"AllTraffic": 3} == endpoint.routes.answering("e")


def test_an_error_of_the_server_is_a_model_error_with_its_status(endpoint: Endpoint) -> None:
    endpoint.instance.ready()

    with pytest.raises(ModelFailed, match=r'client error \(418\) from primary with message "seen: fail"'):
        endpoint.invoke(b"fail")


def test_while_it_is_away_it_is_not_called_and_afterwards_it_is(
    endpoint: Endpoint, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secondlook.hosting.invocation.routes.RESTART_PATIENCE", 0.1)
    endpoint.instance.ready()
    elsewhere.ping = 503

    endpoint.instance.doubt(endpoint.instance.address)

    with pytest.raises(NotReady):
        endpoint.invoke(b"x")
    elsewhere.ping = 200
    until(lambda: endpoint.instance.address, "the next ping")
    assert endpoint.invoke(b"x").body == b"seen: x"
    lines = [event.text for event in Stream("AllTraffic/1", tmp_path / "AllTraffic-1.log").events()]
    url = f"http://{HOST}:{elsewhere.port}/detector"
    assert lines == [
        f"[remote] {url} answers",
        f"[remote] {url} is not called: a call broke off",
        f"[remote] {url} answers",
    ]


def test_a_server_that_does_not_answer_in_time_fails_the_start_with_the_reason(tmp_path: Path) -> None:
    endpoint = Endpoint("http://127.0.0.1:9", OUTBOUND, tmp_path / "x.log", startup=0.1)

    with pytest.raises(StartFailed, match=r"http://127.0.0.1:9/ping: no connection to 127.0.0.1 port 9"):
        endpoint.instance.ready()
    endpoint.instance.stop()


def test_a_server_that_may_not_be_reached_is_not_waited_for(elsewhere: Elsewhere, tmp_path: Path) -> None:
    endpoint = Endpoint(f"http://127.0.0.1:{elsewhere.port}/detector", Outbound(), tmp_path / "x.log")

    with pytest.raises(NotPrepared, match=r"private address 127.0.0.1.*--allow-outbound"):
        endpoint.instance.ready()
    endpoint.instance.stop()


def test_by_https_its_certificate_is_checked_by_the_name_in_the_url(
    elsewhere_by_tls: Elsewhere, pem: Path, tmp_path: Path
) -> None:
    trusting = Outbound(["127.0.0.0/8"], resolve=lambda _host, _port: ["127.0.0.1"], ca_file=str(pem))
    url = f"https://{HOST}:{elsewhere_by_tls.port}/detector"
    endpoint = Endpoint(url, trusting, tmp_path / "trusting.log")
    endpoint.instance.ready()

    assert endpoint.invoke(b"x").body == b"seen: x"
    endpoint.instance.stop()

    other = Endpoint(url, OUTBOUND, tmp_path / "other.log", startup=0.1)
    with pytest.raises(StartFailed, match="CERTIFICATE_VERIFY_FAILED"):
        other.instance.ready()
    other.instance.stop()


def test_of_several_addresses_the_first_that_answers_is_called(elsewhere: Elsewhere, tmp_path: Path) -> None:
    outbound = Outbound(["127.0.0.0/8"], resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"])
    endpoint = Endpoint(f"http://{HOST}:{elsewhere.port}/detector", outbound, tmp_path / "x.log")
    endpoint.instance.ready()

    assert endpoint.invoke(b"x").body == b"seen: x"
    endpoint.instance.stop()
