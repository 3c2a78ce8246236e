"""Captured calls from memory to objects: what a line says, where it lands, and what is lost when disk or bucket do not take it."""

from __future__ import annotations

import base64
import json
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.hosting.errors import Invalid
from secondlook.hosting.invocation.capture import CaptureConfig, Captures, Event, Payload, delivery, described
from secondlook.hosting.invocation.capture.spool import Target
from secondlook.store.files import Files
from secondlook.store.session import Store

from .conftest import NOW, until

CONFIG = CaptureConfig(
    "captured",
    "live/",
    "",
    100,
    takes_input=True,
    takes_output=True,
    csv_types=frozenset({"text/csv"}),
    json_types=frozenset({"application/json"}),
)
MEMBER = {
    "InitialSamplingPercentage": 20,
    "DestinationS3Uri": "s3://captured/live/",
    "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
}


def event(body: bytes = b"1,2", content_type: str = "text/csv", **more: Any) -> Event:
    members: dict[str, Any] = {
        "endpoint": "e",
        "variant": "all",
        "config": CONFIG,
        "at": NOW,
        "asked": Payload(body, content_type),
        "answered": Payload(b'{"score": 1}', "application/json; charset=utf-8"),
        **more,
    }
    return Event(**members)


def test_a_line_is_what_sagemaker_writes() -> None:
    line = event(inference_id="mine", custom_attributes="trace=7", id="0c7b").line()

    assert line.endswith(b"}\n")
    assert json.loads(line) == {
        "captureData": {
            "endpointInput": {
                "observedContentType": "text/csv",
                "mode": "INPUT",
                "data": "1,2",
                "encoding": "CSV",
            },
            "endpointOutput": {
                "observedContentType": "application/json; charset=utf-8",
                "mode": "OUTPUT",
                "data": '{"score": 1}',
                "encoding": "JSON",
            },
        },
        "eventMetadata": {
            "eventId": "0c7b",
            "inferenceId": "mine",
            "customAttributes": ["trace=7"],
            "inferenceTime": "2026-03-02T09:14:05Z",
        },
        "eventVersion": "0",
    }


def test_what_the_caller_did_not_say_is_not_said() -> None:
    read = json.loads(event(content_type="", answered=None, id="0c7b").line())

    assert read["captureData"] == {"endpointInput": {"mode": "INPUT", "data": "MSwy", "encoding": "BASE64"}}
    assert read["eventMetadata"] == {"eventId": "0c7b", "inferenceTime": "2026-03-02T09:14:05Z"}


@given(
    st.binary(),
    st.sampled_from(["text/csv", "Application/JSON; charset=x", "image/png", "", ";", "text/csv\t"]),
)
def test_every_body_is_one_line_and_can_be_had_back(body: bytes, content_type: str) -> None:
    line = event(body, content_type).line()
    written = json.loads(line)["captureData"]["endpointInput"]
    data = written["data"]

    assert line.count(b"\n") == 1
    assert (base64.b64decode(data) if written["encoding"] == "BASE64" else data.encode()) == body


def test_a_config_says_what_is_captured() -> None:
    assert CaptureConfig.of(None) is None
    assert CaptureConfig.of({**MEMBER, "EnableCapture": False}) is None
    config = CaptureConfig.of({**MEMBER, "CaptureContentTypeHeader": {"CsvContentTypes": ["Text/CSV"]}})
    assert config == replace(CONFIG, percentage=20, json_types=frozenset())
    one = CaptureConfig.of({**MEMBER, "CaptureOptions": [{"CaptureMode": "Output"}]})
    assert one is not None
    assert (one.takes_input, one.takes_output) == (False, True)


@pytest.mark.parametrize("uri", ["https://captured/live", "s3://", "captured", "s3://b/" + "é" * 500])
def test_a_destination_that_cannot_be_one_is_refused(uri: str) -> None:
    with pytest.raises(Invalid, match="DestinationS3Uri of DataCaptureConfig"):
        CaptureConfig.of({**MEMBER, "DestinationS3Uri": uri})


