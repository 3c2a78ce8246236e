"""Many connections that ask nothing: whoever opens them pushes out his own, and everybody else gets in."""

from __future__ import annotations

import resource
import ssl
import urllib.request

from tests.running import Server, eventually
from tests.strangers.http import status


def sign_in_page(server: Server) -> int:
    with urllib.request.urlopen(f"{server.url}/sign-in", timeout=10) as response:
        return response.status


def test_300_half_requests_keep_nobody_out(victim, sockets):
    halves = [sockets(victim.connect()) for _ in range(300)]
    for half in halves:
        half.sendall(b"GET /sign-in HT")

    assert sign_in_page(victim.server) == 200
    assert victim.memory < 1.5 * victim.at_rest


def test_a_half_request_is_told_off_after_ten_seconds(victim, sockets):
    half = sockets(victim.connect())
    half.sendall(b"GET /sign-in HT")

    assert status(half) == 408


def test_300_half_handshakes_keep_nobody_out(victim, sockets):
    for _ in range(300):
        half = sockets(victim.connect_tls())
        half.sendall(b"\x16\x03\x01")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    url = f"https://127.0.0.1:{victim.server.tls_port}/sign-in"
    with urllib.request.urlopen(url, timeout=10, context=context) as response:
        assert response.status == 200


def test_without_free_descriptors_the_server_goes_on_and_says_so_once(own_victim, sockets):
    """The system's limit is lower than ours: too few descriptors for all who come."""
    server = own_victim.server
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (60, 60))
    for _ in range(150):
        sockets(own_victim.connect()).sendall(b"GET /sign-in HT")

    eventually(lambda: sign_in_page(server) == 200)
    assert server.log.count("no connection can be accepted") == 1
