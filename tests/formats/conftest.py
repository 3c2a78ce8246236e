"""Libraries of the field, in an environment of their own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.environments import ROOT, environment

HERE = Path(__file__).parent


class Field:
    """`field.read("coco", place)`: what a function of `reader.py` says of an export."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def read(self, reader: str, place: Path) -> Any:
        self._process.stdin.write(json.dumps({"with": reader, "place": str(place)}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the reader has died; its last words are above"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["read"]


@pytest.fixture(scope="session")
def field() -> Iterator[Field]:
    python = environment("formats", HERE / "requirements.txt")
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "MPLBACKEND": "agg"}
    with subprocess.Popen(
        [str(python), str(HERE / "reader.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=env,
    ) as process:
        yield Field(process)
        process.stdin.close()
        process.wait(30)
