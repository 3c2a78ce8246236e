from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

from secondlook.hosting.contract import MAX_REQUEST_SIZE, largest_payload
from secondlook.hosting.errors import NotPrepared, OutOfReach, Refused, StartFailed
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.instances.kinds.local.process import Launch, ping
from secondlook.hosting.instances.kinds.local.supervised import DELAYS, LocalInstance
from secondlook.hosting.logs.log import Log
from tests import processes

from .conftest import StartScript, invoke, lives, until

ECHO = "def transform_fn(model, body, content_type, accept): return body, content_type"


def test_it_answers_ping_and_invocations_once_ready(script: StartScript) -> None:
    process = script(ECHO)
    process.ready()

    assert ping(process.address)
    assert invoke(process, b'{"a": 1}') == (200, b'{"a": 1}')


def test_what_a_model_prints_and_logs_goes_to_its_log(script: StartScript, tmp_path: Path) -> None:
    process = script("""
        import logging
        print("loading weights")
        def transform_fn(model, body, content_type, accept):
            logging.getLogger(__name__).info("asked for %s", body)
            return body
    """)
    process.ready()
    invoke(process, b"[1]")

    log = tmp_path / "model-0.log"
    until(lambda: "loading weights" in log.read_text(), "the print in the log")
    until(lambda: "INFO asked for [1]" in log.read_text(), "the logged line in the log")


def test_a_prediction_that_raises_is_a_500_naming_the_error_and_the_process_lives_on(
    script: StartScript,
) -> None:
    process = script("def transform_fn(model, body, content_type, accept): return {}['label']")
    process.ready()

    error = (500, b"KeyError: 'label' (code/inference.py, line 1, in transform_fn)")
    assert invoke(process) == error
    assert invoke(process) == error
    assert process.restarts == 0


def test_the_limit_of_a_body_is_what_the_model_is_given(script: StartScript) -> None:
    process = script(ECHO, {MAX_REQUEST_SIZE: "1"})
    process.ready()

    assert 200 == invoke(process, bytes(1 << 20), Content_Type="a/b")[0]
    status, said = invoke(process, bytes((1 << 20) + 1), Content_Type="a/b")
    assert (413, b"the body is larger than the 1,048,576 bytes that a prediction may take") == (status, said)


@pytest.mark.parametrize("setting", ["much", "0", "-1", "1.5"])
def test_a_limit_that_is_none_is_refused(setting: str) -> None:
    with pytest.raises(
        ValueError, match=f"{MAX_REQUEST_SIZE} is '{setting}'; right is a number of MiB over 0"
    ):
        largest_payload({MAX_REQUEST_SIZE: setting})


def test_a_body_over_the_limit_is_a_413(script: StartScript) -> None:
    process = script(ECHO)
    process.ready()

    assert invoke(process, bytes(6_291_456), Content_Type="a/b")[0] == 200
    assert invoke(process, bytes(6_291_457), Content_Type="a/b") == (
        413,
        b"the body is larger than the 6,291,456 bytes that a prediction may take",
    )


def test_ping_answers_while_a_model_thinks(script: StartScript, tmp_path: Path) -> None:
    process = script(f"""
        import pathlib, time
        def transform_fn(model, body, content_type, accept):
            pathlib.Path({str(tmp_path)!r}, "thinking").touch()
            while not pathlib.Path({str(tmp_path)!r}, "enough").exists():
                time.sleep(0.01)
            return body
    """)
    process.ready()
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(invoke, process, b"[1]")
        until((tmp_path / "thinking").exists, "the prediction to begin")

        assert ping(process.address)
        (tmp_path / "enough").touch()
        assert answer.result(10) == (200, b"[1]")


