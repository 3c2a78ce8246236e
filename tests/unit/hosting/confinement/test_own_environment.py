"""A confined model in an environment of its own, which other models share: it runs there, and changes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from secondlook.hosting.instances.kinds.local.environments import Environment, Environments, Limits
from secondlook.hosting.instances.kinds.local.environments.environment import size_of
from secondlook.hosting.logs.log import Log
from tests.wheels import Index

from .conftest import StartHostile


@pytest.fixture
def environments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Environments]:
    with Index() as index:
        index.publish("tiny", "1.0", "VERSION = '1.0'")
        monkeypatch.setenv("UV_DEFAULT_INDEX", index.url)
        yield Environments(tmp_path / "data" / "environments", Limits())


@pytest.fixture
def environment(environments: Environments, tmp_path: Path) -> Environment:
    (tmp_path / "requirements.txt").write_text("tiny")
    with closing(Log(tmp_path / "environment.log")) as log:
        return environments.of(tmp_path / "requirements.txt", "user", log, threading.Event())


def test_a_model_has_its_libraries_and_can_change_none(
    hostile: StartHostile, environment: Environment
) -> None:
    model = hostile(python=environment.python)
    model.instance.ready()
    before = size_of(environment.folder)

    assert model.run("import tiny; result = tiny.VERSION") == "1.0"
    assert model.run("result = sys.prefix") == str(environment.folder)
    model.refuses(f"open({str(environment.folder / 'x')!r}, 'a')")  # may be a folder of that name, of its own
    for place in ("bin/x", "bin/python", "lib/x", "pyvenv.cfg"):
        assert model.refuses(f"open({str(environment.folder / place)!r}, 'a')"), place
    assert model.refuses("import tiny; os.unlink(tiny.__file__)")
    modes = [path.stat().st_mode for path in environment.libraries.iterdir()]
    model.refuses("import tiny; os.chmod(tiny.__file__, 0)")  # or it is said to be done
    assert model.refuses("import tiny; os.rename(tiny.__file__, tiny.__file__ + '.old')")
    assert model.refuses("import secondlook; open(secondlook.__file__, 'a')")
    # Neither what installs, nor what other models have.
    for shared in (".uv", "wheels", ".clock"):
        other = environment.folder.with_name(shared)
        assert other.exists()
        assert model.refuses(f"os.stat({str(other)!r}); os.listdir({str(other)!r})"), other
    assert size_of(environment.folder) == before
    assert [path.stat().st_mode for path in environment.libraries.iterdir()] == modes
