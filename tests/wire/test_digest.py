"""The hash of a body that arrives in pieces is that of the whole, whatever the pieces."""

from __future__ import annotations

import asyncio
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire.digest import STEP, Digest


def digest(pieces: list[bytes]) -> str:
    async def take() -> str:
        taken = Digest()
        for piece in pieces:
            taken.take(piece)
            await asyncio.sleep(0)  # as between pieces from the network
        return await taken.finish()

    return asyncio.run(take())


@given(st.lists(st.binary(max_size=100)))
def test_small_pieces(pieces: list[bytes]) -> None:
    assert digest(pieces) == hashlib.sha256(b"".join(pieces)).hexdigest()


@pytest.mark.parametrize(
    "sizes", [[STEP], [STEP - 1, 1, STEP], [STEP + 1] * 9, [100, 3 * STEP, 100], [STEP // 3] * 20]
)
def test_pieces_that_are_worth_a_thread(sizes: list[int]) -> None:
    pieces = [bytes([number % 251]) * size for number, size in enumerate(sizes)]

    assert digest(pieces) == hashlib.sha256(b"".join(pieces)).hexdigest()
