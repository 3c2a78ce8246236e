"""The door itself: a request becomes a call of one function, its result or error becomes the answer.

    check_host → claim → route → whose key is it?, admit → read → STEPS → the operation → serialise

An upload form makes its claim in its fields, and goes on as the request that it stands for (`s3/forms.py`). A body is read only
for a key that is known; the protocol that hides the operation in its body is routed after that. Operations are plain functions
and run with all steps in one hop to a thread; those that move bytes, or are called most, are coroutines and run here (`by_size`).
"""

from __future__ import annotations

import logging
import traceback
from functools import lru_cache
from typing import Any

from anyio import to_thread
from starlette.types import Receive, Scope, Send

from secondlook.api.call import Streamed
from secondlook.api.errors import explained
from secondlook.api.exchange import ClientGone, Exchange
from secondlook.api.origins import Origins
from secondlook.api.s3 import forms
from secondlook.api.services import Services
from secondlook.api.steps import STEPS, admit, check_host, claim
from secondlook.api.streaming import stream
from secondlook.wire import errors
from secondlook.wire.by_size import run_by_size
from secondlook.wire.hosts import Hosts
from secondlook.wire.http import Response, is_field_name, is_field_value
from secondlook.wire.route import dialect, route
from secondlook.wire.serialize import identification, serialize, serialize_error

log = logging.getLogger("secondlook.api")

Fields = list[tuple[bytes, bytes]]


class Gateway:
    """An ASGI application that serves every AWS service."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._hosts = Hosts(services.settings)
        self._origins = Origins(services)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        services = self._services
        exchange = Exchange.begin(scope, receive, services.bodies, self._hosts, services.now())
        is_preflight, is_refused = exchange.request.method == "OPTIONS", False
        try:
            answer = await (
                self._origins.preflight(exchange.request) if is_preflight else self._answer(exchange)
            )
        except ClientGone:
            return
        except Exception as error:  # noqa: BLE001  (whatever happens, the client gets an answer in its protocol)
            answer, is_refused = _error_response(exchange, error), True
            _let_go(error)
        finally:
            exchange.forget()
        if not is_preflight:
            answer.headers += await self._origins.seen(exchange, is_refused=is_refused)
        if exchange.must_close:
            answer.headers.append(("Connection", "close"))
        await _send(exchange, send, *_sendable(exchange, answer))

    async def _answer(self, exchange: Exchange) -> Response | Streamed:
        check_host(exchange)
        if forms.is_form(exchange.request):
            exchange.take(await forms.read(exchange.request, exchange.stream()))
        else:
            claim(exchange)
        if not exchange.must_be_read_to_route:
            exchange.route = route(exchange.request)
        await self._recall_key(exchange)
        if exchange.route is None:
            await exchange.read()
            exchange.route = route(exchange.request)
        if not exchange.stays_a_stream:
            await exchange.read()
        if not exchange.is_coroutine:
            return await to_thread.run_sync(self._perform, exchange, limiter=exchange.traits.threads)
        await run_by_size(exchange.size_to_parse, self._take_steps, exchange)
        return _serialized(exchange, await exchange.function(exchange.call))

    def _perform(self, exchange: Exchange) -> Response | Streamed:
        self._take_steps(exchange)
        return _serialized(exchange, exchange.function(exchange.call))

    def _take_steps(self, exchange: Exchange) -> None:
        for step in STEPS:
            step(exchange, self._services)

    async def _recall_key(self, exchange: Exchange) -> None:
        """Find the key that the request claims, from memory or in a thread; AwsError if there is none such."""
        assert exchange.claim is not None
        exchange.key = await self._services.keys.recall(exchange.claim.access_key)
        admit(exchange)


def _serialized(exchange: Exchange, result: dict[str, Any] | Streamed) -> Response | Streamed:
    assert exchange.route is not None
    if isinstance(result, Streamed):
        result.headers.extend(identification(exchange.route.service.name, exchange.request_id))
        return result
    answer = serialize(exchange.route.operation, exchange.route.protocol, result, exchange.request_id)
    return exchange.form.answered(answer, exchange.base_url) if exchange.form else answer


def _error_response(exchange: Exchange, error: Exception) -> Response:
    route = exchange.route
    aws_error = explained(error, route.service if route else None)
    if aws_error is None:
        log.error(
            "request %s failed: %s %s",
            exchange.request_id,
            exchange.request.method,
            exchange.request.path,
            exc_info=error,
        )
        aws_error = errors.internal_failure(
            f"The server failed; its log has the reason under request {exchange.request_id}."
        )
    return serialize_error(
        route.service if route else None,
        route.protocol if route else dialect(exchange.request),
        route.operation if route else None,
        aws_error,
        exchange.request_id,
        exchange.request.resource,
    )


def _let_go(error: BaseException | None) -> None:
    """Empty the frames that an error came through: an error that crossed threads refers to itself by way of them, and the
    bodies in them would stay until the next full collection.
    """
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _sendable(exchange: Exchange, answer: Response | Streamed) -> tuple[Response | Streamed, Fields]:
    """The answer and its header fields as bytes; that the server failed, if one of them cannot be sent."""
    try:
        return answer, _encoded(answer.headers)
    except ValueError as error:
        failure = _error_response(exchange, error)
        return failure, _encoded(failure.headers)


def _encoded(headers: list[tuple[str, str]]) -> Fields:
    return [(_encoded_name(name), _encoded_value(name, value)) for name, value in headers]


@lru_cache(maxsize=1024)
def _encoded_name(name: str) -> bytes:
    """Kept, because nearly every answer has the same."""
    if not is_field_name(name):
        raise ValueError(f"no header field can be called {name!r}")
    return name.lower().encode()


def _encoded_value(name: str, value: str) -> bytes:
    if not is_field_value(value):
        raise ValueError(f"no header field can be {name!r}: {value!r}")
    return value.encode("latin-1")


async def _send(exchange: Exchange, send: Send, answer: Response | Streamed, headers: Fields) -> None:
    body = answer.body
    if isinstance(body, bytes) and not any(name == b"content-length" for name, _ in headers):
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if isinstance(body, bytes):
        await send({"type": "http.response.body", "body": body})
        return
    request = exchange.request
    await stream(exchange.receive, send, body, f"{request.method} {request.path}")
