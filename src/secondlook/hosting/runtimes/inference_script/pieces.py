"""The answer of a script that yields: its pieces as bytes, one by one as the script makes them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import chain
from typing import Any


def in_pieces(
    first: tuple[Any, ...], rest: Iterator[Any], encode: Callable[[Any], bytes]
) -> Generator[bytes]:
    """The pieces as bytes; `first` are those already taken from `rest`. Raises TypeError for one that is neither text nor bytes.

    Closed before its end, it closes what it reads from: a script's `finally` is done then.
    """
    for piece in first:
        _check(piece)
    return _encoded(first, rest, encode)


def _encoded(first: tuple[Any, ...], rest: Iterator[Any], encode: Callable[[Any], bytes]) -> Generator[bytes]:
    try:
        for piece in chain(first, rest):
            _check(piece)
            yield encode(piece)
    finally:
        getattr(rest, "close", _nothing)()


def _check(piece: Any) -> None:
    if not isinstance(piece, str | bytes | bytearray | memoryview):
        raise TypeError(
            f"an answer in pieces yields texts or bytes, and this yields a {type(piece).__name__}; write it as text, "
            "such as a line of JSON"
        )


def _nothing() -> None:
    """Not everything that can be read from can be closed."""
