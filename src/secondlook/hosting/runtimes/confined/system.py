"""Calls of Linux that Python has no functions for. Each raises OSError."""

from __future__ import annotations

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_NOATIME, MS_NODIRATIME, MS_RELATIME = 1 << 10, 1 << 11, 1 << 21
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

_PDEATHSIG, _SECCOMP, _CAPBSET_DROP, _NO_NEW_PRIVS, _CAP_AMBIENT = 1, 22, 24, 38, 47
_CHILD_SUBREAPER = 36
_FILTER, _CLEAR_ALL, _LAST_CAPABILITY = 2, 4, 63


def _checked(result: int, what: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


def call(name: str, number: int, *arguments: object) -> int:
    """A system call by its number."""
    converted = [ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *converted), name)


def unshare(flags: int) -> None:
    """Namespaces of our own; that of processes is our next child's."""
    _checked(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
    """Mount, bind or remount."""
    words = [os.fsencode(source), os.fsencode(target), kind.encode() if kind else None]
    _checked(
        _libc.mount(*words, ctypes.c_ulong(flags), options.encode() or None), f"mount {source} at {target}"
    )


def unmount(target: str) -> None:
    """Unmount as soon as nobody uses it."""
    _checked(_libc.umount2(os.fsencode(target), MNT_DETACH), f"unmount {target}")


def _control(what: str, *arguments: object) -> None:
    numbers = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in arguments[1:]]
    _checked(_libc.prctl(arguments[0], *numbers, *[ctypes.c_ulong(0)] * (4 - len(numbers))), what)


def die_with_parent(signal: int) -> None:
    """Be sent `signal` when the thread that started us ends. A change of user undoes it."""
    _control("die with the parent", _PDEATHSIG, int(signal))


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _control("adopt orphans", _CHILD_SUBREAPER, 1)


def no_new_privileges() -> None:
    """No program that is run from now on gets more rights than we have."""
    _control("no new privileges", _NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Root without any right of root's: what files allow to their owner is left."""
    _control("clear ambient capabilities", _CAP_AMBIENT, _CLEAR_ALL)
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            _control("drop a capability", _CAPBSET_DROP, capability)
        except OSError:  # past this kernel's last
            break
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def filter_calls(program: bytes) -> None:
    """Have the kernel judge each system call by a BPF program, of 8 bytes an instruction."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]

    _control("filter system calls", _SECCOMP, _FILTER, ctypes.byref(Program(len(program) // 8, program)))