def test_the_description_says_whether_it_goes_on() -> None:
    assert described(MEMBER, is_losing=False) == {
        "EnableCapture": True,
        "CaptureStatus": "Started",
        "CurrentSamplingPercentage": 20,
        "DestinationS3Uri": "s3://captured/live/",
        "KmsKeyId": "",
    }
    assert described(MEMBER, is_losing=True)["CaptureStatus"] == "Stopped"
    assert described({**MEMBER, "EnableCapture": False}, is_losing=False)["CaptureStatus"] == "Stopped"


@pytest.fixture
def files(sqlite_store: Store, tmp_path: Path) -> Files:
    files = Files(sqlite_store, tmp_path / "objects")
    files.buckets.create("captured", "us-east-1", NOW)
    return files


Start = Callable[..., Captures]


@pytest.fixture
def start(files: Files, tmp_path: Path) -> Iterator[Start]:
    """Starts captures into `tmp_path/captures`; each call is a file of its own unless told otherwise."""
    started: list[Captures] = []

    def begin(**more: Any) -> Captures:
        settings = {"file_bytes": 1, **more}
        captures = Captures(tmp_path / "captures", files, lambda: NOW, **settings)
        captures.start()
        started.append(captures)
        return captures

    yield begin
    for captures in started:
        captures.stop()


def lines(files: Files, prefix: str = "") -> list[dict[str, Any]]:
    """All captured calls in the bucket."""
    read = []
    for entry in files.list("captured", prefix).objects:
        with files.get("captured", entry.key) as opened:
            read += [json.loads(line) for line in opened.all().splitlines()]
    return read


def test_calls_land_under_their_endpoint_variant_and_hour(files: Files, start: Start) -> None:
    captures = start()

    captures.offer(event())
    captures.offer(event(variant="other", at=NOW + timedelta(hours=1)))
    until(lambda: len(lines(files)) == 2, "both calls")

    [first] = files.list("captured", "live/e/all/2026/03/02/09/14-05-120-").objects
    assert first.key.endswith(".jsonl")
    assert len(lines(files, "live/e/other/2026/03/02/10/")) == 1
    assert files.head("captured", first.key).content_type == "application/jsonlines"


def test_calls_of_an_hour_share_a_file_until_it_is_large_or_old(files: Files, start: Start) -> None:
    captures = start(file_bytes=1 << 20)
    for number in range(30):
        captures.offer(event(inference_id=str(number)))
    captures.stop()

    assert len(files.list("captured").objects) == 1
    assert [line["eventMetadata"]["inferenceId"] for line in lines(files)] == [
        str(number) for number in range(30)
    ]


def test_a_file_that_is_old_is_written_though_it_is_small(files: Files, start: Start) -> None:
    clock = count(step=7.0)  # each look at it is seven seconds later
    captures = start(file_bytes=1 << 20, file_seconds=60.0, clock=lambda: next(clock))
    captures.offer(event())

    until(lambda: len(lines(files)) == 1, "the call")


def leave(directory: Path, target: Target, written: bytes) -> None:
    """A file that was open when its process was killed."""
    directory.mkdir(exist_ok=True)
    path = directory / f"{len(list(directory.iterdir()))}.open"
    path.write_bytes(json.dumps(asdict(target)).encode() + b"\n" + written)


def test_what_a_crash_left_is_written_without_the_line_that_it_cut(
    files: Files, start: Start, tmp_path: Path
) -> None:
    target = Target.of("captured", "live/e/all/2026/03/02/09/", NOW, "")
    whole, cut = event(inference_id="whole").line(), event(inference_id="cut").line()
    leave(tmp_path / "captures", target, whole + cut[:-20])
    (tmp_path / "captures" / "torn.jsonl").write_bytes(b'{"bucket": "cap')

    start()
    until(lambda: not list((tmp_path / "captures").iterdir()), "an empty spool")

    assert [line["eventMetadata"]["inferenceId"] for line in lines(files)] == ["whole"]


