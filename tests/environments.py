"""Environments of their own for programs whose packages are not ours: made on first use, under `.cache`.

python -m tests.environments NAME REQUIREMENTS    makes one before it is used
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "environments"


def environment(name: str, requirements: Path, *also: Path) -> Path:
    """The Python of an environment in which `requirements` are installed; made anew when they change, or one of the files `also`."""
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in (requirements, *also))).hexdigest()[:12]
    directory = CACHE / f"{name}-{digest}"
    python = directory / "bin" / "python"
    with _one_at_a_time(name):
        _complete(directory, python, requirements)
    return python


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    """Of pytest's processes, which all want it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _complete(directory: Path, python: Path, requirements: Path) -> None:
    if not (directory / "complete").exists():
        shutil.rmtree(directory, ignore_errors=True)
        uv = shutil.which("uv") or str(ROOT / ".cache" / "tools" / "bin" / "uv")
        install = ["pip", "install", "--quiet", "--python", str(python), "-r", str(requirements)]
        for arguments in (["venv", "--quiet", "--python", sys.executable, str(directory)], install):
            subprocess.run([uv, *arguments], check=True, cwd=ROOT)
        (directory / "complete").touch()


if __name__ == "__main__":
    environment(sys.argv[1], Path(sys.argv[2]))
