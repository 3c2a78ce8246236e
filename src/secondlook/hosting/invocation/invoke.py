"""InvokeEndpoint between the caller and a model: route, ask, and say in AWS's words what went wrong.

Runs on the event loop from end to end; nothing here waits for a thread or a database, but for a call that would be refused.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from anyio import to_thread

from secondlook.hosting import contract
from secondlook.hosting.errors import ModelBrokeOff, ModelFailed, NotInvokable, NotReady
from secondlook.hosting.instances.instance import Address, Instance
from secondlook.hosting.invocation.capture import Captures, Event, Payload
from secondlook.hosting.invocation.connection import Connections, NoConnection, Stream
from secondlook.hosting.invocation.receiver import Answer, BrokenOff
from secondlook.hosting.invocation.routes import Routes, Variant
from secondlook.hosting.invocation.streamed import StreamedInvocation
from secondlook.names import Place
from secondlook.store.availability import Unavailable

log = logging.getLogger(__name__)

Said = TypeVar("Said", Answer, Stream)

QUOTED = 4096
"""Bytes of a model's error that are quoted; a longer one is not."""

Send = Callable[[Address, str, dict[str, str], bytes], Awaitable[Said]]
"""Sends a request (path, headers, body) to an instance."""

TOO_LATE = "Your invocation timed out while waiting for a response from container primary."


@dataclass(frozen=True, slots=True)
class Invocation:
    """A model's answer. `headers` are those that the caller may see, names in lower case."""

    body: bytes
    headers: Mapping[str, str]
    variant: str
    model_version: str


