"""Environments that several wait for, that are given up, or whose server ends while they are made; with a real uv."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from secondlook.hosting.instances.kinds.local.environments import needs
from secondlook.hosting.instances.kinds.local.environments.commands import Stopped
from tests import processes
from tests.wheels import file_name

from .conftest import until
from .installing import Workshop, ask, uv_processes


def test_it_ends_at_once_when_it_is_not_wanted_any_more(workshop: Workshop) -> None:
    workshop.index.publish("held", "1.0")
    workshop.index.held.add(f"/simple/held/{file_name('held', '1.0')}")
    file, stopping = workshop.model("m", "held"), threading.Event()

    with ThreadPoolExecutor() as pool:
        making = pool.submit(workshop.of, file, stopping)
        assert workshop.index.reached.wait(60)
        assert uv_processes()
        stopping.set()
        with pytest.raises(Stopped):
            making.result(20)
    assert not uv_processes()
    assert not workshop.kept
    assert not list((workshop.folder / ".uv").glob(".tmp*"))


def test_a_server_that_stops_ends_all_and_begins_nothing_more(workshop: Workshop) -> None:
    workshop.index.publish("stopped", "1.0")
    workshop.index.held.add(f"/simple/stopped/{file_name('stopped', '1.0')}")
    files = [workshop.model(f"m{number}", "stopped") for number in range(3)]

    with ThreadPoolExecutor() as pool:
        makings = [pool.submit(workshop.of, file) for file in files[:2]]
        assert workshop.index.reached.wait(60)
        workshop.environments.interrupt()
        for making in makings:
            with pytest.raises(Stopped):
                making.result(20)
    with pytest.raises(Stopped):
        workshop.of(files[2])
    assert not uv_processes()
    assert not workshop.kept


def test_many_that_want_the_same_have_it_made_once(workshop: Workshop) -> None:
    workshop.index.publish("shared", "1.0")
    files = [workshop.model(f"m{number}", "shared") for number in range(4)]
    beside = Workshop(workshop.home, workshop.index)  # as another server would be

    with ThreadPoolExecutor() as pool:
        made = list(
            pool.map(lambda pair: pair[0].of(pair[1]), zip([workshop, beside] * 2, files, strict=True))
        )

    assert {each.folder for each in made} == {made[0].folder}
    assert "".join(map(workshop.log, ("m0", "m1", "m2", "m3"))).count("+ shared==1.0") == 1


def test_who_waits_for_one_that_is_given_up_makes_it(workshop: Workshop) -> None:
    workshop.index.publish("left", "1.0")
    workshop.index.held.add(f"/simple/left/{file_name('left', '1.0')}")
    first, second = workshop.model("first", "left"), workshop.model("second", "left")
    stopping, never = threading.Event(), threading.Event()

    with ThreadPoolExecutor() as pool:
        given_up = pool.submit(workshop.of, first, stopping)
        assert workshop.index.reached.wait(60)
        waiting = pool.submit(workshop.of, second, never)
        workshop.index.held.clear()
        stopping.set()
        assert waiting.result(60).is_whole
        with pytest.raises(Stopped):
            given_up.result(20)


def test_who_waits_for_one_that_fails_hears_why(workshop: Workshop) -> None:
    workshop.index.publish("bad", "1.0", requires=["nobody"])
    workshop.index.held.add(f"/simple/bad/{file_name('bad', '1.0')}")
    files = [workshop.model(f"m{number}", "bad") for number in range(3)]

    with ThreadPoolExecutor() as pool:
        makings = [pool.submit(workshop.of, file) for file in files]
        workshop.index.go_on.set()
        reasons = [str(making.exception(60)) for making in makings]

    assert all("nobody was not found in the package registry" in reason for reason in reasons)
    assert not workshop.kept


def test_one_that_a_killed_server_has_begun_is_made_anew(workshop: Workshop) -> None:
    workshop.index.publish("begun", "1.0")
    workshop.index.held.add(f"/simple/begun/{file_name('begun', '1.0')}")
    file = workshop.model("m", "begun")
    program = f"""
import pathlib, threading
from secondlook.hosting.logs.log import Log
from secondlook.hosting.instances.kinds.local.environments import Environments, Limits, needs
needs.WANTED = {needs.WANTED!r}
environments = Environments(pathlib.Path({str(workshop.folder)!r}), Limits())
environments.of(pathlib.Path({str(file)!r}), "m", Log(pathlib.Path({str(workshop.home / "x.log")!r})), threading.Event())
"""
    with processes.running([sys.executable, "-c", program]) as server:
        assert workshop.index.reached.wait(60)
        below = processes.descendants(server.pid)
        assert [line for line in processes.command_lines(below) if "uv pip" in line]
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        until(lambda: not any(map(processes.lives, below)), "uv to end with its server")
        assert [name for name in workshop.kept if name.endswith(".making")]

    workshop.index.held.clear()
    environment = workshop.of(file)

    assert ask(environment, "import begun; print(begun.__name__)") == "begun"
    assert workshop.kept == {environment.folder.name}
