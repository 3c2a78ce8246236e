"""Environments in a folder, models that want them, and what uv is doing for them."""

from __future__ import annotations

import subprocess
import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.instances.kinds.local.environments import Environment, Environments, Limits
from secondlook.hosting.logs.log import Log
from tests import processes
from tests.wheels import Index, file_name


@dataclass
class Workshop:
    """Environments in a folder, and the folders of models that want them."""

    home: Path
    index: Index
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self.folder = self.home / "environments"
        self.environments = Environments(self.folder, self.limits)

    def model(self, name: str, requirements: str, **wheels: bytes) -> Path:
        """Its requirements file; `wheels` lie beside it by the names of their libraries, all of version 1.0."""
        code = self.home / name / "code"
        code.mkdir(parents=True)
        for library, content in wheels.items():
            (code / file_name(library, "1.0")).write_bytes(content)
        (code / "requirements.txt").write_text(requirements)
        return code / "requirements.txt"

    def made(
        self, name: str, requirements: str, stopping: threading.Event | None = None, **wheels: bytes
    ) -> Environment:
        return self.of(self.model(name, requirements, **wheels), stopping)

    def of(self, file: Path, stopping: threading.Event | None = None) -> Environment:
        name = file.parents[1].name
        with closing(Log(self.home / f"{name}.log")) as log:
            return self.environments.of(file, name, log, stopping or threading.Event())

    def log(self, name: str) -> str:
        file = self.home / f"{name}.log"
        return file.read_text() if file.exists() else ""

    @property
    def kept(self) -> set[str]:
        """What lies in the folder but locks, and what all environments share."""
        shared = {"wheels", ".uv", ".clock"}
        return {path.name for path in self.folder.iterdir() if path.suffix != ".lock"} - shared


def ask(environment: Environment, code: str) -> str:
    """What a program prints in it."""
    command = [environment.python, "-I", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def refusal(workshop: Workshop, name: str, requirements: str, **wheels: bytes) -> str:
    """Why it could not be made; of that nothing is left."""
    before = workshop.kept if workshop.folder.is_dir() else set()
    with pytest.raises(NotPrepared) as refused:
        workshop.made(name, requirements, **wheels)
    assert workshop.kept == before
    return str(refused.value)


def uv_processes() -> list[str]:
    lines = processes.command_lines(processes.descendants())
    return [line for line in lines if "uv pip" in line or "leash" in line]
