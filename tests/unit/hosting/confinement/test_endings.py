"""Whatever a confined model does, its end is the end of all that it has started; and the server goes on."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from http.client import HTTPException
from pathlib import Path

import pytest

from secondlook.hosting.errors import StartFailed
from secondlook.hosting.instances.kinds.local.confinement import Confinement, usage
from tests import processes
from tests.hostile_models import FORKS, GOES_ITS_OWN_WAY, LEAKS, SHOUTS

from .conftest import StartHostile, lives, until


def all_gone(pids: list[int]) -> bool:
    return not any(map(lives, pids))


def orphans(count: int, pid: int) -> list[int]:
    """All of a model's processes, once there are so many."""

    def found() -> list[int]:
        usage._last = (-1.0, {})
        return [process.pid for process in usage.of_model(pid)]

    until(lambda: len(found()) >= count, f"{count} processes")
    return found()


def mounts(pid: int | str = "self") -> set[tuple[str, str, str]]:
    """Device, kind and source of each file system that a process sees mounted; none where the process has ended."""
    found = set()
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/mountinfo").read_text().splitlines():
            before, _, after = line.partition(" - ")
            kind, source = after.split()[:2]
            found.add((before.split()[2], kind, source))
    return found


def test_stop_leaves_neither_process_nor_directory_nor_mount(
    hostile: StartHostile, confinement: Confinement
) -> None:
    before = mounts()
    model = hostile()
    model.instance.ready()
    model.run(GOES_ITS_OWN_WAY)
    directory = model.instance._directory.path
    pids = orphans(4, model.instance.pid)
    # Others mount and unmount meanwhile: of what is seen here in the end, only what was the model's matters.
    own = set().union(*map(mounts, pids)) - before
    assert bool(own) == confinement.has_namespaces

    model.instance.stop(grace=0.5)

    # It waits five seconds for them, which can be too short where much else runs.
    until(lambda: all_gone(pids), "all processes to be gone")
    assert not directory.exists()
    assert not mounts() & own
    assert str(directory) not in Path("/proc/self/mountinfo").read_text()


def test_a_model_that_is_asked_to_end_may_finish_its_answer(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()
    began = time.monotonic()

    model.instance.stop(grace=60)

    assert time.monotonic() - began < 50  # it was told, and not only killed in the end
    assert "Finished server process" in model.instance.log.path.read_text()


def test_what_a_model_started_ends_with_it(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()
    model.run(GOES_ITS_OWN_WAY)
    pids = orphans(4, model.instance.pid)

    model.run("threading.Timer(0.2, os._exit, [3]).start()")

    until(lambda: model.instance.restarts == 1, "a restart")
    until(lambda: all_gone(pids), "all that it had started to be gone")
    assert "the process exited with 3; starting again" in model.instance.log.path.read_text()
    until(lambda: model.instance.address, "an address")


def test_nothing_is_left_when_the_server_is_killed(confinement: Confinement, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "inference.py").write_text(
        f"import os, signal, time\n{GOES_ITS_OWN_WAY.replace(chr(10) + '    ', chr(10))}\n"
        "def transform_fn(model, body, content_type, accept): return body\n"
    )
    program = f"""
import sys
from pathlib import Path
from secondlook.hosting.logs.log import Log
from secondlook.hosting.instances.kinds.local.confinement import Confinement
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.runtimes.confined.plan import Level
confinement = Confinement(Level({str(confinement.level)!r}), {confinement.memory})
launch = Launch(runtime_command("inference_script"), {{}}, Path({str(tmp_path / "model")!r}), confinement)
instance = LocalInstance(lambda: launch, Log(Path({str(tmp_path / "model.log")!r})))
instance.start()
instance.ready()
print(instance.pid, flush=True)
sys.stdin.read()
"""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with processes.running([sys.executable, "-c", program], **pipes) as server:
        pids = orphans(4, int(server.stdout.readline()))

        server.kill()
        server.wait()

        until(lambda: all_gone(pids), "all processes to be gone")


def test_a_model_that_leaks_is_ended_and_started_again(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()

    model.run(LEAKS)

    until(lambda: model.instance.restarts == 1 and model.instance.address, "a restart")
    assert (
        "MiB of memory, more than the 512 MiB that a model may take; starting again"
        in model.instance.log.path.read_text()
    )
    assert model.run("result = 1") == 1


def test_memory_that_several_processes_have_counts_in_all(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()

    model.run("""
        for _ in range(4):
            if os.fork() == 0:
                kept = b"x" * (200 << 20)
                time.sleep(1000)
    """)

    until(lambda: model.instance.restarts == 1, "a restart")
    assert "MiB of memory, more than" in model.instance.log.path.read_text()


def test_a_fork_bomb_stays_within_its_model(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()
    pid = model.instance.pid

    model.run(FORKS)

    until(lambda: model.instance.restarts == 1 or len(orphans(0, pid)) > 40, "the bomb to go off")
    model.instance.stop(grace=0)
    until(lambda: not usage.of_model(pid) or not orphans(0, pid), "all of it to be gone")


def test_endless_output_fills_neither_disk_nor_processor(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()
    log = model.instance.log.path

    model.run(SHOUTS)

    before = log.with_name(log.name + ".1")
    until(before.exists, "the log to be turned over")
    used = time.process_time()
    began = time.monotonic()
    assert model.run("time.sleep(1); result = 2") == 2
    assert time.process_time() - used < (time.monotonic() - began) / 2
    assert sum(map(size, (log, before))) <= 3 << 20


def size(file: Path) -> int:
    """0 where it is not there, as a log that is being turned over is for a moment."""
    with contextlib.suppress(FileNotFoundError):
        return file.stat().st_size
    return 0


def test_what_is_written_where_only_the_announcement_belongs_ends_it(hostile: StartHostile) -> None:
    model = hostile(
        "import os\nos.write(1, b'x' * 65536)\n" + "while True: os.write(1, b'x' * 65536)", startup=3
    )

    with pytest.raises(StartFailed, match="did not"):
        model.instance.ready()


def test_a_model_that_loads_for_too_long_is_ended_and_the_reason_told(hostile: StartHostile) -> None:
    model = hostile("import time\ntime.sleep(600)", startup=2)

    with pytest.raises(StartFailed, match="did not announce in time that it is ready"):
        model.instance.ready()
    until(lambda: model.instance.pid is None, "the slow process to be gone")


def test_threads_without_end_are_bounded(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()
    pid = model.instance.pid

    with contextlib.suppress(
        PermissionError, ConnectionError, HTTPException
    ):  # its end can come before its answer
        model.run("""
            for _ in range(500):
                threading.Thread(target=time.sleep, args=[1000], daemon=True).start()
        """)

    usage._last = (-1.0, {})
    assert sum(process.tasks for process in usage.of_model(pid)) < 200
    until(lambda: model.instance.address, "an address")
