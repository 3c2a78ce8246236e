"""Namespaces that root makes: a file system of what the plan names and nothing else, no network, no processes but one's own.

What bubblewrap does for everybody is done here for root, so that a server that runs as root needs nothing installed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
import re
import signal
import socket
import struct
from collections.abc import Iterator
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
_ESCAPED = re.compile(r"\\([0-7]{3})")
_FLAGS = {
    "ro": system.MS_RDONLY,
    "nosuid": system.MS_NOSUID,
    "nodev": system.MS_NODEV,
    "noexec": system.MS_NOEXEC,
    "noatime": system.MS_NOATIME,
    "nodiratime": system.MS_NODIRATIME,
    "relatime": system.MS_RELATIME,
}


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
    before = os.umask(0o022)  # the server's own keeps every other user out, and the model is one
    _change_root(plan)
    os.umask(before)


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
    devices = [(path, os.open(path, os.O_PATH)) for path in plan.devices]
    system.mount(
        "root",
        str(_ROOT),
        "tmpfs",
        system.MS_NOSUID | system.MS_NODEV,
        f"mode=755,size=1m,nr_inodes={_INODES}",
    )
    _make_room(plan.scratch, plan)  # first of all, since what is to be seen may lie below it
    for path, descriptor in read:
        _show(path, descriptor, system.MS_RDONLY | system.MS_NOSUID | system.MS_NODEV)
    for link in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if Path(link).is_symlink():
            (_ROOT / link[1:]).symlink_to(Path(link).readlink())
    for path, descriptor in devices:
        _show(path, descriptor, system.MS_NOSUID | system.MS_NOEXEC)
    _complete_devices(plan)
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


def _show(path: str, descriptor: int, flags: int) -> None:
    """The open file or folder at its own place of the new root; closes it."""
    source = f"/proc/self/fd/{descriptor}"
    target = _ROOT / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if Path(source).is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    system.mount(source, str(target), flags=system.MS_BIND | system.MS_REC)
    for place, had in _mounts_below(target):
        system.mount("none", place, flags=system.MS_REMOUNT | system.MS_BIND | had | flags)
    os.close(descriptor)


def _mounts_below(target: Path) -> Iterator[tuple[str, int]]:
    """What is mounted there, and below: drivers' libraries lie in /usr as files of their own in many containers. With the flags that each
    has, of which the kernel lets none be taken off that others have set.
    """
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        place, options = line.split(" ")[4:6]
        place = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 8)), place)
        if Path(place).is_relative_to(target):
            yield place, sum(flag for name, flag in _FLAGS.items() if name in options.split(","))


def _complete_devices(plan: Plan) -> None:
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
