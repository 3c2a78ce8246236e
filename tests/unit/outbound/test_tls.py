"""https: the certificate must be for the name in the URL, although an address that was judged is connected to."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from secondlook.outbound import Outbound, Unreachable
from tests.certificates import self_signed

NAME = "artifacts.example"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"over TLS")

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        pass  # a client that refuses the certificate hangs up


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls"), NAME)


@pytest.fixture
def port(pem: Path) -> Iterator[int]:
    server = _Server(("127.0.0.1", 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def outbound(ca_file: Path | None) -> Outbound:
    return Outbound(
        ["127.0.0.0/8"], resolve=lambda _host, _port: ["127.0.0.1"], ca_file=str(ca_file) if ca_file else None
    )


def test_a_certificate_for_the_name_in_the_url_is_accepted(port: int, pem: Path) -> None:
    assert outbound(pem).request("GET", f"https://{NAME}:{port}/").body == b"over TLS"


def test_a_certificate_for_another_name_is_refused(port: int, pem: Path) -> None:
    with pytest.raises(Unreachable, match=r"other.example"):
        outbound(pem).request("GET", f"https://other.example:{port}/")


def test_a_certificate_that_nobody_vouches_for_is_refused(port: int) -> None:
    with pytest.raises(Unreachable, match=r"(?i)certificate"):
        outbound(None).request("GET", f"https://{NAME}:{port}/")
