"""The script of a model: where it lies, as SageMaker's containers look for it, and its import.

`SAGEMAKER_PROGRAM` names it (default `inference.py`), `SAGEMAKER_SUBMIT_DIRECTORY` the folder that it lies in (default: `code` in the
model's directory, else that itself). Both may be set by whoever makes a model, so they reach nothing outside of the model.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import ModuleType

import secondlook

PROGRAM = "SAGEMAKER_PROGRAM"
DIRECTORY = "SAGEMAKER_SUBMIT_DIRECTORY"
ON_AWS = PurePosixPath("/opt/ml/model")
"""Where a model's directory is in SageMaker's containers, and so in the variables that its SDK sets."""

REQUIREMENTS = "requirements.txt"
"""Beside the script: the libraries that it wants, installed by the server before it starts us; a cluster's workers have what they have."""

_log = logging.getLogger(__name__)


def path(model_dir: Path, environment: Mapping[str, str]) -> Path:
    """The script of the model. Raises SystemExit, which says where it was looked for."""
    name = environment.get(PROGRAM) or "inference.py"
    program = _inside(PROGRAM, name if name.endswith(".py") else f"{name}.py")
    directory = environment.get(DIRECTORY)
    folders = [_inside(DIRECTORY, directory)] if directory else [PurePosixPath("code"), PurePosixPath()]
    places = [folder / program for folder in folders]
    for place in places:
        if (model_dir / place).is_file():
            return model_dir / place
    kind = "neither" if len(places) > 1 else "no"
    raise SystemExit(
        f"{model_dir} holds {kind} {' nor '.join(map(str, places))}: a model comes with the script that loads it and answers, "
        f"inference.py or what {PROGRAM} names"
    )


def _inside(variable: str, value: str) -> PurePosixPath:
    """A path from the model's directory. Raises SystemExit for one that leads out of it."""
    place = PurePosixPath(value)
    inside = place.relative_to(ON_AWS) if place.is_relative_to(ON_AWS) else place
    if "://" in value or inside.is_absolute() or ".." in inside.parts:
        raise SystemExit(
            f"{variable} is {value!r}, which lies outside of the model: name a place in the package"
        )
    return inside


def imported_from(script: Path, model_dir: Path) -> ModuleType:
    """The script as a module. Raises SystemExit for a library that is not installed.

    Modules of its own may lie beside it, or above it in the model's directory, which multi-model-server makes part of the path.
    """
    sys.path.insert(0, str(script.parent))
    sys.path += [str(folder) for folder in script.parents[1:] if folder.is_relative_to(model_dir)]
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[script.stem] = module
    if _names_something(script.with_name(REQUIREMENTS)) and not _is_own_environment():
        _log.info("%s is not installed here: what it names must be there already", REQUIREMENTS)
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as missing:
        _log.exception("%s cannot be imported", script.name)
        right = f"name it in {REQUIREMENTS} beside the script"
        right = right if _is_own_environment() else f"{right}, or install it where secondlook is installed"
        raise SystemExit(f"{script.name}: {missing}; {right}") from missing
    return module


def _names_something(requirements: Path) -> bool:
    """Whether the file is there and has more than comments."""
    if not requirements.is_file():
        return False
    lines = requirements.read_text("utf-8", errors="replace").splitlines()
    return any(line.strip() and not line.strip().startswith("#") for line in lines)


def _is_own_environment() -> bool:
    """Whether we run among the libraries that the model's requirements name: such an environment shows us by a link
    (`instances.kinds.local.environments`).
    """
    return Path(secondlook.__file__).parent.is_symlink()
