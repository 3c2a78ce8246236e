"""The model server: GET /ping and POST /invocations around one predict function.

Predictions run on a small pool of threads, so that /ping answers while a model thinks. The process announces its port
as one line of JSON on standard output; whatever is printed afterwards goes to the log with standard error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvicorn

from secondlook.hosting.contract import (
    CALL_SECONDS,
    CALL_SECONDS_MOST,
    INVOCATIONS,
    MAX_PAYLOAD,
    MAX_REQUEST_SIZE,
    MODEL_DIRECTORY,
    PING,
    PORT,
    WORKERS,
)
from secondlook.hosting.runtimes import failure, lifeline
from secondlook.hosting.runtimes.call import Predict, Reply, Request, RequestError
from secondlook.hosting.runtimes.overrun import Overrun, allowed

_log = logging.getLogger(__name__)


def serve(load: Callable[[], Predict], *, workers: int = 1) -> None:
    """Load the model, announce the port, answer until told to stop. Does not return before that.

    `workers` predictions run at once, unless the environment says how many.
    """
    lifeline.hold()
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    announcement = _take_standard_output()
    overrun = Overrun(allowed(os.environ), allowed(os.environ, CALL_SECONDS_MOST))
    predict = load()
    # With the protocol named, asyncio sets TCP_NODELAY on each connection; without, answers can wait 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", int(os.environ.get(PORT, "8080"))))
        with ThreadPoolExecutor(int(os.environ.get(WORKERS, workers)), "predict") as pool:
            server = uvicorn.Server(
                uvicorn.Config(
                    ModelServer(predict, pool, overrun),
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
            listener.listen(256)
            announcement.write(json.dumps({"port": listener.getsockname()[1]}) + "\n")
            announcement.flush()  # and it stays open: that it closes tells of our death, at once
            asyncio.run(server.serve(sockets=[listener]))


class ModelServer:
    """The ASGI application."""

    def __init__(self, predict: Predict, pool: ThreadPoolExecutor, overrun: Overrun) -> None:
        self._predict = predict
        self._pool = pool
        self._overrun = overrun
        self._most = largest(os.environ)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        match scope["path"], scope["method"]:
            case "/ping", "GET":
                reply = Reply(b"", "")
            case "/invocations", "POST":
                reply = await self._invoke(scope, receive)
            case path, method:
                reply = _text(
                    404, f"{method} {path} is not served here, only GET {PING} and POST {INVOCATIONS}"
                )
        headers = [(b"content-length", str(len(reply.body)).encode())]
        headers += [(name.encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
        if reply.content_type:
            headers.append((b"content-type", reply.content_type.encode()))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    async def _invoke(self, scope: Any, receive: Any) -> Reply:
        body = bytearray()
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._most:
                return _text(
                    413, f"the body is larger than the {self._most:,} bytes that a prediction may take"
                )
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        request = Request(
            bytes(body),
            headers.get(b"content-type", ""),
            headers.get(b"accept", ""),
            {name.decode("latin-1"): value for name, value in headers.items()},
        )
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, request)

    def _answer(self, request: Request) -> Reply:
        try:
            with self._overrun.prediction(request.headers.get(CALL_SECONDS, "")):
                return self._predict(request)
        except RequestError as error:
            return _text(error.status, str(error))
        except BaseException as error:  # noqa: BLE001  (a model's code may raise anything, SystemExit too; its caller is told)
            _log.exception("a prediction failed")
            return _text(*failure.answer(error, Path(os.environ[MODEL_DIRECTORY])))


def largest(environment: Mapping[str, str]) -> int:
    """Bytes that a request may have. Raises SystemExit for a setting that is no number of MiB."""
    setting = environment.get(MAX_REQUEST_SIZE)
    if not setting:
        return MAX_PAYLOAD
    if not (setting.isascii() and setting.isdecimal() and int(setting) > 0):
        raise SystemExit(f"{MAX_REQUEST_SIZE} is {setting!r}; right is a number of MiB over 0")
    return int(setting) << 20


def _take_standard_output() -> Any:
    """Keep standard output for the announcement and send every later print to the log."""
    announcement = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return announcement


def _text(status: int, message: str) -> Reply:
    """Half a surrogate pair, which UTF-8 has no bytes for, is written as Python would."""
    return Reply(message.encode(errors="backslashreplace"), "text/plain; charset=utf-8", status)
