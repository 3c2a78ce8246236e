"""Frames of an event stream: what is written, botocore's own parser reads again."""

from __future__ import annotations

import json

import pytest
from botocore.eventstream import ChecksumMismatch, EventStreamBuffer
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire import event_stream

NAMES = st.text(min_size=1, max_size=60).filter(lambda name: len(name.encode()) < 256)


def read(*frames: bytes, cut: int = 1 << 30) -> list[tuple[dict[str, str], bytes]]:
    buffer = EventStreamBuffer()
    stream = b"".join(frames)
    messages = []
    for start in range(0, len(stream), cut):
        buffer.add_data(stream[start : start + cut])
        messages += [(message.headers, message.payload) for message in buffer]
    return messages


@given(
    st.lists(
        st.tuples(st.dictionaries(NAMES, st.text(max_size=300), max_size=5), st.binary(max_size=2000)),
        max_size=4,
    ),
    st.integers(1, 100),
)
def test_whatever_is_written_is_read_again(messages: list[tuple[dict[str, str], bytes]], cut: int) -> None:
    assert read(*(event_stream.frame(*message) for message in messages), cut=cut) == messages


def test_a_part_is_an_event_of_bytes() -> None:
    assert read(event_stream.part("PayloadPart", b"\x00\xff")) == [
        (
            {
                ":event-type": "PayloadPart",
                ":content-type": "application/octet-stream",
                ":message-type": "event",
            },
            b"\x00\xff",
        )
    ]


def test_an_exception_carries_its_members_as_json() -> None:
    members = {"Message": "lost ☂", "ErrorCode": "StreamBroken"}

    [(headers, payload)] = read(event_stream.exception("ModelStreamError", members))

    assert (headers[":message-type"], headers[":exception-type"]) == ("exception", "ModelStreamError")
    assert json.loads(payload) == members


@pytest.mark.parametrize("at", [1, 9, 20, -10, -1])
def test_one_wrong_bit_is_noticed(at: int) -> None:
    frame = bytearray(event_stream.part("PayloadPart", b"prediction"))
    frame[at] ^= 1

    with pytest.raises(ChecksumMismatch):
        read(bytes(frame), b"\x00" * 20_000_000)


@pytest.mark.parametrize(
    ("headers", "size"),
    [({"": "a"}, 0), ({"a" * 256: ""}, 0), ({"a": "b" * 32_768}, 0), ({}, event_stream.MOST_PAYLOAD + 1)],
)
def test_what_does_not_fit_is_refused(headers: dict[str, str], size: int) -> None:
    with pytest.raises(ValueError, match="frame"):
        event_stream.frame(headers, bytes(size))