def test_a_file_that_is_written_twice_is_the_same_object(files: Files, start: Start, tmp_path: Path) -> None:
    """The process was killed between the object and the removal of its file."""
    target = Target.of("captured", "live/e/all/2026/03/02/09/", NOW, "")
    for _ in range(2):
        leave(tmp_path / "captures", target, event().line())

    start()
    until(lambda: not list((tmp_path / "captures").iterdir()), "an empty spool")

    assert len(lines(files)) == 1


def test_a_bucket_that_is_away_is_waited_for_and_holds_up_no_other(
    files: Files,
    start: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(delivery, "RETRY_SECONDS", 0.05)
    captures = start()

    captures.offer(event(config=replace(CONFIG, bucket="later")))
    captures.offer(event())
    until(lambda: len(lines(files)) == 1, "the call to the other bucket")
    until(lambda: "captured calls wait for the bucket later" in caplog.text, "a line in the log")
    until(lambda: len(list((tmp_path / "captures").iterdir())) == 1, "the other file's removal")
    files.buckets.create("later", "us-east-1", NOW)
    until(lambda: files.list("later").objects, "the call to the bucket that was away")

    assert caplog.text.count("captured calls wait for the bucket later") == 1


def test_a_file_that_no_bucket_takes_for_a_day_is_lost_and_counted(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "RETRY_SECONDS", 0.05)
    captures = Captures(tmp_path / "captures", files, lambda: NOW + timedelta(days=9000), file_bytes=1)
    captures.start()
    captures.offer(event(config=replace(CONFIG, bucket="never")))
    until(lambda: "1 captured calls of endpoint e are lost" in caplog.text, "a line in the log")
    captures.stop()

    assert not list((tmp_path / "captures").iterdir())


def test_more_than_may_wait_for_the_buckets_is_lost_and_said(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    captures = start(most_spooled=1000, file_bytes=1 << 20)

    captures.offer(event())
    captures.offer(event(b"1" * 2000))
    until(lambda: captures.is_losing("e"), "the loss")
    assert not captures.is_losing("other")
    captures.offer(event())
    captures.stop()

    assert (
        "1 captured calls of endpoint e are lost: 1,000 bytes wait for their buckets already" in caplog.text
    )


def test_more_than_fits_in_memory_is_lost_at_once(files: Files, tmp_path: Path) -> None:
    captures = Captures(tmp_path / "captures", files, lambda: NOW, most_waiting=3000)

    for _ in range(5):
        captures.offer(event())  # nobody takes them: it has not been started
    assert captures.is_losing("e")
    captures.start()
    captures.stop()

    assert len(lines(files)) == 2


@contextmanager
def file_size_limit(most: int) -> Iterator[None]:
    """The system refuses to make a file larger: as on a full disk, writes go in half and then not at all."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_costs_the_calls_that_do_not_fit_and_no_half_line(files: Files, start: Start) -> None:
    captures = start(file_bytes=1 << 20)
    with file_size_limit(3000):
        captures.offer(event(inference_id="fits"))
        captures.offer(event(b"1" * 5000, inference_id="too large"))
        until(lambda: captures.is_losing("e"), "the loss")
    captures.offer(event(inference_id="after"))
    until(lambda: not captures.is_losing("e"), "the next call")
    captures.stop()

    assert [line["eventMetadata"]["inferenceId"] for line in lines(files)] == ["fits", "after"]


@pytest.mark.parametrize(("percentage", "least", "most"), [(0, 0, 0), (50, 800, 1200), (100, 2000, 2000)])
def test_so_many_in_a_hundred_are_captured(
    files: Files, tmp_path: Path, percentage: int, least: int, most: int
) -> None:
    captures = Captures(tmp_path / "captures", files, lambda: NOW)
    config = replace(CONFIG, percentage=percentage)

    assert least <= sum(captures.wants(config) for _ in range(2000)) <= most
