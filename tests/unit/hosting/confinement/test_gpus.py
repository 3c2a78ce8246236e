"""What confined models see of GPUs: the nodes of NVIDIA's driver where there are some. The directory of devices is made up here."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondlook.hosting.instances.kinds.local.confinement import Confinement, bubblewrap, places
from secondlook.hosting.instances.kinds.local.process import runtime_command
from secondlook.hosting.runtimes.confined import landlock
from secondlook.hosting.runtimes.confined.plan import Level, Plan

from .conftest import MEMORY, StartHostile

GIVEN = (
    *("nvidia-caps/nvidia-cap1", "nvidia-caps/nvidia-cap2", "nvidia-modeset", "nvidia-uvm"),
    *("nvidia-uvm-tools", "nvidia0", "nvidia1", "nvidiactl"),
)
KEPT_BACK = ("dri/card0", "dri/renderD128", "sda", "mem", "kmsg", "nvidia-not-known")

OPENS = """
    def opens(path):
        try:
            with open(path, "r+b", buffering=0) as device:
                return device.write(b"x") == 1
        except OSError as error:
            return type(error).__name__
    result = [opens(path) for path in {paths}]
"""


@pytest.fixture
def devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As /dev of a machine with two GPUs; each leads to a device that is on every machine."""
    folder = tmp_path / "dev"
    for name in (*GIVEN, *KEPT_BACK):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to("/dev/null")
    (folder / "nvidia7").touch()  # no device
    monkeypatch.setattr(places, "DEVICE_DIRECTORY", folder)
    return folder


def planned(level: Level, tmp_path: Path) -> Plan:
    return Confinement(level, MEMORY).plan(runtime_command("inference_script"), tmp_path / "model", 7, None)


@pytest.mark.parametrize("level", [Level.BUBBLEWRAP, Level.NAMESPACES, Level.LANDLOCK])
def test_each_plan_gives_the_gpus_and_no_other_device(level: Level, devices: Path, tmp_path: Path) -> None:
    plan = planned(level, tmp_path)

    assert plan.devices == (*places.DEVICES, *(str(devices / name) for name in GIVEN))
    assert {"/sys/bus/pci", "/sys/devices"} <= {*plan.read}
    assert ("/proc/driver" in plan.read) == (level is Level.LANDLOCK)  # the others have a /proc of their own


def test_bubblewrap_is_told_to_bind_each(devices: Path, tmp_path: Path) -> None:
    arguments = bubblewrap.arguments(planned(Level.BUBBLEWRAP, tmp_path))

    bound = [arguments[at + 1 : at + 3] for at, word in enumerate(arguments) if word == "--dev-bind"]
    assert bound == [[str(devices / name)] * 2 for name in GIVEN]


@pytest.mark.parametrize("level", [Level.BUBBLEWRAP, Level.NAMESPACES, Level.LANDLOCK])
def test_where_there_are_none_nothing_is_shown_of_them(
    level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "DEVICE_DIRECTORY", tmp_path)

    plan = planned(level, tmp_path)

    assert plan.devices == places.DEVICES
    assert not {*places.OF_GPUS} & {*plan.read}


@pytest.fixture
def nodes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Real nodes of that name, of the device that swallows everything."""
    folder = tmp_path / "nodes"
    for name in ("nvidia0", "nvidia-caps/nvidia-cap2", "sda"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.mknod(folder / name, stat.S_IFCHR | 0o666, os.makedev(1, 3))
            (folder / name).chmod(0o666)
            with (folder / name).open("wb") as node:
                node.write(b"x")
        except OSError as error:
            pytest.skip(f"devices are NOT tested here: no node can be made (user {os.geteuid()}): {error}")
    monkeypatch.setattr(places, "DEVICE_DIRECTORY", folder)
    return folder


def test_a_model_uses_the_nodes_of_gpus_and_finds_no_other(hostile: StartHostile, nodes: Path) -> None:
    model = hostile()
    model.instance.ready(30)

    paths = [str(nodes / name) for name in ("nvidia0", "nvidia-caps/nvidia-cap2", "sda")]
    opened = model.run(OPENS.format(paths=paths))

    assert isinstance(opened, list)
    assert opened[:2] == [True, True]
    assert opened[2] in {"FileNotFoundError", "PermissionError"}


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A model's folder in which a file is a mount of its own, as drivers' libraries are in /usr of many containers."""
    model_dir, library = tmp_path / "model", tmp_path / "a library"
    library.write_text("driver")
    library.chmod(0o644)
    place = model_dir / "lib cuda.so.1"
    model_dir.mkdir()
    model_dir.chmod(0o755)
    place.touch()
    done = subprocess.run(["mount", "--bind", library, place], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(
            f"mounts within a folder are NOT tested here (user {os.geteuid()}): {done.stderr.strip()}"
        )
    yield place
    subprocess.run(["umount", place], check=True)


def test_what_is_mounted_within_a_folder_is_seen_and_not_written_to(
    confinement: Confinement, mounted: Path, tmp_path: Path
) -> None:
    code = f"""
with open({str(mounted)!r}) as library:
    print(library.read())
try:
    open({str(mounted)!r}, "a")
except OSError as error:
    print(type(error).__name__)
"""
    command = [sys.executable, "-I", "-c", code]
    scratch = None if confinement.has_namespaces else tmp_path / "scratch"
    if scratch:
        scratch.mkdir()
    plan = confinement.plan(command, mounted.parent, 7, scratch)

    said = subprocess.run(
        confinement.entering(plan, command), capture_output=True, text=True, env={}, cwd="/", check=False
    )

    read, refused = said.stdout.split() or [said.stderr, ""]
    assert read == "driver"
    assert refused in {"OSError", "PermissionError"}


def test_landlock_lets_devices_be_read_written_and_controlled() -> None:
    assert landlock.USE == landlock._READ | landlock._WRITE | landlock._IOCTL
