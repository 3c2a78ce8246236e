"""A head that never ends is cut off: nothing is kept of it, and its sender learns why."""

from __future__ import annotations

import pytest

from tests.strangers.http import answer, pour, status

MIB = 1024 * 1024

ENDLESS = {
    "header": (b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Long: ", b"a" * 65536),
    "request line": (b"GET /", b"a" * 65536),
    "name of a header": (b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n", b"a" * 65536),
    "headers": (b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n", b"x-field: value\r\n" * 4096),
}
CHUNKED = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS_LATER = {
    "trailer": (CHUNKED + b"1\r\na\r\n0\r\nX-Long: ", b"a" * 65536),
    "chunk extension": (CHUNKED + b"1;", b"a" * 65536),
    "chunk size": (CHUNKED, b"0" * 65536),
}


@pytest.mark.parametrize(("begin", "piece"), ENDLESS.values(), ids=ENDLESS)
def test_a_head_without_end_is_answered_431_and_costs_nothing(victim, sockets, begin, piece):
    connection = sockets(victim.connect())
    connection.sendall(begin)

    pour(connection, piece, 64 * MIB)

    assert answer(connection).startswith(b"HTTP/1.1 431 ")
    assert victim.memory < 1.5 * victim.at_rest


@pytest.mark.parametrize(("begin", "piece"), ENDLESS_LATER.values(), ids=ENDLESS_LATER)
def test_what_stands_between_the_pieces_of_a_body_has_the_same_limit(victim, sockets, begin, piece):
    connection = sockets(victim.connect())
    connection.sendall(begin)

    assert pour(connection, piece, 64 * MIB) < 64 * MIB
    assert victim.memory < 1.5 * victim.at_rest


def test_a_head_of_64_kib_and_100_fields_is_served(victim, sockets):
    connection = sockets(victim.connect())
    fields = [f"x-{number}: {'a' * 600}" for number in range(98)]
    head = "\r\n".join(["GET /sign-in HTTP/1.1", "Host: localhost", *fields, "", ""]).encode()
    assert 56 * 1024 < len(head) < 64 * 1024

    connection.sendall(head)

    assert status(connection) == 200


def test_the_101st_field_is_one_too_many(victim, sockets):
    connection = sockets(victim.connect())
    fields = [f"x-{number}: a" for number in range(100)]

    connection.sendall("\r\n".join(["GET /sign-in HTTP/1.1", "Host: localhost", *fields, "", ""]).encode())

    assert status(connection) == 431


def test_a_flood_of_pipelined_requests_is_cut_off(victim, sockets):
    connections = [sockets(victim.connect()) for _ in range(20)]
    for connection in connections:
        connection.settimeout(10)
        pour(connection, b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n" * 4000, 4 * MIB)
        answer(connection)

    assert victim.memory < 1.7 * victim.at_rest
