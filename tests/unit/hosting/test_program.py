"""Where a model's script is looked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from secondlook.hosting.runtimes.inference_script.program import imported_from, path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    model_dir = tmp_path / "model"
    for name in ("inference.py", "code/inference.py", "code/serve.py", "src/inference.py", "../outside.py"):
        (model_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (model_dir / name).write_text("")
    return model_dir


@pytest.mark.parametrize(
    ("program", "directory", "place"),
    [
        ("", "", "code/inference.py"),
        ("serve.py", "", "code/serve.py"),
        ("serve", "", "code/serve.py"),
        ("", "/opt/ml/model", "inference.py"),
        ("inference.py", "/opt/ml/model/code", "code/inference.py"),
        ("", "src", "src/inference.py"),
    ],
)
def test_the_variables_of_sagemaker_name_the_script(
    model: Path, program: str, directory: str, place: str
) -> None:
    environment = {"SAGEMAKER_PROGRAM": program, "SAGEMAKER_SUBMIT_DIRECTORY": directory}

    assert path(model, environment) == model / place


def test_without_a_folder_code_it_lies_in_the_models_own(tmp_path: Path) -> None:
    (tmp_path / "inference.py").write_text("")

    assert path(tmp_path, {}) == tmp_path / "inference.py"


@pytest.mark.parametrize(
    ("program", "directory", "said"),
    [
        ("nobody.py", "", "holds neither code/nobody.py nor nobody.py"),
        ("nobody.py", "src", "holds no src/nobody.py"),
        ("../../outside.py", "", "SAGEMAKER_PROGRAM is .* outside of the model"),
        ("/etc/inference.py", "/opt/ml/model", "SAGEMAKER_PROGRAM is .* outside of the model"),
        ("", "s3://bucket/sourcedir.tar.gz", "lies outside of the model: name a place in the package"),
        ("", "/etc", "lies outside of the model"),
        ("", "code/../..", "lies outside of the model"),
    ],
)
def test_nothing_outside_of_the_model_is_run(model: Path, program: str, directory: str, said: str) -> None:
    """Whoever makes a model may set these variables, and is not asked for more rights than that."""
    with pytest.raises(SystemExit, match=said):
        path(model, {"SAGEMAKER_PROGRAM": program, "SAGEMAKER_SUBMIT_DIRECTORY": directory})


def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    caplog.set_level("INFO")
    (tmp_path / "inference.py").write_text("import nobody_has_this")
    (tmp_path / "requirements.txt").write_text("nobody-has-this")

    with pytest.raises(
        SystemExit, match=r"No module named 'nobody_has_this'; name it in requirements\.txt beside"
    ):
        imported_from(tmp_path / "inference.py", tmp_path)

    assert "requirements.txt is not installed here" in caplog.text


def test_requirements_that_name_nothing_are_not_talked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    caplog.set_level("INFO")
    (tmp_path / "inference.py").write_text("loaded = True")
    (tmp_path / "requirements.txt").write_text("# one a line\n\n")

    assert imported_from(tmp_path / "inference.py", tmp_path).loaded

    assert "not installed" not in caplog.text


def test_modules_may_lie_beside_the_script_and_above_it_in_the_model(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    for folder, name in (
        ("code/serving", "beside"),
        ("code", "above"),
        ("", "at_the_top"),
        ("..", "outside"),
    ):
        (model / folder).mkdir(exist_ok=True)
        (model / folder / f"{name}_of_script.py").write_text(f"name = {name!r}")
    script = model / "code/serving/serve_deep.py"
    script.write_text("import beside_of_script, above_of_script, at_the_top_of_script")

    imported_from(script, model)

    script.write_text("import outside_of_script")
    with pytest.raises(SystemExit, match="No module named 'outside_of_script'"):
        imported_from(script, model)
