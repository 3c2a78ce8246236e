"""A made environment: a folder that is there whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path

import secondlook

MARKER = "secondlook.json"
"""Says what was installed; its time of change is that of the last use."""

OTHERS_WRITE = 0o022

OURS = Path(secondlook.__file__).parent
"""The package that is running, whose runtimes an environment shows by a link."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Processes of it must be able to read its folder and OURS, and to write nothing of it: files are shared with others."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def libraries(self) -> Path:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.folder / "lib" / version / "site-packages"

    @property
    def is_whole(self) -> bool:
        """Made to its end, and its interpreter is where it was."""
        return (self.folder / MARKER).is_file() and self.python.exists()

    @property
    def used_at(self) -> float:
        """By the clock of the file system; 0 where it is no environment."""
        try:
            return (self.folder / MARKER).stat().st_mtime
        except OSError:
            return 0.0

    def touch(self) -> None:
        """Note that it is used, if it is there."""
        with suppress(FileNotFoundError):
            os.utime(self.folder / MARKER)

    def use(self) -> None:
        """Note that it is used, and show it the package that runs now: after an upgrade that may lie elsewhere. Raises OSError."""
        self.touch()
        link = self.libraries / OURS.name
        if not link.is_symlink() or link.readlink() != OURS:
            fresh = link.with_name(f".{OURS.name}.new")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(OURS)
            fresh.replace(link)

    def mark(self, lines: Iterable[str]) -> None:
        (self.folder / MARKER).write_text(json.dumps({"requirements": list(lines)}, indent=1) + "\n")

    def missing(self, modules: Iterable[str]) -> list[str]:
        """Those of some modules that cannot be imported in it; nothing of it is run to see that."""
        where = [str(self.libraries)]
        return [name for name in modules if PathFinder.find_spec(name.partition(".")[0], where) is None]


def close_to_writers(folder: Path) -> None:
    """Let nobody but this account write below a folder, whatever a wheel or uv has left there."""
    for root, folders, names in os.walk(folder):
        for path in (Path(root, name) for name in (*folders, *names)):
            mode = path.lstat().st_mode
            if mode & OTHERS_WRITE and not stat.S_ISLNK(mode):
                path.chmod(stat.S_IMODE(mode) & ~OTHERS_WRITE)


def size_of(folder: Path) -> tuple[int, int]:
    """Bytes and number of the files below a folder."""
    sizes = [
        (Path(root) / name).lstat().st_size
        for root, folders, names in os.walk(folder)
        for name in (*folders, *names)
    ]
    return sum(sizes), len(sizes)
