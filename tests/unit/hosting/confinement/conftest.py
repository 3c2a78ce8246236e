"""A hostile model at each level that this machine gives: its code is whatever the caller sends."""

from __future__ import annotations

import ast
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secondlook.hosting.instances.kinds.local.confinement import Confinement, isolation, usage
from secondlook.hosting.instances.kinds.local.process import Launch, runtime_command
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.logs.log import Log
from secondlook.hosting.runtimes.confined.plan import Level
from tests.hostile_models import RUN_WHAT_IS_SENT
from tests.unit.hosting.conftest import (
    invoke,
    lives,  # noqa: F401
    until,  # noqa: F401
)

MEMORY = 512 << 20
PROCESSES = 60


class Hostile:
    """A model that runs what it is sent."""

    def __init__(self, instance: LocalInstance, model_dir: Path) -> None:
        self.instance = instance
        self.model_dir = model_dir

    def run(self, code: str) -> object:
        """What the code sets `result` to. Raises PermissionError where it raised anything."""
        status, answer = invoke(self.instance, textwrap.dedent(code).encode(), Content_Type="text/x-python")
        said = ast.literal_eval(answer.decode())
        assert status == 200
        if "error" in said:
            raise PermissionError(said["error"])
        return said["result"]

    def refuses(self, code: str) -> bool:
        """Whether the code raised an error in the model."""
        try:
            self.run(code)
        except PermissionError:
            return True
        return False

    @property
    def processes(self) -> list[int]:
        """Its processes, as this machine knows them."""
        usage._last = (-1.0, {})
        return [process.pid for process in usage.of_model(self.instance.pid)]


@pytest.fixture(params=[Level.BUBBLEWRAP, Level.NAMESPACES, Level.LANDLOCK], ids=str)
def confinement(request: pytest.FixtureRequest) -> Confinement:
    level: Level = request.param
    missing = dict(isolation._candidates()).get(level, "not on this system") or isolation._trial(level)
    if missing:
        pytest.skip(f"isolation level {level} is NOT tested here (user {os.geteuid()}): {missing}")
    return Confinement(level, MEMORY, PROCESSES)


StartHostile = Callable[..., Hostile]


@pytest.fixture
def hostile(tmp_path: Path, confinement: Confinement) -> Iterator[StartHostile]:
    """Starts a hostile model; with `code`, one that runs this, by the Python `python`."""
    started: list[LocalInstance] = []

    def start(code: str = RUN_WHAT_IS_SENT, python: str | Path = sys.executable, **more: object) -> Hostile:
        model_dir = tmp_path / "data" / "models" / f"model-{len(started)}"
        (model_dir / "code").mkdir(parents=True)
        (model_dir / "code" / "inference.py").write_text(textwrap.dedent(code))
        for path in (tmp_path / "data", model_dir):
            path.chmod(0o700)
        launch = Launch(runtime_command("inference_script", python), {}, model_dir, confinement)
        instance = LocalInstance(lambda: launch, Log(tmp_path / "model.log"), **more)
        started.append(instance)
        instance.start()
        return Hostile(instance, model_dir)

    yield start
    for instance in started:
        instance.stop(grace=1)
