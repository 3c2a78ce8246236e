"""A disk that is soon full: a file system in memory of its own size."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

BLOCK = 64 * 1024


@dataclass(frozen=True)
class SmallDisk:
    path: Path

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """While the block runs, there is no room for one more byte."""
        ballast = self.path / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(BLOCK))
        try:
            yield
        finally:
            ballast.unlink()


@contextlib.contextmanager
def mounted(path: Path, mebibytes: int) -> Iterator[SmallDisk]:
    """An empty disk at `path`. Skips the test where this account may not mount one."""
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=700", "secondlook-soak", str(path)]
    try:
        tried = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no command to mount a small disk with")
    if tried.returncode:
        pytest.skip(f"a small disk could not be mounted: {tried.stderr.strip()}")
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)
