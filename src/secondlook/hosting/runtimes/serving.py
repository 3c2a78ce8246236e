"""The model server: GET /ping and POST /invocations around one predict function.

Predictions run on a small pool of threads, so that /ping answers while a model thinks. The process inherits the socket that it
listens on (`contract.LISTENER`); run by hand, it takes a port of loopback. That the model is loaded it announces as one line of
JSON on standard output; whatever is printed afterwards goes to the log with standard error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvicorn

from secondlook.hosting.contract import (
    CALL_SECONDS,
    CALL_SECONDS_MOST,
    INVOCATIONS,
    LISTENER,
    MAX_PAYLOAD,
    MODEL_DIRECTORY,
    PING,
    PORT,
    largest_payload,
)
from secondlook.hosting.runtimes import failure, lifeline
from secondlook.hosting.runtimes.call import Predict, Reply, Request, RequestError
from secondlook.hosting.runtimes.outgoing import Gone, Outgoing
from secondlook.hosting.runtimes.overrun import Overrun, allowed
from secondlook.hosting.runtimes.workers import workers_of
from secondlook.wire import freed_memory

_log = logging.getLogger(__name__)


def serve(load: Callable[[], Predict], *, workers: int = 1) -> None:
    """Load the model, announce that, answer until told to stop. Does not return before that.

    `workers` predictions run at once, unless the environment says how many.
    """
    lifeline.hold()
    freed_memory.keep()
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    announcement = _take_standard_output()
    overrun = Overrun(allowed(os.environ), allowed(os.environ, CALL_SECONDS_MOST))
    most_bytes = _most_bytes()
    with (
        _listener() as listener,
        ThreadPoolExecutor(workers_of(os.environ, workers), "predict") as pool,
    ):
        predict = load()
        server = uvicorn.Server(
            uvicorn.Config(
                ModelServer(predict, pool, overrun, most_bytes),
                lifespan="off",
                ws="none",
                access_log=False,
                log_config=None,
                server_header=False,
                date_header=False,
                timeout_keep_alive=3600,
            )
        )
        overrun.watch()
        announcement.write(json.dumps({"answers_at": listener.getsockname()}) + "\n")
        announcement.flush()  # and it stays open: that it closes tells of our death, at once
        asyncio.run(server.serve(sockets=[listener]))


class ModelServer:
    """The ASGI application."""

    def __init__(
        self, predict: Predict, pool: ThreadPoolExecutor, overrun: Overrun, most_bytes: int = MAX_PAYLOAD
    ) -> None:
        self._predict = predict
        self._pool = pool
        self._overrun = overrun
        self._most_bytes = most_bytes

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        match scope["path"], scope["method"]:
            case "/ping", "GET":
                reply: Reply | None = Reply(b"", "")
            case "/invocations", "POST":
                reply = await self._invoke(scope, receive, send)
            case path, method:
                reply = _text(
                    404, f"{method} {path} is not served here, only GET {PING} and POST {INVOCATIONS}"
                )
        if reply is not None:
            headers = [(b"content-length", str(len(reply.body)).encode()), *_headers(reply)]
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            await send({"type": "http.response.body", "body": reply.body})

    async def _invoke(self, scope: Any, receive: Any, send: Any) -> Reply | None:
        """The reply; None where it has been sent in pieces."""
        body = bytearray()
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._most_bytes:
                return _text(
                    413, f"the body is larger than the {self._most_bytes:,} bytes that a prediction may take"
                )
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        request = Request(
            bytes(body),
            headers.get(b"content-type", ""),
            headers.get(b"accept", ""),
            {name.decode("latin-1"): value for name, value in headers.items()},
        )
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._work, request, Outgoing(loop, receive, send))

    def _work(self, request: Request, outgoing: Outgoing) -> Reply | None:
        reply = self._answer(request)
        if reply.pieces is None:
            return reply
        self._send_pieces(reply, reply.pieces, outgoing, request.headers.get(CALL_SECONDS, ""))
        return None

    def _answer(self, request: Request) -> Reply:
        try:
            with self._overrun.prediction(request.headers.get(CALL_SECONDS, "")):
                return self._predict(request)
        except RequestError as error:
            return _text(error.status, str(error))
        except BaseException as error:  # noqa: BLE001  (a model's code may raise anything, SystemExit too; its caller is told)
            _log.exception("a prediction failed")
            return _text(*failure.answer(error, Path(os.environ[MODEL_DIRECTORY])))

    def _send_pieces(self, reply: Reply, pieces: Iterator[bytes], outgoing: Outgoing, seconds: str) -> None:
        """Each piece may take as long as a prediction. What fails now cannot be told any more: the answer stays unfinished."""
        try:
            outgoing.begin(reply.status, _headers(reply))
            while (piece := self._next(pieces, seconds)) is not None:
                outgoing.send(piece)
            outgoing.end()
        except Gone:
            _log.info("nobody reads the rest of an answer any more")
        except BaseException:  # noqa: BLE001  (as in `_answer`)
            _log.exception("a prediction failed in the middle of its answer")
        finally:
            outgoing.forget()
            self._close(pieces)

    def _next(self, pieces: Iterator[bytes], seconds: str) -> bytes | None:
        with self._overrun.prediction(seconds):
            return next(pieces, None)

    def _close(self, pieces: Iterator[bytes]) -> None:
        """So that what a script does `finally` is done now."""
        try:
            with self._overrun.prediction():
                getattr(pieces, "close", lambda: None)()
        except BaseException:  # noqa: BLE001  (as in `_answer`)
            _log.exception("an answer in pieces could not be given up")


def _headers(reply: Reply) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
    return [*headers, (b"content-type", reply.content_type.encode())] if reply.content_type else headers


def _listener() -> socket.socket:
    """The socket that was inherited, else a port of loopback. Nothing that the model starts inherits it, or hears of it."""
    if descriptor := os.environ.pop(LISTENER, None):
        os.set_inheritable(int(descriptor), False)
        return socket.socket(fileno=int(descriptor))
    # With the protocol named, asyncio sets TCP_NODELAY on each connection; without, answers can wait 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(os.environ.get(PORT, "8080"))))
    listener.listen(256)
    return listener


def _most_bytes() -> int:
    """Of a request. Raises SystemExit for a variable that is no number."""
    try:
        return largest_payload(os.environ)
    except ValueError as error:
        raise SystemExit(str(error)) from error


def _take_standard_output() -> Any:
    """Keep standard output for the announcement and send every later print to the log."""
    announcement = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return announcement


def _text(status: int, message: str) -> Reply:
    """Half a surrogate pair, which UTF-8 has no bytes for, is written as Python would."""
    return Reply(message.encode(errors="backslashreplace"), "text/plain; charset=utf-8", status)
