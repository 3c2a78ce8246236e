"""The proxy's own HTTP, against servers that answer well, oddly and badly."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.hosting.instances.instance import Address
from secondlook.hosting.invocation.connection import Connections
from secondlook.hosting.invocation.receiver import Answer, BrokenOff


class Model:
    """A server that says what it is told to, and remembers what it heard and on how many connections."""

    def __init__(self, *says: bytes, then_close: bool = False) -> None:
        self.says = says
        self.then_close = then_close
        self.heard: list[bytes] = []
        self.connections = 0
        self._talking: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Address]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        try:
            yield Address(("127.0.0.1",), server.sockets[0].getsockname()[1], "127.0.0.1")
        finally:
            server.close()
            await asyncio.gather(*self._talking)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._talking.add(asyncio.current_task())
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.heard.append(head + await reader.readexactly(length))
                for piece in self.says:
                    writer.write(piece)
                    await writer.drain()
                if self.then_close:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def talk(model: Model, *bodies: bytes) -> list[Answer]:
    """Post the bodies one after the other, as one client."""

    async def all_of_it() -> list[Answer]:
        async with model.listening() as address:
            connections = Connections()
            try:
                return [
                    await connections.post(address, "/invocations", {"Accept": "json"}, body)
                    for body in bodies
                ]
            finally:
                connections.close()

    return asyncio.run(asyncio.wait_for(all_of_it(), 10))


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"


def test_a_request_is_sent_whole_and_its_answer_read_whole() -> None:
    model = Model(OK)

    [answer] = talk(model, b"body")

    assert (answer.status, answer.body, answer.whole) == (200, b"hello", True)
    assert answer.headers == {"content-type": "text/plain", "content-length": "5"}
    assert model.heard[0].startswith(b"POST /invocations HTTP/1.1\r\nHost: 127.0.0.1:")
    assert model.heard[0].endswith(b"\r\nContent-Length: 4\r\nAccept: json\r\n\r\nbody")


def test_one_connection_serves_many_calls() -> None:
    model = Model(OK)

    assert [answer.body for answer in talk(model, b"1", b"2", b"3")] == [b"hello"] * 3
    assert model.connections == 1


def test_an_answer_may_come_in_any_pieces() -> None:
    model = Model(*(bytes([byte]) for byte in OK))

    assert talk(model, b"")[0].body == b"hello"


def test_an_answer_may_be_chunked() -> None:
    model = Model(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    )

    assert talk(model, b"", b"")[1].body == b"hello world"
    assert model.connections == 1


def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    model = Model(b"HTTP/1.1 200 OK\r\n\r\nhello", then_close=True)

    assert [answer.body for answer in talk(model, b"", b"")] == [b"hello", b"hello"]
    assert model.connections == 2


def test_a_server_that_closes_after_each_answer_is_connected_to_anew() -> None:
    model = Model(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), then_close=True)

    assert len(talk(model, b"1", b"2")) == 2
    assert model.connections == 2


def test_a_large_body_is_sent_and_received() -> None:
    body = bytes(MAX_PAYLOAD)
    model = Model(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % MAX_PAYLOAD, body)

    assert talk(model, body)[0].body == body
    assert model.heard[0].endswith(body)


def test_an_answer_over_the_limit_is_cut_and_says_so() -> None:
    model = Model(
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (MAX_PAYLOAD + 1), bytes(MAX_PAYLOAD + 1)
    )

    assert not talk(model, b"")[0].whole


@pytest.mark.parametrize(
    "says",
    [b"", b"HTTP/1.1 200 OK\r\n", OK[:-2], b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"],
)
def test_a_conversation_that_ends_too_early_is_broken_off(says: bytes) -> None:
    with pytest.raises(BrokenOff, match="the model server closed the connection"):
        talk(Model(says, then_close=True), b"")


def test_what_is_no_http_is_broken_off() -> None:
    with pytest.raises(BrokenOff, match="does not speak HTTP"):
        talk(Model(b"220 smtp.example.org\r\n"), b"")


def test_a_header_with_a_line_break_is_not_sent() -> None:
    async def smuggle() -> None:
        with pytest.raises(ValueError, match="line break"):
            await Connections().post(
                Address(("127.0.0.1",), 9, "127.0.0.1"), "/", {"Accept": "a\r\nX: y"}, b""
            )

    asyncio.run(smuggle())


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (Address(("192.0.2.1",), 8080, "models.example"), "models.example:8080"),
        (Address(("192.0.2.1",), 80, "models.example"), "models.example"),
        (Address(("192.0.2.1",), 443, "models.example"), "models.example:443"),
        (Address(("192.0.2.1",), 443, "models.example", tls=ssl.create_default_context()), "models.example"),
        (Address(("2001:db8::1",), 8080, "2001:db8::1"), "[2001:db8::1]:8080"),
    ],
)
def test_the_header_host_is_what_the_url_says(address: Address, host: str) -> None:
    assert address.authority == host


def test_interim_answers_are_passed_over() -> None:
    model = Model(
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nContent-Type: image/png\r\nX-Early: 1\r\n\r\n",
        OK,
    )

    answers = talk(model, b"1", b"2")

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"hello")] * 2
    assert answers[0].headers == {"content-type": "text/plain", "content-length": "5"}
    assert model.connections == 1


def test_a_change_of_protocol_is_no_answer() -> None:
    with pytest.raises(BrokenOff, match="does not speak HTTP"):
        talk(
            Model(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nanything"),
            b"",
        )


def test_a_second_answer_is_nobodys_least_of_all_the_next_callers() -> None:
    second = OK.replace(b"text/plain", b"text/evil").replace(b"hello", b"wrong")
    model = Model(OK + second)

    answers = talk(model, b"1", b"2")

    assert [(answer.body, answer.headers["content-type"]) for answer in answers] == [
        (b"hello", "text/plain")
    ] * 2
    assert model.connections == 2


def test_what_comes_while_nobody_asks_ends_the_connection() -> None:
    """So that it cannot be taken for the answer to what is asked next."""
    model = Model(OK)

    async def ask_twice() -> list[bytes]:
        async with model.listening() as address:
            connections = Connections()
            first = await connections.post(address, "/", {}, b"")
            [(_, idle)] = connections._idle[address]
            idle.data_received(OK.replace(b"hello", b"wrong"))
            second = await connections.post(address, "/", {}, b"")
            connections.close()
            return [first.body, second.body]

    assert asyncio.run(asyncio.wait_for(ask_twice(), 10)) == [b"hello", b"hello"]
    assert model.connections == 2


def test_bytes_beyond_the_declared_length_are_no_part_of_the_answer() -> None:
    model = Model(OK + b"rest")

    assert [answer.body for answer in talk(model, b"1", b"2")] == [b"hello"] * 2
    assert model.connections == 2


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 99999999999999999999999\r\n",
        b"X-Nul: a\x00b\r\n",
        b"no header\r\n",
    ],
)
def test_a_head_that_means_two_things_or_none_is_broken_off(head: bytes) -> None:
    with pytest.raises(BrokenOff, match="does not speak HTTP"):
        talk(Model(b"HTTP/1.1 200 OK\r\n" + head + b"\r\nhello", then_close=True), b"")


@pytest.mark.parametrize("status", [b"000", b"099"])
def test_a_status_that_is_none_is_broken_off_at_once(status: bytes) -> None:
    with pytest.raises(BrokenOff, match=f"does not speak HTTP: {status.decode()} is no status"):
        talk(Model(b"HTTP/1.1 " + status + b" Odd\r\nContent-Length: 5\r\n\r\nhello"), b"")


ENDLESS = {
    "a value": b"a" * 1000,
    "headers": b"b: c\r\nX-Next: ",
    "interim answers": b"\r\n\r\nHTTP/1.1 100 Continue\r\nX-More: ",
}


@pytest.mark.parametrize("what", ["a value", "headers", "interim answers"])
def test_a_head_without_an_end_is_broken_off(what: str) -> None:
    begin = (
        b"HTTP/1.1 100 Continue\r\nX-More: " if what == "interim answers" else b"HTTP/1.1 200 OK\r\nX-More: "
    )

    with pytest.raises(BrokenOff, match="more than 65,536 bytes of headers"):
        talk(Model(begin, *[ENDLESS[what] * 100] * 1000), b"")


def test_trailers_are_passed_over_and_may_not_be_endless() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"

    [answer] = talk(Model(chunked + b"X-Trailer: 1\r\nTransfer-Encoding: x\r\n\r\n"), b"")
    assert (answer.body, answer.headers) == (b"hello", {"transfer-encoding": "chunked"})

    with pytest.raises(BrokenOff, match="more than 65,536 bytes of headers"):
        talk(Model(chunked + b"X-Trailer: ", *[b"a" * 100_000] * 100), b"")


def test_many_small_pieces_take_no_more_room_than_their_bytes() -> None:
    chunks = b"".join(b"1\r\n%c\r\n" % (65 + number % 26) for number in range(50_000))
    model = Model(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")

    [answer] = talk(model, b"")

    assert (len(answer.body), answer.body[:3]) == (50_000, b"ABC")


def read_in_pieces(model: Model, *, most: int = 1_000_000) -> tuple[bytes, list[bool]]:
    """The body of one answer, up to `most` bytes, and whether the connection can be used again."""

    async def read() -> tuple[bytes, list[bool]]:
        async with model.listening() as address:
            connections = Connections()
            stream = await connections.open(address, "/", {}, b"")
            body = b""
            try:
                while len(body) < most and (piece := await stream.read()):
                    body += piece
            finally:
                stream.close()
            usable = [connection.usable for _, connection in connections._idle.get(address, ())]
            connections.close()
            return body, usable

    return asyncio.run(asyncio.wait_for(read(), 10))


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"


def test_an_answer_read_to_its_end_leaves_its_connection_to_the_next() -> None:
    assert read_in_pieces(Model(CHUNKED + b"6\r\n world\r\n0\r\n\r\n")) == (b"hello world", [True])


def test_an_answer_given_up_closes_its_connection() -> None:
    assert read_in_pieces(Model(CHUNKED), most=5) == (b"hello", [])


def test_an_answer_that_breaks_off_gives_what_came_and_then_says_so() -> None:
    model = Model(CHUNKED, then_close=True)

    async def read() -> bytes:
        async with model.listening() as address:
            stream = await Connections().open(address, "/", {}, b"")
            first = await stream.read()
            with pytest.raises(BrokenOff, match="closed the connection"):
                await stream.read()
            stream.close()
            return first

    assert asyncio.run(asyncio.wait_for(read(), 10)) == b"hello"
