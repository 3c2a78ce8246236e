"""A model's answer in pieces, on its way to the caller: within its time, and never more of it in memory than a little."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import ExitStack, suppress

from secondlook.hosting import contract
from secondlook.hosting.errors import StreamFailed
from secondlook.hosting.invocation.connection import Stream
from secondlook.hosting.invocation.receiver import BrokenOff

MAX_HEARD = contract.MAX_PAYLOAD + 1

TOO_LATE = "Your model primary did not complete sending the inference response in the allotted time."
"""As SageMaker says it (AWS re:Post, "Invoke streaming timeout error")."""


class StreamedInvocation:
    """An answer that has begun well: its first piece is there. `headers` are those that the caller may see, names in lower case.

    What it holds (`held`) is let go of when the pieces have been read, or nobody reads them any more, or after STREAM_SECONDS.
    """

    def __init__(
        self,
        stream: Stream,
        first: bytes,
        held: ExitStack,
        *,
        variant: str,
        model_version: str,
        idle_seconds: float,
        seconds: float,
        heard: Callable[[bytes], None] | None = None,
    ) -> None:
        """`heard` is told of the whole answer once it is complete, unless that is longer than MAX_PAYLOAD."""
        self.headers: Mapping[str, str] = contract.to_caller(stream.answer.headers)
        self.variant = variant
        self.model_version = model_version
        self._stream = stream
        self._held = held
        self._heard = heard
        self._first = first
        self._idle_seconds = idle_seconds
        loop = asyncio.get_running_loop()
        self._deadline = loop.time() + seconds
        # A caller who reads no more holds up neither this server nor, any longer than this, the model.
        self._end = loop.call_at(self._deadline, held.close)
        # A generator that nobody has begun is closed without a word, so that `pieces` would not let go.
        weakref.finalize(self, _let_go, loop, self._end, held)

    async def pieces(self) -> AsyncGenerator[bytes]:
        """All of them, once. Raises StreamFailed where they end too early."""
        whole = bytearray()
        try:
            piece = self._first
            while piece:
                if self._heard is not None:
                    whole += piece[: MAX_HEARD - len(whole)]
                yield piece
                piece = await self._next()
            if self._heard is not None and len(whole) < MAX_HEARD:
                self._heard(bytes(whole))
        finally:
            self._end.cancel()
            self._held.close()

    async def _next(self) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(min(self._deadline, loop.time() + self._idle_seconds)):
                return await self._stream.read()
        except TimeoutError:
            raise StreamFailed("ModelInvocationTimeExceeded", TOO_LATE) from None
        except BrokenOff as error:
            if loop.time() >= self._deadline:
                raise StreamFailed("ModelInvocationTimeExceeded", TOO_LATE) from None
            raise StreamFailed(
                "StreamBroken", f"The model broke off in the middle of its answer: {error}."
            ) from error


def _let_go(loop: asyncio.AbstractEventLoop, end: asyncio.TimerHandle, held: ExitStack) -> None:
    """Once it is over, whether it was read or not. In any thread."""
    with suppress(RuntimeError):  # the loop is closed, and its connections with it
        loop.call_soon_threadsafe(end.cancel)
        loop.call_soon_threadsafe(held.close)
