"""What becomes of an answer as it arrives: kept until it is whole, or read in pieces while it is made."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from secondlook.hosting.contract import MAX_PAYLOAD

HELD = 64 * 1024
"""Bytes of an answer in pieces that wait to be read; with twice as many, nothing more is taken from the network."""

SMALL = 4096
"""Pieces under this size are put together: as objects of their own they would take many times their bytes."""


class BrokenOff(Exception):
    """The server closed the connection, or spoke no HTTP, before its answer was complete."""


@dataclass(slots=True)
class Answer:
    """What a model server said. `whole` is False when the body was too large and has been cut."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    whole: bool = True


class Receiver(Protocol):
    """Told of one answer by the connection that it comes on."""

    def begun(self, status: int, headers: dict[str, str]) -> None:
        """The head is complete; names of `headers` in lower case."""

    def take(self, piece: bytes) -> bool:
        """A piece of the body has come. False: no more is wanted, as if the answer were over."""

    def ended(self) -> None:
        """The answer is complete."""

    def failed(self, error: BrokenOff) -> None:
        """It never will be."""


class Whole:
    """Keeps an answer, up to `largest` bytes, until it is over."""

    def __init__(self, largest: int = MAX_PAYLOAD) -> None:
        self._largest = largest
        self.answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answer = Answer()
        self._pieces: list[bytes] = []
        self._small = bytearray()
        self._size = 0

    def begun(self, status: int, headers: dict[str, str]) -> None:
        self._answer.status, self._answer.headers = status, headers

    def take(self, piece: bytes) -> bool:
        self._size += len(piece)
        self._answer.whole = self._size <= self._largest
        if not self._answer.whole:
            return False
        if len(piece) < SMALL:
            self._small += piece
        else:
            self._flush()
            self._pieces.append(piece)
        return True

    def ended(self) -> None:
        self._flush()
        self._answer.body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        if not self.answer.done():
            self.answer.set_result(self._answer)

    def failed(self, error: BrokenOff) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)

    def _flush(self) -> None:
        if self._small:
            self._pieces.append(bytes(self._small))
            self._small.clear()


class Pieces:
    """Gives an answer piece by piece, and lets the network wait while nobody reads."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self.head: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.is_over = False
        self._failure: BrokenOff | None = None
        self._reader = asyncio.StreamReader(HELD)
        self._reader.set_transport(transport)

    async def read(self) -> bytes:
        """What has come since, at most HELD bytes; waits for some. Nothing: the answer is complete. Raises BrokenOff."""
        piece = await self._reader.read(HELD)
        if not piece and self._failure is not None:
            raise self._failure
        return piece

    def begun(self, status: int, headers: dict[str, str]) -> None:
        if not self.head.done():
            self.head.set_result(Answer(status, headers))

    def take(self, piece: bytes) -> bool:
        self._reader.feed_data(piece)
        return True

    def ended(self) -> None:
        self.is_over = True
        self._reader.feed_eof()

    def failed(self, error: BrokenOff) -> None:
        if not self.head.done():
            self.head.set_exception(error)
        self._failure = error  # once what came before it has been read
        self._reader.feed_eof()
