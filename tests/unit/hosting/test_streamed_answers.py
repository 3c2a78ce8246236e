"""Answers in pieces, from real model processes through the proxy: as they come, with their errors, and no longer than they may take."""

from __future__ import annotations

import asyncio
import contextlib
import textwrap
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from secondlook.hosting.errors import ModelFailed, StreamFailed
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.invocation.invoke import Invoker
from secondlook.hosting.invocation.routes import Route, Routes, Variant
from secondlook.hosting.invocation.streamed import StreamedInvocation

from .conftest import PLACE, StartScript, invoke, until

Result = TypeVar("Result")

COUNTING = """
    import json
    def transform_fn(model, body, content_type, accept):
        for number in range(int(body)):
            yield json.dumps({"number": number}) + "\\n"
"""


FOREVER = """
    def transform_fn(model, body, content_type, accept):
        yield "x"
        while body == b"forever":
            yield "x" * 4096
"""


def streamed(process: LocalInstance, body: bytes = b"", **limits: float) -> list[bytes]:
    """All pieces of one call."""

    async def read(invocation: StreamedInvocation) -> list[bytes]:
        return [piece async for piece in invocation.pieces()]

    return with_stream(process, body, read, **limits)


def with_stream(
    process: LocalInstance,
    body: bytes,
    then: Callable[[StreamedInvocation], Awaitable[Result]],
    **limits: float,
) -> Result:
    """What `then` makes of a call's answer."""
    process.ready(20)
    routes = Routes(PLACE)
    routes.replace({"e": Route("InService", (Variant("all", 1.0, (process,)),))})

    async def call() -> Result:
        invoker = Invoker(routes, PLACE, lambda: None, **limits)
        try:
            return await then(await invoker.stream("e", body, {}))
        finally:
            invoker.close()

    return asyncio.run(asyncio.wait_for(call(), 30))


def test_what_a_script_yields_arrives_in_its_order(script: StartScript) -> None:
    process = script(COUNTING)

    assert b"".join(streamed(process, b"3")) == b'{"number": 0}\n{"number": 1}\n{"number": 2}\n'
    assert b"".join(streamed(process, b"0")) == b""


def test_an_ordinary_call_gets_it_whole(script: StartScript) -> None:
    process = script(COUNTING)
    process.ready(20)

    assert invoke(process, b"2") == (200, b'{"number": 0}\n{"number": 1}\n')


def test_a_piece_is_there_before_the_next_is_made(script: StartScript, tmp_path: Path) -> None:
    """The script waits for a file that is written once its first piece has arrived."""
    go_on = tmp_path / "go-on"
    process = script(f"""
        import pathlib, time
        def predict_fn(data, model):
            yield "first"
            while not pathlib.Path({str(go_on)!r}).exists():
                time.sleep(0.01)
            yield b"second"
        def input_fn(body, content_type): return body
        def output_fn(prediction, accept): return prediction, "text/plain"
    """)

    async def read(invocation: StreamedInvocation) -> list[bytes]:
        pieces = []
        async for piece in invocation.pieces():
            pieces.append(piece)
            go_on.touch()
        assert invocation.headers["content-type"] == "text/plain"
        return pieces

    assert with_stream(process, b"", read) == [b"first", b"second"]


def test_predict_fn_may_yield_without_an_output_fn(script: StartScript) -> None:
    pytest.importorskip("numpy", reason="the extra secondlook[models] is not installed")
    process = script("def model_fn(d): pass\ndef predict_fn(data, model):\n    yield 'a'\n    yield 'b'\n")

    async def read(invocation: StreamedInvocation) -> bytes:
        return b"".join([piece async for piece in invocation.pieces()])

    assert with_stream(process, b"1", read) == b"ab"


def test_what_goes_wrong_before_the_first_piece_is_an_ordinary_error(script: StartScript) -> None:
    process = script("def transform_fn(m, b, c, a):\n    raise ValueError('no such label')\n    yield 'x'\n")

    with pytest.raises(
        ModelFailed, match=r"server error \(500\) from primary .*no such label .*line 2"
    ) as failure:
        streamed(process)
    assert failure.value.original_message.startswith("ValueError: no such label")


@pytest.mark.parametrize("piece", ["{'a': 1}", "7", "None"])
def test_a_piece_that_is_neither_text_nor_bytes_is_refused(script: StartScript, piece: str) -> None:
    process = script(f"def transform_fn(m, b, c, a):\n    yield {piece}\n")

    with pytest.raises(ModelFailed, match="an answer in pieces yields texts or bytes"):
        streamed(process)


def test_what_goes_wrong_later_breaks_the_stream_after_what_was_made(script: StartScript) -> None:
    process = script("def transform_fn(m, b, c, a):\n    yield 'made'\n    raise ValueError('lost')\n")
    pieces = []

    async def read(invocation: StreamedInvocation) -> None:
        async for piece in invocation.pieces():
            pieces.append(piece)  # noqa: PERF401  (until it raises)

    with pytest.raises(StreamFailed, match="broke off in the middle of its answer") as failure:
        with_stream(process, b"", read)
    assert (failure.value.code, pieces) == ("StreamBroken", [b"made"])
    until(lambda: b"ValueError: lost" in process.log.path.read_bytes(), "the reason in the log")


