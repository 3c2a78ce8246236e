"""HTTP on one connection: uvicorn's protocol on httptools, with bounds on what a stranger may send and how slowly.

httptools keeps whatever a head, a trailer or a chunk's extension holds, without an end. All three are *what comes since the last
piece of a body*, so one count bounds them. Time is looked at by `check`, once a second, not by a timer a request.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from secondlook.app.ports.connections import Connection, Connections
from secondlook.app.ports.limits import Limits
from secondlook.app.ports.one_write import OneWrite
from secondlook.app.ports.stopping import answered

if TYPE_CHECKING:
    import asyncio

    from uvicorn._types import ASGI3Application


class _Phase(Enum):
    """What is awaited on a connection."""

    HEAD = auto()  # the rest of a head, or its first byte on a fresh connection
    BODY = auto()
    ANSWER = auto()  # ours
    IDLE = auto()  # the next request
    UNREAD = auto()  # the rest of a body that was answered without being read
    LEAVING = auto()  # the client's end: it has been refused


_WAITING = frozenset(_Phase) - {_Phase.ANSWER}
"""Phases in which it is the client's turn."""


class _Unacceptable(Exception):
    """Raised inside the parser's callbacks; httptools turns it into an error that ends the connection."""


class Protocol(HttpToolsProtocol):
    """One connection, bounded by `limits`. `clock` counts seconds and never goes back."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        connection: Connection,
        connections: Connections,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(config, server_state, {})
        self._connection = connection
        self._connections = connections
        self._limits = limits
        self._clock = clock
        self._phase = _Phase.HEAD
        self._since = clock()  # of the phase; of a body's phase, of the current stretch
        self._status = HTTPStatus.BAD_REQUEST  # for what the parser refuses
        self._framing = 0  # bytes since the last piece of a body
        self._received = 0  # bytes of the body in the current stretch, or of what is read unwanted
        self._is_in_head = False
        self._is_in_body = False
        self._ignores_rest = False
        self._paused_at: float | None = None
        self._unsent = 0
        self._closing_at: float | None = None

    # --- the connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._answers = OneWrite(transport, self.loop)
        self._connection.close = transport.abort

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.leave(self._connection)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        self._paused_at, self._unsent = self._clock(), self.transport.get_write_buffer_size()
        self._connections.wait(self._connection)
        super().pause_writing()

    def resume_writing(self) -> None:
        self._paused_at = None
        if self._phase is _Phase.ANSWER:
            self._connections.work(self._connection)
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest and not self.transport.is_closing():
            if self._ignores_rest or self._phase is _Phase.LEAVING:
                self._drop(len(rest), self._limits.unheard_bytes)
                return
            allowance = self._limits.head_bytes + 1 - self._framing
            piece, rest = rest[:allowance], rest[allowance:]
            self._framing += len(piece)
            super().data_received(piece)  # type: ignore[arg-type]
            if self._framing > self._limits.head_bytes:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    # --- the parser's callbacks

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head = True
        if self._phase is _Phase.IDLE:
            self._enter(_Phase.HEAD)

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) >= self._limits.head_fields:
            self._status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise _Unacceptable
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= self._limits.pipelined:
            self._status = HTTPStatus.TOO_MANY_REQUESTS
            raise _Unacceptable
        self._is_in_head, self._is_in_body = False, True
        self._enter(_Phase.BODY)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._framing = 0
        if self._phase is _Phase.UNREAD:
            self._drop(len(body), self._limits.unread_bytes)
        else:
            self._received += len(body)
            self._connections.wait(self._connection)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._framing = 0
        self._is_in_body = False
        super().on_message_complete()
        self._enter(_Phase.IDLE if self._phase is _Phase.UNREAD else _Phase.ANSWER)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        cycle.transport = self._answers
        super()._start_asgi_task(cycle, partial(answered, app, cycle))

    def on_response_complete(self) -> None:
        self._answers.complete()
        super().on_response_complete()
        if self._is_in_head:
            self._enter(_Phase.HEAD)
        elif self.cycle.response_complete:  # nothing was pipelined behind it
            self._enter(_Phase.UNREAD if self._is_in_body else _Phase.IDLE)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  (uvicorn's words for the parser's errors)
        if self._phase is _Phase.ANSWER and self._status is HTTPStatus.BAD_REQUEST:
            self._ignore_rest()
        else:
            self._refuse(self._status)

    # --- time

    def check(self) -> None:
        """End the connection if its client is too slow. To be called about once a second."""
        now, limits = self._clock(), self._limits
        if self.transport.is_closing():
            # What is left to be sent is waited for, not for ever.
            self._closing_at = self._closing_at or now
            if now - self._closing_at > limits.stalled_seconds:
                self.transport.abort()
        elif self._paused_at is not None:
            self._check_taking(now, self._paused_at)
        elif self._phase is _Phase.BODY:
            self._check_pace(now)
        elif self._phase is _Phase.HEAD and now - self._since > limits.head_seconds:
            if self._framing:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
            else:
                self.transport.close()
        elif self._phase is _Phase.IDLE and now - self._since > limits.idle_seconds:
            self.transport.close()
        elif self._phase in {_Phase.UNREAD, _Phase.LEAVING} and now - self._since > limits.unread_seconds:
            self.transport.abort()

    def _check_taking(self, now: float, since: float) -> None:
        unsent = self.transport.get_write_buffer_size()
        if unsent < self._unsent:
            self._paused_at, self._unsent = now, unsent
        elif now - since > self._limits.stalled_seconds:
            self.transport.abort()

    def _check_pace(self, now: float) -> None:
        if self.flow.read_paused:
            self._begin_stretch(now)  # it is we who are slow
        elif now - self._since > self._limits.body_seconds:
            if self._received < self._limits.body_bytes:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
            else:
                self._begin_stretch(now)

    # --- phases

    def _enter(self, phase: _Phase) -> None:
        (self._connections.wait if phase in _WAITING else self._connections.work)(self._connection)
        self._phase = phase
        self._begin_stretch(self._clock())

    def _begin_stretch(self, now: float) -> None:
        self._since, self._received = now, 0

    def _drop(self, size: int, most: int) -> None:
        """Take note of bytes that nobody wants, of which `most` may come."""
        self._received += size
        if self._received > most:
            self.transport.abort()

    def _ignore_rest(self) -> None:
        """What follows whole requests is none, as when a body is longer than its head says: they are answered, then it ends."""
        self._ignores_rest = True
        self.cycle.keep_alive = False

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer for the application, unless it has begun to, and hear no more of this client."""
        if self._phase is _Phase.LEAVING or self.transport.is_closing():
            return
        cycle, is_answering = self.cycle, self._phase is not _Phase.BODY
        is_open = cycle is not None and not cycle.response_complete
        self._enter(_Phase.LEAVING)
        if is_open:
            cycle.disconnected = True
            cycle.message_event.set()
            if is_answering or cycle.response_started or self.pipeline:
                # It would be taken for the answer to a request before this one, or for the rest of one.
                self.transport.abort()
                return
        self.transport.write(
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode()
        )
        if not self.transport.can_write_eof():
            self.transport.close()
            return
        try:
            # Closing at once, with bytes unread, would reset the connection and take the answer with it.
            self.transport.write_eof()
        except OSError:
            self.transport.abort()  # gone already
        self.flow.resume_reading()
