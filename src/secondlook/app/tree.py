"""A directory copied while others work in it: what goes away meanwhile is no error, what is no file is left out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path


def copy_tree(source: Path, target: Path, is_wanted: Callable[[Path], bool] = lambda _: True) -> list[str]:
    """Copy files and directories below `source` into `target`; the names, from `source` on, of what was left out.

    A link to a file is copied as that file. Links to anything else, pipes, sockets and devices are left out: whoever reads
    them could wait, or go round in circles.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    left_out = []
    for path in _wanted(source, is_wanted):
        copy = target / path.relative_to(source)
        if path.is_dir() and not path.is_symlink():
            copy.mkdir(mode=0o700, exist_ok=True)
        elif path.is_file():
            with suppress(FileNotFoundError):
                shutil.copy2(path, copy)
        elif path.is_symlink() or path.exists():
            left_out.append(str(path.relative_to(source)))
    return left_out


def files(root: Path) -> Iterator[Path]:
    """Every file below a directory, in the order of names."""
    return (path for path in _wanted(root, lambda _: True) if path.is_file())


def _wanted(folder: Path, is_wanted: Callable[[Path], bool]) -> Iterator[Path]:
    """What is wanted, each directory before what lies in it."""
    with suppress(FileNotFoundError):
        for path in filter(is_wanted, sorted(folder.iterdir())):
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from _wanted(path, is_wanted)