class Invoker:
    """Calls models. Belongs to one event loop. `refresh` brings the routes up to date; it may block."""

    def __init__(
        self,
        routes: Routes,
        place: Place,
        refresh: Callable[[], None],
        *,
        answer_seconds: float = contract.ANSWER_SECONDS,
        stream_seconds: float = contract.STREAM_SECONDS,
        captures: Captures | None = None,
    ) -> None:
        self._routes = routes
        self._place = place
        self._refresh = refresh
        self._answer_seconds = answer_seconds
        self._stream_seconds = stream_seconds
        self._captures = captures
        self._connections = Connections()

    async def invoke(
        self, endpoint: str, body: bytes, headers: Mapping[str, str], target_variant: str | None = None
    ) -> Invocation:
        """Ask one instance of the endpoint. `headers` are the caller's; what a container may not see is left out.

        Raises NotInvokable, NotReady or ModelFailed.
        """
        variant = await self.choose(endpoint, target_variant)
        _check_size(body, variant)
        with self._routes.call(endpoint, variant):
            async with self.answering(endpoint, self._answer_seconds):
                answer = await self._ask(endpoint, variant, headers, body, self._connections.post)
        if answer.status not in contract.SUCCESS or not answer.whole:
            raise self.refused(endpoint, answer)
        if capture := self._capturing(endpoint, variant, headers, body, answer):
            capture(answer.body)
        return Invocation(
            answer.body, contract.to_caller(answer.headers), variant.name, variant.model_version
        )

    async def stream(
        self, endpoint: str, body: bytes, headers: Mapping[str, str], target_variant: str | None = None
    ) -> StreamedInvocation:
        """As `invoke`, but the answer is given while the model makes it; its pieces are to be read, or closed.

        Until the first piece has come, whatever goes wrong is raised here. An empty answer has no pieces.
        """
        variant = await self.choose(endpoint, target_variant)
        _check_size(body, variant)
        with ExitStack() as until_begun:
            until_begun.enter_context(self._routes.call(endpoint, variant))
            async with self.answering(endpoint, self._answer_seconds):
                stream = await self._ask(endpoint, variant, headers, body, self._connections.open)
                until_begun.callback(stream.close)
                first = await stream.read()
                if stream.answer.status not in contract.SUCCESS:
                    raise self.refused(endpoint, await _error(stream, first))
                held = until_begun.pop_all()
        return StreamedInvocation(
            stream,
            first,
            held,
            variant=variant.name,
            model_version=variant.model_version,
            idle_seconds=self._answer_seconds,
            seconds=self._stream_seconds,
            heard=self._capturing(endpoint, variant, headers, body, stream.answer),
        )

    async def flow(self, endpoint: str) -> str | None:
        """The ARN of the flow definition that judges this endpoint's predictions, if it names one; no route, no flow definition."""
        if not self._routes.knows(endpoint):
            await self._look_again()
        return self._routes.flow(endpoint)

    async def choose(self, endpoint: str, target: str | None, *, asynchronous: bool = False) -> Variant:
        """The variant to call. The routes may be a moment older than what the caller has read of the endpoint (DescribeEndpoint
        already says InService): nobody is refused by them before they are up to date.
        """
        try:
            return self._routes.choose(endpoint, target, asynchronous=asynchronous)
        except NotInvokable:
            await self._look_again()
            return self._routes.choose(endpoint, target, asynchronous=asynchronous)

    async def _look_again(self) -> None:
        """Bring the routes up to date; where that fails, they stay as they are, and calls go by them."""
        try:
            await to_thread.run_sync(self._refresh)
        except Unavailable:
            pass  # nothing has changed while the database is away, and the store has said that it is
        except Exception as error:  # noqa: BLE001  (whatever it was, the caller asked for a prediction, not for a look at the rows)
            log.warning("the routes could not be brought up to date, and stay as they are: %r", error)

    def _capturing(
        self, endpoint: str, variant: Variant, headers: Mapping[str, str], body: bytes, answer: Answer
    ) -> Callable[[bytes], None] | None:
        """What captures a call once its answer is complete; None where it is not to be captured. Holds on to what it captures only."""
        config = variant.capture
        if config is None or self._captures is None or not self._captures.wants(config):
            return None
        captures = self._captures
        said = {name.lower(): value for name, value in headers.items()}
        asked = Payload(body, said.get("content-type", "")) if config.takes_input else None

        def capture(answered: bytes) -> None:
            captures.offer(
                Event(
                    endpoint,
                    variant.name,
                    config,
                    captures.now(),
                    asked,
                    Payload(answered, answer.headers.get("content-type", ""))
                    if config.takes_output
                    else None,
                    said.get("x-amzn-sagemaker-inference-id", ""),
                    said.get("x-amzn-sagemaker-custom-attributes", ""),
                )
            )

        return capture

    @asynccontextmanager
    async def answering(self, endpoint: str, seconds: float) -> AsyncIterator[None]:
        """Inside, a model is asked. Raises ModelFailed where it breaks off or takes too long."""
        try:
            async with asyncio.timeout(seconds):
                yield
        except TimeoutError:
            raise self._failed(endpoint, 0, TOO_LATE) from None
        except (BrokenOff, OSError) as error:
            said = f"The model broke off before it answered: {error}"
            raise self._failed(endpoint, 0, said, ModelBrokeOff) from error

    async def _ask(
        self, endpoint: str, variant: Variant, headers: Mapping[str, str], body: bytes, send: Send[Said]
    ) -> Said:
        told = contract.to_container(headers)
        return await self.delivered(endpoint, variant, lambda to: send(to, contract.INVOCATIONS, told, body))

    async def delivered(
        self, endpoint: str, variant: Variant, send: Callable[[Address], Awaitable[Said]]
    ) -> Said:
        """One request, inside `routes.call`; sent to another instance, or to the restarted one, only if it cannot have been delivered."""
        while True:
            ready = await self._routes.ready(variant, variant.patience, self.prefer)
            if ready is None:
                raise NotReady(f"No instance of endpoint {endpoint} answers just now.")
            instance, address = ready
            try:
                return await send(address)
            except NoConnection:
                instance.doubt(address)
            except (BrokenOff, OSError):
                instance.doubt(address)
                raise

    def prefer(self, ready: list[tuple[Instance, Address]]) -> tuple[Instance, Address]:
        """Which of the instances that answer is asked."""
        return random.choice(ready)  # noqa: S311  (spreads load, guards nothing)

    def close(self) -> None:
        """Close what is kept open; call it on the same event loop."""
        self._connections.close()

    def refused(self, endpoint: str, answer: Answer) -> ModelFailed:
        """What is said of an answer that is no prediction, or too large for one."""
        if not answer.whole or len(answer.body) > QUOTED:
            status = answer.status if answer.whole else 413
            return self._failed(endpoint, status, None)
        return self._failed(endpoint, answer.status, answer.body.decode(errors="replace"))

    def _failed(
        self, endpoint: str, status: int, said: str | None, kind: type[ModelFailed] = ModelFailed
    ) -> ModelFailed:
        """The forms of SageMaker's message [hosting.md, InvokeEndpoint]; "primary" is the container's name."""
        side = "client" if status in contract.CLIENT_ERROR else "server"
        content = "and could not load the entire response body" if said is None else f'with message "{said}"'
        message = (
            f"Received {side} error ({status}) from primary {content}. See the log of endpoint {endpoint} "
            f"in account {self._place.account} for more information."
        )
        return kind(
            message,
            status,
            said or "",
            f"arn:aws:logs:{self._place.region}:{self._place.account}:log-group:/aws/sagemaker/Endpoints/{endpoint}",
        )


def _check_size(body: bytes, variant: Variant) -> None:
    if len(body) > variant.most_bytes:
        whose = " by a serverless variant" if variant.is_serverless else ""
        raise NotInvokable(
            f"The body has {len(body):,} bytes; at most {variant.most_bytes:,} are taken{whose}."
        )


async def _error(stream: Stream, first: bytes) -> Answer:
    """An error as it was said, unless it is too long to be quoted."""
    said = first
    while first and len(said) <= QUOTED:
        first = await stream.read()
        said += first
    return Answer(stream.answer.status, stream.answer.headers, said)
