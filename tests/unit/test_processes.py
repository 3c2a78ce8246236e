"""What the tests promise about processes: children that heed signals, and none left behind unseen."""

from __future__ import annotations

import subprocess
import sys

import psutil
import pytest

from tests import processes
from tests.running import eventually

CHILD = "import signal; print(signal.getsignal(signal.SIGINT).__name__, signal.getsignal(signal.SIGHUP).name)"
PARENT = f"""
import signal, subprocess, sys
from tests import processes
processes.ignore_without_handing_on()
signal.raise_signal(signal.SIGINT)
signal.raise_signal(signal.SIGHUP)
subprocess.run([sys.executable, "-c", {CHILD!r}], check=True)
"""


def test_what_a_background_job_ignores_is_not_handed_on() -> None:
    ignoring = ["sh", "-c", 'trap "" INT HUP; exec "$@"', "sh"]

    done = subprocess.run(
        [*ignoring, sys.executable, "-c", PARENT], capture_output=True, text=True, check=True
    )

    assert done.stdout == "default_int_handler SIG_DFL\n"


def left_behind() -> psutil.Process:
    """A process whose parent has ended, in a session of its own."""
    starting = "import subprocess; print(subprocess.Popen(['sleep', '1000'], stdout=-3, stderr=-3, start_new_session=True).pid)"
    done = subprocess.run([sys.executable, "-c", starting], capture_output=True, text=True, check=True)
    return psutil.Process(int(done.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_a_process_left_behind_is_named_and_ended() -> None:
    orphan = left_behind()
    assert orphan in processes.descendants()
    assert orphan in processes.descendants_and_orphans(orphan.pid)

    with pytest.raises(AssertionError, match=rf"{orphan.pid}: sleep 1000 \(in "):
        processes.all_end([orphan], seconds=0.1)

    eventually(lambda: not processes.lives(orphan))


def test_what_another_child_starts_is_not_counted_as_one_s_own() -> None:
    starting = [sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '1000'])"]
    with processes.running(starting) as other, processes.running(starting) as own:
        [others] = eventually(lambda: processes.descendants(other.pid))
        [owns] = eventually(lambda: processes.descendants(own.pid))

        counted = processes.descendants_and_orphans(own.pid)

        assert owns in counted
        assert others not in counted


def test_ending_a_process_ends_what_it_started() -> None:
    starting = "import subprocess; print(subprocess.Popen(['sleep', '1000'], start_new_session=True).pid, flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with processes.running([sys.executable, "-c", starting], text=True, **pipes) as process:
        child = psutil.Process(int(process.stdout.readline()))

    eventually(lambda: not processes.lives(child))
