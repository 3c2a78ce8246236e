"""Which system calls a confined process may not make: a filter (seccomp) that it sets for itself and cannot take off.

Every one of these is refused. A model needs none of them, and most holes through which processes have left their
confinement began at one: kernels' own tables of keys, programs and traced processes, mounts, and namespaces in namespaces.
Where nothing else keeps a process from network, other processes and the marks of other people's files, the second table is
refused as well.
"""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from secondlook.hosting.runtimes.confined import system

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""By the machine's name: what the kernel calls it, and the column of our tables."""

_X32 = 0x40000000
"""Numbers from here on are a second set of the same calls, on x86_64."""

NEW_NAMESPACES = (
    system.CLONE_NEWNS
    | system.CLONE_NEWCGROUP
    | system.CLONE_NEWUTS
    | system.CLONE_NEWIPC
    | system.CLONE_NEWUSER
    | system.CLONE_NEWPID
    | system.CLONE_NEWNET
)

ALWAYS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "fanotify_init": (300, 262),
}
"""Number on x86_64, and on aarch64."""

WITHOUT_NAMESPACES = {
    # No network, and no way to sockets of others: landlock knows paths, but not of sockets there.
    "socket": (41, 198),
    "connect": (42, 203),
    # The process group is what is ended together: nobody leaves it.
    "setsid": (112, 157),
    "setpgid": (109, 154),
    # Memory, queues and priorities that belong to a user, not to a process.
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "process_madvise": (440, 440),
}

SIGNALS = {
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}
"""Where landlock does not keep them inside. A process can still end itself, by tgkill."""

MARKS = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
"""What files are marked with, which landlock lets be. They are said to be done and are not: copying files does them in passing."""

_CLONE, _CLONE3, _TGKILL = (56, 220), 435, (234, 131)
_PRLIMIT, _SOCKET, _SOCKETPAIR = (302, 261), (41, 198), (53, 199)
_DATAGRAM = 2
_FCNTL, _IOCTL = (72, 25), (16, 29)
_OWNERS = ((_FCNTL, 8), (_FCNTL, 15), (_IOCTL, 0x8901), (_IOCTL, 0x8902))
"""F_SETOWN, F_SETOWN_EX, FIOSETOWN, SIOCSPGRP: who is sent a signal when a file has something to read."""


_FAMILIES = (1, 2, 10, 16)
"""AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: a network namespace has its own of these. AF_VSOCK leads out of one, to whoever runs this
virtual machine, and of the many others nobody knows; most can be had from modules that a mere call would load.
"""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Answer `error` to a call, or only if its argument `index`, & `mask`, is `value`; with `others`, if it is neither that nor
    one of these.
    """

    number: int
    error: int
    index: int | None = None
    mask: int = 0xFFFFFFFF
    value: int = 0
    others: tuple[int, ...] | None = None


def supported() -> bool:
    """Whether the tables know this machine."""
    return platform.machine() in _ARCHITECTURES


def refuse(*, namespaces: bool, signals_inside: bool, own: int) -> None:
    """Set the filter. `namespaces`: whether we are in some of our own; `signals_inside`: whether landlock keeps signals inside;
    `own`: our process id. Raises OSError.
    """
    machine, column = _ARCHITECTURES[platform.machine()]
    system.filter_calls(b"".join(_program(machine, _rules(column, namespaces, signals_inside, own))))


def _rules(column: int, namespaces: bool, signals_inside: bool, own: int) -> Iterator[_Rule]:
    refused = [ALWAYS] if namespaces else [ALWAYS, WITHOUT_NAMESPACES]
    if not namespaces and not signals_inside:
        refused.append(SIGNALS)
        yield _Rule(_TGKILL[column], errno.EPERM, 0, value=own, others=())
        for numbers, command in _OWNERS:
            yield _Rule(numbers[column], errno.EPERM, 1, value=command)
    for numbers in chain.from_iterable(table.values() for table in refused):
        yield _Rule(numbers[column], errno.EPERM)
    for numbers in (_SOCKET, _SOCKETPAIR):
        yield _Rule(numbers[column], errno.EAFNOSUPPORT, 0, value=_FAMILIES[0], others=_FAMILIES[1:])
    # The flags of clone3 lie in memory, where no filter can look; programs fall back on clone.
    yield _Rule(_CLONE3, errno.ENOSYS)
    for flag in (1 << bit for bit in range(32) if NEW_NAMESPACES & 1 << bit):
        yield _Rule(_CLONE[column], errno.EPERM, 0, mask=flag, value=flag)
    if not namespaces:
        yield _Rule(_PRLIMIT[column], errno.EPERM, 0, value=0, others=())
        yield _Rule(
            _SOCKETPAIR[column], errno.EPERM, 1, mask=0xF, value=_DATAGRAM
        )  # it could send to any path
        for number in (numbers[column] for numbers in MARKS.values()):
            if number is not None:
                yield _Rule(number, 0)


_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16


def _program(machine: int, rules: Iterable[_Rule]) -> Iterator[bytes]:
    yield _instruction(_LOAD, _MACHINE)
    yield _instruction(_EQUAL, machine, 1, 0)
    yield _instruction(_RETURN, _KILL)
    yield _instruction(_LOAD, _NUMBER)
    yield _instruction(_AT_LEAST, _X32, 0, 1)
    yield _instruction(_RETURN, _ERROR | errno.ENOSYS)
    for rule in rules:
        if rule.index is None:
            yield _instruction(_EQUAL, rule.number, 0, 1)
            yield _instruction(_RETURN, _ERROR | rule.error)
        else:
            values = (rule.value, *(rule.others or ()))
            yield _instruction(_EQUAL, rule.number, 0, 4 + len(values))
            yield _instruction(_LOAD, _ARGUMENTS + 8 * rule.index)
            yield _instruction(_AND, rule.mask)
            if rule.others is None:
                yield _instruction(_EQUAL, rule.value, 0, 1)
            else:
                for left in range(len(values), 0, -1):
                    yield _instruction(_EQUAL, values[-left], left, 0)
            yield _instruction(_RETURN, _ERROR | rule.error)
            yield _instruction(_LOAD, _NUMBER)
    yield _instruction(_RETURN, _ALLOW)


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
