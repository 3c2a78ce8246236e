"""Which level is taken, what is said of it, and what happens where there is none."""

from __future__ import annotations

import logging
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondlook.hosting.container import Container
from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.files.own_files import OwnFiles
from secondlook.hosting.instances.kinds.local import Isolation, Launcher, LocalInstance
from secondlook.hosting.instances.kinds.local.confinement import Confinement, bubblewrap, isolation
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.logs.log import Log
from secondlook.hosting.runtimes.confined import landlock
from secondlook.hosting.runtimes.confined.plan import Level, Plan
from secondlook.outbound import Outbound
from tests.hostile_models import GOES_ITS_OWN_WAY, RUN_WHAT_IS_SENT

from .conftest import MEMORY, Hostile, StartHostile, until
from .test_endings import all_gone, orphans

CODE = Container("own", "image", "inference_script", {}, confined=True)


@pytest.fixture
def _forget() -> Iterator[None]:
    isolation.find.cache_clear()
    yield
    isolation.find.cache_clear()


@pytest.fixture
def _nothing_works(monkeypatch: pytest.MonkeyPatch, _forget: None) -> None:
    monkeypatch.setattr(bubblewrap, "program", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(landlock, "version", lambda: 2)


@pytest.mark.usefixtures("_nothing_works")
def test_where_nothing_confines_code_is_refused_with_what_to_install(tmp_path: Path) -> None:
    launcher = Launcher(
        tmp_path,
        None,
        Outbound(),
        OwnFiles(tmp_path / "own-models", None),
        isolation=Isolation(required=True, memory=None),
        allows_code=True,
    )
    log = Log(tmp_path / "own.log")
    instance = LocalInstance(lambda: launcher.prepare(CODE, log, Deadline()), log)
    instance.start()

    with pytest.raises(StartFailed) as failed:
        instance.ready(20)
    instance.stop(grace=0)

    assert str(failed.value) == (
        "code of a model cannot be confined on this system (bubblewrap: not installed; namespaces: only root can make them; "
        "landlock: needs Linux 6.2 or later, with Landlock): install bubblewrap (0.8 or later, `apt install bubblewrap`), "
        "or run the server on Linux 6.2 or later; --model-isolation limits runs such models without"
    )


@pytest.mark.usefixtures("_nothing_works")
def test_who_is_content_with_limits_gets_them(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    assert Isolation(required=False, memory=MEMORY).confinement(tmp_path) == Confinement(Level.LIMITS, MEMORY)

    Isolation(required=False, memory=MEMORY).announce()
    until(
        lambda: "models are confined by limits of resources alone (bubblewrap: not installed" in caplog.text,
        "the log",
    )
    assert caplog.records[-1].levelno == logging.WARNING


@pytest.mark.usefixtures("_forget")
def test_a_level_that_is_there_and_does_not_work_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "program", lambda: "/bin/false")

    found = isolation.find()

    assert found.level is not Level.BUBBLEWRAP
    assert found.missing[0] == "bubblewrap: exit status 1"


def test_the_level_found_is_told(
    confinement: Confinement, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.WARNING)  # a server says no less
    monkeypatch.setattr(isolation, "find", lambda: isolation.Found(confinement.level))

    Isolation(required=True, memory=None).announce()

    until(lambda: f"models are confined {isolation.SAYS[confinement.level]}" in caplog.text, "the log")


def test_a_plan_survives_its_way(tmp_path: Path, confinement: Confinement) -> None:
    plan = confinement.plan(runtime_command("inference_script"), tmp_path, 7, None)

    assert Plan.from_json(plan.as_json()) == plan
    assert str(tmp_path) in plan.read
    assert not any(Path(path) == Path("/") for path in plan.read)


def test_limits_alone_bound_resources_and_end_all(tmp_path: Path) -> None:
    (tmp_path / "inference.py").write_text(RUN_WHAT_IS_SENT.replace("\n    ", "\n"))
    launch = Launch(runtime_command("inference_script"), {}, tmp_path, Confinement(Level.LIMITS, MEMORY))
    instance = LocalInstance(lambda: launch, Log(tmp_path / "model.log"))
    instance.start()
    instance.ready()
    model = Hostile(instance, tmp_path)

    assert model.refuses("bytearray(1 << 30)")
    assert model.run("result = resource.getrlimit(resource.RLIMIT_CORE)") == (0, 0)
    model.run(GOES_ITS_OWN_WAY)
    pids = orphans(4, instance.pid)
    instance.stop(grace=0)

    assert all_gone(pids)


def test_its_memory_is_the_settings(hostile: StartHostile) -> None:
    model = hostile()
    model.instance.ready()

    assert model.run("result = resource.getrlimit(resource.RLIMIT_DATA)[1]") == MEMORY * 5 // 4
    assert model.refuses("bytearray(1 << 30)")


def test_code_without_a_level_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "find", lambda: isolation.Found(Level.LIMITS, ("landlock: none",)))

    with pytest.raises(NotPrepared, match="cannot be confined"):
        Isolation(required=True, memory=None).confinement(tmp_path)


def test_a_data_directory_that_models_could_read_is_refused(
    confinement: Confinement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "find", lambda: isolation.Found(confinement.level))

    with pytest.raises(NotPrepared, match="the data directory lies in /usr, which models' code may read"):
        Isolation(required=True, memory=None).confinement(Path("/usr/local/secondlook-data"))


@pytest.mark.parametrize("confinement", [Level.LANDLOCK], indirect=True)
def test_on_a_kernel_that_keeps_no_signals_inside_the_filter_does(
    hostile: StartHostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = hostile(
        "from secondlook.hosting.runtimes.confined import system_calls\nimport os\n"
        "system_calls.refuse(namespaces=False, signals_inside=False, own=os.getpid())\n"
        + textwrap.dedent(RUN_WHAT_IS_SENT)
    )
    model.instance.ready()

    assert model.refuses("os.kill(os.getpid(), 0)")
    assert model.refuses("import fcntl; a, b = os.pipe(); fcntl.fcntl(a, 8, os.getpid())")
    assert model.run("import fcntl; a, b = os.pipe(); result = fcntl.fcntl(a, 1)") == 1
    assert model.run("signal.pthread_kill(threading.get_ident(), 0); result = 1") == 1


def test_a_level_works_below_a_server_that_keeps_its_files_to_itself(confinement: Confinement) -> None:
    before = os.umask(0o077)
    try:
        assert isolation._trial(confinement.level) is None
    finally:
        os.umask(before)
