"""What is large is read on a thread, so that nobody waits for it; what is small where it is."""

from __future__ import annotations

import asyncio
import threading

import pytest

from secondlook.wire.by_size import LIGHT_BYTES, run_by_size


@pytest.mark.parametrize(("size", "is_here"), [(0, True), (LIGHT_BYTES, True), (LIGHT_BYTES + 1, False)])
def test_only_what_is_large_goes_to_a_thread(size: int, is_here: bool) -> None:
    assert is_here == (asyncio.run(run_by_size(size, threading.get_ident)) == threading.get_ident())


def test_what_reading_raises_comes_back() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(run_by_size(LIGHT_BYTES + 1, int, "x"))
