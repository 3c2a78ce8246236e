"""What a container is started with: which file names its libraries, and what is missed where."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from secondlook.hosting.container import Container
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.files.own_files import OwnFiles
from secondlook.hosting.instances.kinds.local.confinement import Isolation
from secondlook.hosting.instances.kinds.local.environments import needs
from secondlook.hosting.instances.kinds.local.launch import Launcher, requirements_file
from secondlook.hosting.instances.kinds.local.process import Launch
from secondlook.hosting.logs.log import Log
from secondlook.outbound import Outbound
from tests.wheels import file_name, wheel

from .conftest import write_product


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({}, "code/requirements.txt"),
        ({"SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/src"}, "src/requirements.txt"),
        ({"SAGEMAKER_SUBMIT_DIRECTORY": "bare"}, None),
        ({"SAGEMAKER_PROGRAM": "nobody.py"}, None),
        ({"SAGEMAKER_PROGRAM": "../../inference.py"}, None),
    ],
)
def test_the_file_lies_beside_the_script(
    tmp_path: Path, variables: dict[str, str], place: str | None
) -> None:
    for folder in ("code", "src", "bare"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "inference.py").touch()
        if folder != "bare":
            (tmp_path / folder / "requirements.txt").touch()

    assert requirements_file("inference_script", variables, tmp_path) == (place and tmp_path / place)
    assert requirements_file("onnx_detection", variables, tmp_path) is None


def prepared(data: Path, requirements: str | None, *needs: str) -> Launch:
    write_product(data / "catalog", "m", "")
    code = data / "catalog" / "m" / "model" / "code"
    if requirements is not None:
        (code / "requirements.txt").write_text(requirements)
        (code / file_name("own", "1.0")).write_bytes(wheel("own", "1.0"))
    container = Container("m", "image", "inference_script", {}, needs=needs, copy="copy")
    with closing(Log(data / "m.log")) as log:
        return Launcher(data, None, Outbound(), OwnFiles(data, None)).prepare(container, log, Deadline())


def test_a_model_with_requirements_starts_by_the_python_of_its_own_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "WANTED", ("uvicorn>=0.30",))
    monkeypatch.setenv("UV_NO_INDEX", "1")

    launch = prepared(tmp_path, f"./{file_name('own', '1.0')}", "own")

    python = Path(launch.command[0])
    assert python.is_relative_to(tmp_path / "environments")
    assert (python.parents[1] / "lib").is_dir()


def test_what_a_model_needs_must_come_by_its_requirements_where_it_has_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "WANTED", ("uvicorn>=0.30",))
    monkeypatch.setenv("UV_NO_INDEX", "1")

    with pytest.raises(
        NotPrepared, match=r"needs sqlalchemy, and its requirements\.txt does not bring it: name it there"
    ):
        prepared(tmp_path / "with", f"./{file_name('own', '1.0')}", "own", "sqlalchemy")
    assert prepared(tmp_path / "without", None, "sqlalchemy").command
    with pytest.raises(NotPrepared, match="needs nobody, not installed here"):
        prepared(tmp_path / "neither", None, "nobody")


@pytest.mark.parametrize("allows_code", [True, False])
def test_how_models_are_confined_is_found_out_only_where_some_must_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allows_code: bool
) -> None:
    found = []
    isolation = Isolation(required=True, memory=None)
    monkeypatch.setattr(isolation, "announce", lambda: found.append(1))

    launcher = Launcher(
        tmp_path, None, Outbound(), OwnFiles(tmp_path, None), isolation=isolation, allows_code=allows_code
    )
    launcher.keep_only([])

    assert bool(found) is allows_code
