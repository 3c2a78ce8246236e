"""Landlock: rules on paths that a process makes for itself, without any rights; Linux 5.13 and later."""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

from secondlook.hosting.runtimes.confined.system import call

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1

ENOUGH = 3
"""The first version by which a file cannot be cut short that may not be written (Linux 6.2)."""

SCOPES = 6
"""The first version that keeps signals inside (Linux 6.12)."""

_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE, _IOCTL = 1, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_ALL_OF_FIRST = (1 << 13) - 1
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL

READ = _EXECUTE | _READ | _LIST
USE = _READ | _WRITE | _IOCTL


def version() -> int:
    """What this kernel knows of it; 0 for nothing."""
    try:
        return call("landlock", _CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def restrict(read: Iterable[str], use: Iterable[str], write: Iterable[str]) -> None:
    """From now on, only these paths can be opened, and what lies beneath: to read and run, to use as a device, to write.

    No TCP, and no signal to who is not restricted alike, where the kernel knows of that. Raises OSError.
    """
    known = version()
    every = _ALL_OF_FIRST | 1 << 13 | _TRUNCATE | (_IOCTL if known >= 5 else 0)  # noqa: PLR2004
    attributes = (ctypes.c_uint64 * 3)(every, 3 if known >= 4 else 0, 3 if known >= SCOPES else 0)  # noqa: PLR2004
    size = 24 if known >= SCOPES else 16 if known >= 4 else 8  # noqa: PLR2004
    rules = call("landlock", _CREATE_RULESET, ctypes.byref(attributes), size, 0)
    for paths, rights in ((read, READ), (use, USE), (write, every & ~_EXECUTE)):
        for path in paths:
            _allow(rules, path, rights & every)
    call("landlock", _RESTRICT_SELF, rules, 0)
    os.close(rules)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("rights", ctypes.c_uint64), ("descriptor", ctypes.c_int32)]


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= _OF_FILES
    call("landlock", _ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(_PathBeneath(rights, descriptor)), 0)
    os.close(descriptor)
