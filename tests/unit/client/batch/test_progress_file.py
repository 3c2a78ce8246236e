"""What a batch has done survives whatever ends it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.client.batch.progress_file import ProgressFile, usual_path
from secondlook.client.batch.source import Thing
from secondlook.client.errors import SecondlookError

BATCH = {"flow": "f", "endpoint": "e", "source": "s3://b/"}
ONE, OTHER = Thing("s3://b/1", '"a"'), Thing("s3://b/2", '"a"')
DONE = {"decision": "Accept", "loop": None}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "progress.jsonl"


def written(path: Path, *things: Thing) -> None:
    with ProgressFile.open(path, BATCH) as progress:
        for thing in things:
            progress.write(thing, DONE)


def test_what_was_done_is_done_in_this_version_only(path):
    written(path, ONE)

    with ProgressFile.open(path, BATCH) as progress:
        assert [True, False, False] == [progress.has(each) for each in (ONE, OTHER, Thing(ONE.uri, '"b"'))]


def test_what_failed_is_tried_again_until_it_is_done(path):
    with ProgressFile.open(path, BATCH) as progress:
        progress.write(ONE, {"error": "no"})
        progress.write(OTHER, {"error": "no"})
        progress.write(OTHER, DONE)

    with ProgressFile.open(path, BATCH) as progress:
        assert [False, True] == [progress.has(ONE), progress.has(OTHER)]


@given(cut=st.integers(1, 60))
def test_a_line_that_was_cut_off_is_taken_away_and_the_rest_holds(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("cut") / "progress.jsonl"
    written(path, ONE, OTHER)
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])

    written(path, OTHER)

    assert whole == path.read_bytes()


def test_a_line_is_in_the_file_when_it_is_written(path):
    with ProgressFile.open(path, BATCH) as progress:
        progress.write(ONE, DONE)

        lines = path.read_text().splitlines()
        assert [{"batch": BATCH}, {"uri": ONE.uri, "etag": ONE.etag, **DONE}] == [
            json.loads(line) for line in lines
        ]


def test_restarting_forgets(path):
    written(path, ONE)

    with ProgressFile.open(path, BATCH, restart=True) as progress:
        assert not progress.has(ONE)


def test_the_file_of_another_batch_is_left_alone(path):
    written(path, ONE)
    before = path.read_bytes()

    with pytest.raises(SecondlookError, match="progress of another batch"):
        ProgressFile.open(path, {**BATCH, "flow": "g"})
    assert before == path.read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]\n", "another batch"),
        ("nonsense\n", "at byte 0"),
        (f"{json.dumps({'batch': BATCH})}\n{{\n", "at byte"),
        ("[" * 5000 + "\n", "at byte 0"),
        (f"{json.dumps({'batch': BATCH})}\nnull\n", "no progress of a batch"),
        (f'{json.dumps({"batch": BATCH})}\n{{"decision": "Accept"}}\n', "no progress of a batch"),
    ],
)
def test_a_file_that_is_none_is_left_alone(path, text, message):
    path.parent.mkdir()
    path.write_text(text)

    with pytest.raises(SecondlookError, match=message):
        ProgressFile.open(path, BATCH)
    assert text == path.read_text()


def test_two_runs_of_a_batch_do_not_go_on_at_once(path):
    script = f"""
from pathlib import Path
from secondlook.client.batch.progress_file import ProgressFile
ProgressFile.open(Path({str(path)!r}), {BATCH!r})
"""
    with ProgressFile.open(path, BATCH):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert "Another run of this batch is under way" in done.stderr


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SecondlookError, match=f"cannot be kept in {tmp_path}/file/x: "):
        ProgressFile.open(tmp_path / "file" / "x", BATCH)


def test_a_device_that_never_ends_is_not_read():
    with pytest.raises(SecondlookError, match="cannot be kept in /dev/zero: it is no regular file"):
        ProgressFile.open(Path("/dev/zero"), BATCH)


def test_a_disk_that_takes_no_more_is_told_with_the_name_of_the_file(path):
    script = f"""
import resource, signal
from pathlib import Path
from secondlook.client.batch.progress_file import ProgressFile
from secondlook.client.batch.source import Thing
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
with ProgressFile.open(Path({str(path)!r}), {BATCH!r}) as progress:
    for number in range(100):
        progress.write(Thing(f"s3://b/{{number}}", "x"), {DONE!r})
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert f"SecondlookError: The progress cannot be kept in {path}: File too large." in done.stderr
    with ProgressFile.open(path, BATCH) as progress:
        assert progress.has(Thing("s3://b/0", "x"))


def test_a_batch_has_a_place_of_its_own_that_is_found_again(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    assert usual_path(BATCH) == usual_path(dict(reversed(BATCH.items())))
    assert usual_path(BATCH) != usual_path({**BATCH, "source": "s3://c/"})
    assert tmp_path / "secondlook" / "batches" == usual_path(BATCH).parent


def test_a_million_objects_that_are_done_take_eight_megabytes(path):
    path.parent.mkdir()
    with path.open("w") as file:
        file.write(json.dumps({"batch": BATCH}) + "\n")
        for number in range(50_000):
            file.write(f'{{"uri": "s3://b/{number}", "etag": "e", "decision": "Accept", "loop": null}}\n')

    with ProgressFile.open(path, BATCH) as progress:
        assert 8 * 50_000 == progress._done.itemsize * len(progress._done)
        assert all(progress.has(Thing(f"s3://b/{number}", "e")) for number in (0, 25_000, 49_999))
        assert not progress.has(Thing("s3://b/50000", "e"))
