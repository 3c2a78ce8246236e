"""Namespaces that root makes: a file system of what the plan names and nothing else, no network, no processes but one's own.

What bubblewrap does for everybody is done here for root, so that a server that runs as root needs nothing installed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
import signal
import socket
import struct
from pathlib import Path

from secondlook.hosting.runtimes.confined import system
from secondlook.hosting.runtimes.confined.keeper import as_number
from secondlook.hosting.runtimes.confined.plan import Plan

_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_LINKS = {
    "fd": "/proc/self/fd",
    "stdin": "/proc/self/fd/0",
    "stdout": "/proc/self/fd/1",
    "stderr": "/proc/self/fd/2",
}
_ROOT = Path("/tmp")  # noqa: S108  (only a place to mount at: nobody else sees what is mounted there)
_INODES = 65536


def enter(plan: Plan) -> None:
    """Returns in the first process of the new namespaces, whose root holds what the plan names. Raises OSError.

    The process that called stays outside, and ends as that one ends, or ends it.
    """
    system.unshare(
        system.CLONE_NEWNS
        | system.CLONE_NEWPID
        | system.CLONE_NEWNET
        | system.CLONE_NEWIPC
        | system.CLONE_NEWUTS
        | system.CLONE_NEWCGROUP
    )
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(as_number(status))
    system.die_with_parent(signal.SIGKILL)  # from here on, until the change of user
    socket.sethostname("model")
    _raise_loopback()
    _change_root(plan)


def run(command: list[str]) -> None:
    """Be the first process of these namespaces: run the command, take in the orphans, end as the command ends."""
    child = os.fork()
    if not child:
        os.execv(command[0], command)  # noqa: S606
    while True:
        pid, status = os.wait()
        if pid == child:
            os._exit(as_number(status))


def _change_root(plan: Plan) -> None:
    system.mount("none", "/", flags=system.MS_REC | system.MS_PRIVATE)
    # What is to be seen may lie where the new root is mounted, so it is opened before.
    read = [(path, os.open(path, os.O_PATH)) for path in plan.read]
    system.mount(
        "root",
        str(_ROOT),
        "tmpfs",
        system.MS_NOSUID | system.MS_NODEV,
        f"mode=755,size=1m,nr_inodes={_INODES}",
    )
    _make_room(plan.scratch, plan)  # first of all, since what is to be seen may lie below it
    for path, descriptor in read:
        _show(path, f"/proc/self/fd/{descriptor}", system.MS_RDONLY | system.MS_NOSUID | system.MS_NODEV)
        os.close(descriptor)
    for link in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if Path(link).is_symlink():
            (_ROOT / link[1:]).symlink_to(Path(link).readlink())
    _make_devices(plan)
    (_ROOT / "proc").mkdir()
    system.mount("proc", str(_ROOT / "proc"), "proc", system.MS_NOSUID | system.MS_NODEV | system.MS_NOEXEC)
    old = _ROOT / "old"
    old.mkdir()
    system.call("pivot_root", _PIVOT_ROOT[platform.machine()], os.fsencode(_ROOT), os.fsencode(old))
    os.chdir("/")
    system.unmount("/old")
    Path("/old").rmdir()
    system.mount(
        "none",
        "/",
        flags=system.MS_REMOUNT | system.MS_BIND | system.MS_RDONLY | system.MS_NOSUID | system.MS_NODEV,
    )


def _show(path: str, source: str, flags: int) -> None:
    """The same file or folder, at the same place of the new root."""
    target = _ROOT / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if Path(source).is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    system.mount(source, str(target), flags=system.MS_BIND)
    system.mount("none", str(target), flags=system.MS_REMOUNT | system.MS_BIND | flags)


def _make_devices(plan: Plan) -> None:
    for device in plan.devices:
        _show(device, device, system.MS_NOSUID | system.MS_NOEXEC)
    for name, target in _LINKS.items():
        (_ROOT / "dev" / name).symlink_to(target)
    _make_room("/dev/shm", plan)  # noqa: S108  (a file system of its own)


def _make_room(path: str, plan: Plan) -> None:
    """A file system in memory that may be written to."""
    target = _ROOT / path.lstrip("/")
    target.mkdir(parents=True, exist_ok=True)
    options = f"mode=1777,size={plan.scratch_size},nr_inodes={_INODES}"
    system.mount("room", str(target), "tmpfs", system.MS_NOSUID | system.MS_NODEV, options)


def _raise_loopback() -> None:
    """Processes of one model may talk to each other."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        set_flags, up_and_running = 0x8914, 0x41
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", up_and_running))