def test_its_environment_is_built_from_nothing(script: StartScript, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECONDLOOK_DATABASE", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL", "PYTHONPATH", "HTTP_PROXY"):
        monkeypatch.setenv(name, "a secret")
    process = script(
        """
        import json, os
        def transform_fn(model, body, content_type, accept): return json.dumps(dict(os.environ))
        """,
        {"SCORE_FLOOR": "0.25"},
    )
    process.ready()

    seen = json.loads(invoke(process)[1])

    assert "a secret" not in seen.values()
    assert seen["SCORE_FLOOR"] == "0.25"
    assert set(seen) <= {
        "PATH",
        "LANG",
        "LC_CTYPE",
        "OMP_NUM_THREADS",
        "SCORE_FLOOR",
        "SM_MODEL_DIR",
    }


def test_a_process_that_dies_is_restarted(script: StartScript) -> None:
    changes: list[object] = []
    process: LocalInstance = script(ECHO, changed=lambda: changes.append(process.address))
    process.ready()

    os.kill(process.pid, signal.SIGKILL)

    until(lambda: process.restarts == 1 and process.address is not None, "a restart")
    assert invoke(process, b"1") == (200, b"1")
    assert process.restarts == 1
    assert changes[1] is None
    assert changes[0] is not None
    assert "ended by SIGKILL; starting again in 0 s" in process.log.path.read_text()


def test_a_process_that_dies_again_and_again_is_restarted_ever_later() -> None:
    assert DELAYS[0] == 0
    assert list(DELAYS) == sorted(DELAYS)


def test_a_first_start_that_fails_says_why_with_the_last_line_of_its_log(script: StartScript) -> None:
    process = script("import a_library_that_nobody_has")

    with pytest.raises(StartFailed) as failure:
        process.ready()

    assert str(failure.value) == (
        "the process exited with 1 "
        "(inference.py: No module named 'a_library_that_nobody_has'; name it in requirements.txt beside the script, "
        "or install it where secondlook is installed)"
    )
    assert process.address is None


def test_a_start_that_takes_too_long_is_given_up(script: StartScript) -> None:
    process = script("import time; time.sleep(60)", startup=0.5)

    with pytest.raises(StartFailed, match="did not announce in time that it is ready"):
        process.ready()
    until(lambda: process.pid is None, "the slow process to be gone")


def test_stop_ends_the_process_and_what_it_started(script: StartScript, tmp_path: Path) -> None:
    process = script(f"""
        import pathlib, subprocess
        child = subprocess.Popen(["sleep", "1000"])
        pathlib.Path({str(tmp_path / "child")!r}).write_text(str(child.pid))
        {ECHO}
    """)
    process.ready()
    pid, child = process.pid, int((tmp_path / "child").read_text())

    process.stop()

    assert process.address is None
    until(lambda: not lives(pid) and not lives(child), "both processes to be gone")


def test_no_process_is_left_over_when_the_server_is_killed(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "inference.py").write_text(ECHO)
    program = textwrap.dedent(f"""
        import pathlib, sys
        from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
        from secondlook.hosting.logs.log import Log
        from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
        log = Log(pathlib.Path({str(tmp_path)!r}, "model.log"))
        launch = Launch(runtime_command("inference_script"), {{}}, pathlib.Path({str(model)!r}))
        process = LocalInstance(lambda: launch, log)
        process.start()
        process.ready()
        print(process.pid, flush=True)
        sys.stdin.read()
    """)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with processes.running([sys.executable, "-c", program], **pipes) as server:
        pid = int(server.stdout.readline())
        assert lives(pid)

        server.kill()
        server.wait()

        until(lambda: not lives(pid), "the orphaned model process to end")


def test_a_log_stays_small_and_keeps_its_end(tmp_path: Path) -> None:
    log = Log(tmp_path / "x.log", limit=1000)
    for number in range(1000):
        log.write(f"line {number}\n".encode())

    assert log.last_line() == "line 999"
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 2000
    log.close()


def test_a_log_drops_what_it_cannot_keep_and_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "logs"
    in_the_way.touch()
    log = Log(in_the_way / "x.log")

    log.write(b"nobody can keep this\n")
    assert log.last_line() == ""
    assert "what a model says is lost: File exists" in caplog.text

    in_the_way.unlink()
    log.write(b"but this\n")
    assert log.last_line() == "but this"
    log.close()
    with pytest.raises(ValueError, match="closed"):
        log.write(b"too late")