ENDLESS = """
    import pathlib
    def transform_fn(model, body, content_type, accept):
        try:
            while True:
                yield bytes(4096)
        finally:
            pathlib.Path(body.decode()).touch()
"""


def test_a_model_that_never_ends_is_ended_when_its_time_is_over(script: StartScript, tmp_path: Path) -> None:
    process = script(ENDLESS)

    with pytest.raises(StreamFailed, match="in the allotted time") as failure:
        streamed(process, str(tmp_path / "ended").encode(), stream_seconds=0.5)
    assert failure.value.code == "ModelInvocationTimeExceeded"
    until((tmp_path / "ended").exists, "the script's finally")


def test_a_model_that_falls_silent_is_not_waited_for(script: StartScript) -> None:
    process = script("""
        import time
        def transform_fn(model, body, content_type, accept):
            yield "a"
            time.sleep(60)
    """)

    with pytest.raises(StreamFailed, match="in the allotted time"):
        streamed(process, answer_seconds=0.5)


def test_a_model_that_does_not_begin_in_time_is_a_model_error(script: StartScript) -> None:
    process = script(
        "import time\ndef transform_fn(model, body, content_type, accept):\n    time.sleep(60)\n    yield 'a'\n"
    )

    with pytest.raises(ModelFailed, match="timed out"):
        streamed(process, answer_seconds=0.3)


def test_a_caller_that_leaves_ends_the_prediction(script: StartScript, tmp_path: Path) -> None:
    process = script(ENDLESS)

    async def leave(invocation: StreamedInvocation) -> None:
        async with contextlib.aclosing(invocation.pieces()) as pieces:
            await anext(pieces)

    with_stream(process, str(tmp_path / "left").encode(), leave)
    until((tmp_path / "left").exists, "the script's finally")


def test_a_caller_that_reads_slowly_lets_the_model_wait(script: StartScript, tmp_path: Path) -> None:
    """Only what fits between the two is made: the script counts its pieces of 1 MB."""
    made = tmp_path / "made"
    process = script(f"""
        import pathlib
        def transform_fn(model, body, content_type, accept):
            for number in range(200):
                pathlib.Path({str(made)!r}).write_text(str(number))
                yield bytes(1 << 20)
    """)

    async def read_one(invocation: StreamedInvocation) -> int:
        async with contextlib.aclosing(invocation.pieces()) as pieces:
            await anext(pieces)
            last = -1
            while (now := int(made.read_text() or 0)) != last:  # until it stands still
                last = now
                await asyncio.sleep(0.5)
            return last

    assert with_stream(process, b"", read_one) < 50


def test_an_answer_that_nobody_begins_to_read_frees_the_model(script: StartScript) -> None:
    """It has one worker. What was to be sent can be dropped before it is begun: a header of the model's that no answer may have."""
    process = script(FOREVER)
    process.ready(20)
    routes = Routes(PLACE)
    routes.replace({"e": Route("InService", (Variant("all", 1.0, (process,)),))})

    async def call() -> bytes:
        invoker = Invoker(routes, PLACE, lambda: None)
        try:
            pieces = (await invoker.stream("e", b"forever", {})).pieces()
            await pieces.aclose()
            del pieces
            return (await invoker.invoke("e", b"once", {})).body
        finally:
            invoker.close()

    assert asyncio.run(asyncio.wait_for(call(), 30)) == b"x"


def test_other_calls_are_answered_once_a_stream_is_over(script: StartScript) -> None:
    process = script(COUNTING)

    for _ in range(3):
        assert len(b"".join(streamed(process, b"10")).splitlines()) == 10
    assert invoke(process, b"1")[0] == 200


def test_a_piece_may_take_as_long_as_a_prediction_and_no_longer(script: StartScript) -> None:
    """The process ends itself then, and is started again."""
    process = script(
        """
        import time
        def transform_fn(model, body, content_type, accept):
            began = time.monotonic()
            while time.monotonic() < began + 4:  # together longer than one may take, each far shorter
                time.sleep(0.1)
                yield "piece"
            yield "last"
            if body == b"hang":
                time.sleep(60)
        """,
        {"SAGEMAKER_MODEL_SERVER_TIMEOUT": "3"},
    )

    assert streamed(process)[-1].endswith(b"last")
    with pytest.raises(StreamFailed, match="broke off"):
        streamed(process, b"hang")

    def said() -> str:
        return textwrap.shorten(process.log.path.read_text(), 10_000)

    # What a process says last goes to its log a moment after its callers know that it is gone.
    until(lambda: "starting again" in said(), "its end to be in the log")
    assert said().count("a prediction has run for over 3") == 1
