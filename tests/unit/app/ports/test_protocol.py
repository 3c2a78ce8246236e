"""How slow a client may be, and what becomes of a body that nobody reads."""

from __future__ import annotations

import contextlib
import select
import socket
import time

import pytest

from tests.running import eventually
from tests.strangers.http import answer, pour, status

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"


def test_a_head_that_does_not_end_in_time_is_told_so(ports):
    connection = ports(head_seconds=0.5).connect()
    connection.sendall(b"GET / HTTP/1.1\r\nHost:")

    assert answer(connection).startswith(b"HTTP/1.1 408 ")


def test_a_connection_that_says_nothing_is_closed_without_a_word(ports):
    connection = ports(head_seconds=0.5).connect()

    assert answer(connection) == b""


def test_the_second_head_of_a_connection_has_its_own_time(ports):
    connection = ports(head_seconds=0.5).connect()
    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert status(connection) == 200

    connection.sendall(b"GET / HT")

    assert b"HTTP/1.1 408 " in answer(connection)


def test_a_body_that_drips_is_given_up_and_the_application_learns_it(ports):
    server = ports(body_seconds=0.5, body_bytes=1000)
    connection = server.connect()
    connection.sendall(HEAD % 100_000 + b"a" * 10)

    assert answer(connection).startswith(b"HTTP/1.1 408 ")
    assert eventually(server.ended) == ["disconnected"]


def test_a_body_that_keeps_coming_is_read_however_long_it_takes(ports):
    """Each stretch of time brings enough, so the fourth piece is as welcome as the first."""
    server = ports(body_seconds=0.5, body_bytes=1000, head_seconds=0.5)
    connection = server.connect()
    clock = server.connect()  # is closed after half a second: tells the time without sleeping
    connection.sendall(HEAD % 40_000)
    for _ in range(4):
        connection.sendall(b"a" * 10_000)
        answer(clock)
        clock = server.connect()

    assert status(connection) == 200


def test_the_rest_of_an_unread_body_is_let_through_to_a_limit(ports):
    server = ports(unread_bytes=1_000_000)
    patient, endless = server.connect(), server.connect()
    body = b"a" * 900_000

    patient.sendall(
        b"POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    assert status(patient) == 200
    patient.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert b"HTTP/1.1 200" in answer(patient)

    endless.sendall(b"POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n")
    assert pour(endless, b"a" * 65536, 100_000_000) < 100_000_000


def test_the_rest_of_an_unread_body_has_a_time(ports):
    server = ports(unread_seconds=0.5)
    connection = server.connect()
    connection.sendall(b"POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")

    assert b"HTTP/1.1 200" in answer(connection)


def test_a_client_that_takes_nothing_of_its_answer_is_let_go(ports):
    connection = ports(stalled_seconds=0.5).connect()
    connection.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")

    # What the system had buffered arrives; the rest never does.
    eventually(lambda: _is_closed(connection))
    assert len(answer(connection)) < 50_000_000


def test_half_bodies_keep_nobody_out(ports):
    server = ports(per_address=5)
    halves = [server.connect() for _ in range(5)]
    for half in halves:
        half.sendall(HEAD % 1000 + b"a")

    newcomer = server.connect()
    newcomer.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert status(newcomer) == 200
    closed, _, _ = select.select(halves, [], [], 30)
    assert [answer(half) for half in closed] == [b""]


def test_a_client_that_takes_its_answer_slowly_gets_all_of_it(ports):
    """Slower than the limit allows for a standstill, but never standing still."""
    server = ports(stalled_seconds=1.5)
    connection = server.connect()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    connection.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
    began = time.monotonic()
    taken = 0
    while time.monotonic() - began < 4:
        taken += len(connection.recv(8192))
        select.select([], [], [], 0.01)

    assert taken > 0
    assert not _is_closed(connection)


def test_an_idle_connection_is_closed_whatever_comes_between(ports):
    connection = ports(idle_seconds=1).connect()
    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert status(connection) == 200

    connection.sendall(b"\r\n")

    assert b"HTTP/1.1" not in answer(connection)


def _is_closed(connection) -> bool:
    """Whether sending meets a connection that the other side has reset."""
    with contextlib.suppress(BlockingIOError):
        try:
            connection.send(b"\r\n")
        except ConnectionError:
            return True
    return False


@pytest.mark.parametrize(
    "request_line", [b"GET / HTTP/1.1\r\nHost: a\r\n x\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n"]
)
def test_what_is_no_http_is_answered_400(ports, request_line):
    connection = ports().connect()
    connection.sendall(request_line)

    assert answer(connection).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("junk", [b"junk", b"junk\r\n\r\n" * 100, b"\x00" * 10])
def test_whole_requests_that_junk_follows_are_answered_before_the_connection_ends(ports, junk):
    connection = ports().connect()
    connection.sendall((HEAD % 4 + b"body") * 2 + junk)

    received = answer(connection)

    assert (received.count(b"HTTP/1.1 200 OK"), received.count(b"HTTP/1.1 ")) == (2, 2)
