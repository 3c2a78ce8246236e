"""What of the disk a confined process may see: the system's libraries, Python, the environment that it runs in, its model."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import secondlook

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/localtime",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
)
"""Where libraries lie, what time it is, and how many processors there are."""

OF_EVERYBODY = (
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/version",
    "/proc/filesystems",
    "/proc/sys/vm",
    "/proc/driver",
    "/proc/devices",
)
"""What of /proc is read by libraries, where a process has no /proc of its own."""

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

DEVICE_DIRECTORY = Path("/dev")

GPUS = ("nvidia[0-9]*", "nvidiactl", "nvidia-uvm*", "nvidia-modeset", "nvidia-caps/*")
"""Below it, the nodes of NVIDIA's driver: of each GPU, of all, of unified memory, of parts of a GPU (MIG). None for display (`dri`)."""

OF_GPUS = ("/sys/bus/pci", "/sys/devices", "/sys/module/nvidia", "/sys/module/nvidia_uvm")
"""What of /sys is read about them; /proc/driver says the rest."""

_OF_PYTHON = ("bin", "lib", "lib64", "pyvenv.cfg")
"""Of the folder that a Python or an environment is in: others' files may lie beside them."""


def devices() -> tuple[str, ...]:
    """Those that may be used; the GPUs' too, where there are some."""
    return (*DEVICES, *_gpus())


def readable(command: Iterable[str], model_dir: Path) -> tuple[str, ...]:
    """Files and folders, none inside of another, for a command that begins with a Python."""
    executable = Path(next(iter(command)))
    pythons = {
        Path(sys.prefix),
        Path(sys.base_prefix),
        environment(executable),
        executable.resolve().parent.parent,
    }
    ours = Path(secondlook.__file__).parents[1]
    paths = [Path(path) for path in (*SYSTEM, *SETTINGS, *(OF_GPUS if _gpus() else ()))]
    paths += [python / name for python in pythons for name in _OF_PYTHON]
    return tuple(_outermost(_spelled([*paths, ours, model_dir])))


def shown(path: Path, command: Iterable[str]) -> str | None:
    """The folder by which every model would see this path, if there is one."""
    seen = readable(command, Path(sys.prefix) / "bin")
    return next((folder for folder in seen if path.resolve().is_relative_to(folder)), None)


def environment(executable: Path) -> Path:
    """The folder that a Python's `bin` is in."""
    return executable.parent.parent


def _gpus() -> list[str]:
    nodes = (path for pattern in GPUS for path in DEVICE_DIRECTORY.glob(pattern))
    return sorted(str(node) for node in nodes if node.is_char_device())


def _spelled(paths: Iterable[Path]) -> Iterator[Path]:
    """Each that is there, as it is written and as its links lead; links of the root itself are kept as they are."""
    for path in paths:
        if path.exists():
            yield path.resolve()
            if not (path.is_symlink() and path.parent == Path("/")):
                yield path.absolute()


def _outermost(paths: Iterable[Path]) -> Iterator[str]:
    kept: list[Path] = []
    for path in sorted(set(paths), key=lambda path: len(path.parts)):
        if not any(path.is_relative_to(folder) for folder in kept):
            kept.append(path)
            yield str(path)
