"""Logs of instances: written with times, kept small, and read again line by line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.hosting.logs.line import Line, parsed, stamp
from secondlook.hosting.logs.log import LONGEST, Log
from secondlook.hosting.logs.pattern import BadPattern, pattern
from secondlook.hosting.logs.streams import Event, Logs, Stream

NOON = datetime(2026, 11, 28, 12, 0, 0, 123_456, tzinfo=UTC)
AT = round(NOON.timestamp() * 1000)


class Watch:
    """A second passes each time it is read."""

    def __init__(self) -> None:
        self.at = NOON - timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "endpoints" / "spam" / "All-Traffic-1.log"


def written(file: Path, *pieces: bytes, limit: int = 1 << 20) -> Path:
    log = Log(file, limit, Watch())
    for piece in pieces:
        log.write(piece)
    log.close()
    return file


def test_each_line_begins_with_the_time_it_came(file: Path) -> None:
    written(file, b"one\ntwo\n", b"th", b"ree\nfour")

    assert file.read_bytes() == (
        b"2026-11-28T12:00:00.123Z one\n"
        b"2026-11-28T12:00:00.123Z two\n"
        b"2026-11-28T12:00:01.123Z three\n"
        b"2026-11-28T12:00:02.123Z four"
    )


@given(st.lists(st.binary(min_size=1).filter(lambda piece: b"\r" not in piece)))
def test_nothing_that_is_said_is_lost(pieces: list[bytes]) -> None:
    log = Log(Path("unused"), now=Watch())
    kept = b"".join(map(log._stamped, pieces))

    lines = [line.text for line in map(parsed, kept.split(b"\n"))]
    assert "\n".join(lines) == "\n".join(
        piece.decode(errors="replace") for piece in b"".join(pieces).split(b"\n")
    )


def test_a_line_that_never_ends_becomes_several_and_no_character_is_cut(file: Path) -> None:
    said = ("a" + "é" * 20_000).encode()
    pieces = [said[at : at + 7_001] for at in range(0, len(said), 7_001)]

    written(file, *pieces, b"!\nnext\n")

    *lines, end = (parsed(line) for line in file.read_bytes().splitlines())
    assert end.text == "next"
    assert "".join(line.text for line in lines) == said.decode() + "!"
    assert [len(line.text.encode()) for line in lines] == [LONGEST - 1, LONGEST, 40_001 - 2 * LONGEST + 2]


def test_the_last_line_is_told_without_its_time(file: Path) -> None:
    assert Log(written(file, b"first\nlast\n\n")).last_line() == "last"


def test_a_line_that_was_begun_is_ended_once(file: Path) -> None:
    log = Log(file, now=Watch())
    log.write(b"Killed")
    log.end_line()
    log.end_line()
    log.write(b"[supervisor] gone\n")
    log.close()

    assert [event.text for event in Stream("s", file).events()] == ["Killed", "[supervisor] gone"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (stamp(NOON) + b"hello", Line(AT, "hello")),
        (b"hello", Line(None, "hello")),
        (b"2026-13-28T12:00:00.123Z hello", Line(None, "2026-13-28T12:00:00.123Z hello")),
        (stamp(NOON) + b"\xff", Line(AT, "\N{REPLACEMENT CHARACTER}")),
    ],
)
def test_a_line_is_a_time_and_a_text(line: bytes, expected: Line) -> None:
    assert parsed(line) == expected


def test_lines_of_one_moment_are_counted_and_times_never_go_back(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(
        stamp(NOON) + b"a\n" + stamp(NOON) + b"b\n" + b"c\n\n" + stamp(NOON - timedelta(hours=1)) + b"d\n"
    )

    assert list(Stream("s", file).events()) == [Event(AT, number, text) for number, text in enumerate("abcd")]


def test_a_line_that_is_still_to_be_ended_is_not_read(file: Path) -> None:
    written(file, b"one\ntwo")

    assert [event.text for event in Stream("s", file).events()] == ["one"]


def test_a_file_that_was_full_is_read_first(file: Path) -> None:
    written(file, *(b"%d\n" % number for number in range(9)), limit=100)

    earlier = file.with_name(file.name + ".1")
    assert earlier.stat().st_size <= 100
    texts = [event.text for event in Stream("s", file).events()]
    assert texts == [str(number) for number in range(9)][-len(texts) :]
    assert len(texts) > 3
    assert Stream("s", file).size == file.stat().st_size + earlier.stat().st_size


def test_a_log_that_is_being_turned_over_is_still_there(tmp_path: Path, file: Path) -> None:
    written(file, b"spam\n")
    file.replace(file.with_name(f"{file.name}.1"))

    (stream,) = Logs(tmp_path).streams("/aws/sagemaker/Endpoints/spam")

    assert stream == Stream("All-Traffic/1", file)
    assert [event.text for event in stream.events()] == ["spam"]


def test_a_log_without_times_has_that_of_its_file(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(b"old\nlines\n")

    first, second = Stream("s", file).events()
    assert first.at == second.at == round(file.stat().st_mtime * 1000)


def test_lines_without_times_keep_theirs_when_more_is_written(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(b"old\n" + stamp(NOON) + b"new\n")

    assert list(Stream("s", file).events()) == [Event(AT, 0, "old"), Event(AT, 1, "new")]


def test_a_line_that_goes_on_in_the_next_file_is_whole(file: Path) -> None:
    written(file, b"x" * 60, b"y" * 30 + b"\nlast\n", limit=100)

    assert file.with_name(file.name + ".1").exists()
    assert [event.text for event in Stream("s", file).events()] == ["x" * 60 + "y" * 30, "last"]


def test_what_is_set_aside_while_it_is_read_is_read_once_and_whole(file: Path) -> None:
    written(file, b"one\ntwo\n")
    reading = Stream("s", file).events()

    first = next(reading)
    file.replace(file.with_name(file.name + ".1"))
    file.write_bytes(stamp(NOON + timedelta(hours=1)) + b"three\n")

    assert [first.text, *(event.text for event in reading)] == ["one", "two"]


def test_groups_and_streams_are_named_as_sagemaker_does(tmp_path: Path, file: Path) -> None:
    written(file, b"x\n")
    written(file.with_name("All-Traffic-2.g3.log"), b"x\n")
    written(tmp_path / "transform-jobs" / "night" / "job-1.log", b"x\n")
    logs = Logs(tmp_path)

    assert logs.groups() == ["/aws/sagemaker/Endpoints/spam", "/aws/sagemaker/TransformJobs"]
    assert [stream.name for stream in logs.streams("/aws/sagemaker/Endpoints/spam")] == [
        "All-Traffic/1",
        "All-Traffic/2.g3",
    ]
    assert [stream.name for stream in logs.streams("/aws/sagemaker/TransformJobs")] == ["night/job-1"]
    for name in ("/aws/sagemaker/Endpoints/..", "/aws/sagemaker/Endpoints/", "none", ""):
        with pytest.raises(LookupError):
            logs.streams(name)


def test_where_nothing_was_said_there_is_nothing(tmp_path: Path) -> None:
    assert Logs(tmp_path / "none").groups() == []


@pytest.mark.parametrize(
    ("written", "matching", "not_matching"),
    [
        ("", ["", "anything"], []),
        ("ERROR", ["an ERROR here"], ["an error here"]),
        ("ERROR label", ["label ERROR"], ["ERROR"]),
        ("?ERROR ?WARN", ["WARN"], ["INFO"]),
        ("model -INFO", ["model loaded"], ["INFO model loaded"]),
        ('"no such label" -"at all"', ["no such label"], ["no label such", "no such label at all"]),
        (r'"say \"x\""', ['they say "x"'], ["they say x"]),
    ],
)
def test_words_choose_lines(written: str, matching: list[str], not_matching: list[str]) -> None:
    wanted = pattern(written)

    assert all(map(wanted.matches, matching))
    assert not any(map(wanted.matches, not_matching))


@pytest.mark.parametrize("written", ["{ $.x = 1 }", "[a, b]", "%a.*%", '"open', 'wo"rd'])
def test_other_patterns_are_refused(written: str) -> None:
    with pytest.raises(BadPattern):
        pattern(written)
