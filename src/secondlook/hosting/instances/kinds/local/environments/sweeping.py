"""What nobody needs any more: environments that were not used for long, what broken makings have left, and what uv has fetched.

Times are compared as the file system gives them: that of the last use with that of a file touched just now.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import shutil
from pathlib import Path

from secondlook.hosting.instances.kinds.local.environments.environment import Environment
from secondlook.hosting.instances.kinds.local.environments.locks import making_lock, try_lock, use_lock

log = logging.getLogger(__name__)

DAY = 86_400

CACHE_DAYS = 1
"""So long uv's cache helps models of like requirements. What is installed stays: an environment has links to the same files."""

_NAMED = re.compile(r"\.?([0-9a-f]{32})(\.[a-z.]+)?")


def sweep(folder: Path, days: float) -> None:
    """Remove environments last used over `days` ago; those in use count as used now. Raises OSError."""
    now = _now(folder)
    names = {named[1] for path in folder.iterdir() if (named := _NAMED.fullmatch(path.name))}
    for name in names:
        _look_at(Environment(folder / name), now - days * DAY)
    _empty_cache(folder, now - CACHE_DAYS * DAY)


def remove_unfinished(folder: Path) -> None:
    """What uv was unpacking into its cache when it failed or was ended; later, where another uv runs just now. Raises OSError."""
    if (file := try_lock(cache_lock(folder))) is None:
        return
    try:
        for left in cache(folder).glob(".tmp*"):
            shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(file)


def cache(folder: Path) -> Path:
    """The cache of uv, beside the environments, so that it can link to what it has."""
    return folder / ".uv"


def cache_lock(folder: Path) -> Path:
    """Held, shared, by whoever uses the cache. Its time of change is that at which the cache was last empty."""
    return folder / ".uv.lock"


def _now(folder: Path) -> float:
    clock = folder / ".clock"
    clock.touch()
    return clock.stat().st_mtime


def _look_at(environment: Environment, oldest: float) -> None:
    """Remove it, and all that bears its name, unless somebody uses it, has it in hand, or used it after `oldest`."""
    if (use := try_lock(use_lock(environment.folder))) is None:
        environment.touch()
        return
    try:
        if environment.used_at < oldest and (making := try_lock(making_lock(environment.folder))) is not None:
            try:
                _remove(environment, oldest)
            finally:
                os.close(making)
    finally:
        os.close(use)


def _remove(environment: Environment, oldest: float) -> None:
    folder = environment.folder
    if environment.used_at >= oldest:
        return  # it was made just now
    if folder.is_dir():
        log.info("a Python environment is removed that no model has used for long: %s", folder.name)
        folder.rename(folder.with_name(f".{folder.name}.removed"))
    for left in ("removed", "making"):
        shutil.rmtree(folder.with_name(f".{folder.name}.{left}"), ignore_errors=True)
    for lock in (use_lock(folder), making_lock(folder)):
        lock.unlink(missing_ok=True)


def _empty_cache(folder: Path, oldest: float) -> None:
    """Unless uv runs, or it was empty not long ago."""
    if not cache(folder).is_dir() or (file := try_lock(cache_lock(folder), fcntl.LOCK_EX)) is None:
        return
    try:
        if os.fstat(file).st_mtime < oldest:
            shutil.rmtree(cache(folder), ignore_errors=True)
            os.utime(file)
    finally:
        os.close(file)