def test_a_command_that_does_not_exist_is_a_failed_start(tmp_path: Path) -> None:
    launch = Launch([str(tmp_path / "nothing")], {}, tmp_path)
    process = LocalInstance(lambda: launch, Log(tmp_path / "x.log"))
    process.start()

    with pytest.raises(StartFailed, match="No such file or directory") as failed:
        process.ready()
    process.stop()
    assert str(tmp_path) not in str(failed.value)


def test_a_process_is_tried_until_it_starts(tmp_path: Path, script: StartScript) -> None:
    process = script(
        f"""
        import pathlib
        assert pathlib.Path({str(tmp_path / "weights")!r}).exists(), "no weights yet"
        {ECHO}
    """
    )
    with pytest.raises(StartFailed, match="no weights yet"):
        process.ready()
    assert "no weights yet" in process.log.path.read_text()

    (tmp_path / "weights").touch()

    until(lambda: process.address, "a later start")
    process.ready()
    assert invoke(process, b"1") == (200, b"1")


def no_room_to_copy() -> NoReturn:
    missing = NotPrepared("the files of the product echo could not be copied: Disk quota exceeded")
    raise missing from OSError(errno.EDQUOT, "Disk quota exceeded")


def no_store() -> NoReturn:
    raise OutOfReach("the store does not answer")


def no_room() -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("keeps", "reason"),
    [
        (no_store, "the store does not answer"),
        (no_room, "the process could not be started: No space left on device"),
        (no_room_to_copy, "the files of the product echo could not be copied: Disk quota exceeded"),
    ],
)
def test_what_may_pass_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, keeps: Callable[[], NoReturn], reason: str
) -> None:
    tries = iter(range(3))

    def launch() -> Launch:
        if next(tries) < 2:
            keeps()
        return Launch(["sh", "-c", "exit 7"], {}, tmp_path)

    process = LocalInstance(launch, Log(tmp_path / "e" / "x-1.log"))
    process.start()

    with pytest.raises(StartFailed, match=r"^the process exited with 7$"):
        process.ready(20)
    process.stop()
    assert 2 == (tmp_path / "e" / "x-1.log").read_text().count(f"{reason}; starting again in")
    assert 2 == caplog.messages.count(f"instance x-1 of e waits: {reason}")


def test_what_stays_out_of_reach_is_a_failed_start_when_the_time_for_files_is_over(tmp_path: Path) -> None:
    def launch() -> Launch:
        raise OutOfReach("the store does not answer")

    process = LocalInstance(launch, Log(tmp_path / "x.log"), deadline=Deadline(0))
    process.start()

    with pytest.raises(OutOfReach, match="the store does not answer"):
        process.ready(20)
    until(lambda: process.restarts > 1, "it to be tried on, should it be wanted all the same")
    process.stop()


def test_what_is_refused_is_never_tried_again(tmp_path: Path) -> None:
    tries = []

    def launch() -> Launch:
        tries.append(1)
        raise Refused("that is no archive")

    process = LocalInstance(launch, Log(tmp_path / "x.log"))
    process.start()

    with pytest.raises(Refused, match="that is no archive"):
        process.ready(20)
    until(lambda: not process._thread.is_alive(), "its end")
    process.stop()
    assert [1] == tries
    assert "[supervisor] that is no archive; it is not tried again" in (tmp_path / "x.log").read_text()


def test_a_launch_that_is_still_busy_does_not_hold_up_a_stop_and_starts_nothing(tmp_path: Path) -> None:
    busy, enough = threading.Event(), threading.Event()

    def launch() -> Launch:
        busy.set()
        enough.wait(20)
        return Launch(["touch", str(tmp_path / "started")], {}, tmp_path)

    process = LocalInstance(launch, Log(tmp_path / "x.log"))
    process.start()
    assert busy.wait(20)
    process.stop(grace=0)

    enough.set()

    with pytest.raises(StartFailed):
        process.ready(20)
    process.stop()
    assert not (tmp_path / "started").exists()
