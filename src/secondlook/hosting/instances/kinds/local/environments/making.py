"""One environment made, beside its place, and moved there when it is whole."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.instances.kinds.local.environments import needs
from secondlook.hosting.instances.kinds.local.environments.commands import Commands
from secondlook.hosting.instances.kinds.local.environments.environment import (
    OURS,
    Environment,
    close_to_writers,
    size_of,
)
from secondlook.hosting.instances.kinds.local.environments.requirements import Requirements


def make(
    environment: Environment, wanted: Requirements, uv: str, wheels: Path, commands: Commands, most_files: int
) -> None:
    """Make it in a folder beside its own, of which nothing is left when that fails.

    `wheels` is where those of our runtime's libraries are kept. Python is the server's own. Raises NotPrepared; Stopped; OSError.
    """
    room = environment.folder.with_name(f".{environment.folder.name}.making")
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(mode=0o700)
    try:
        made = Environment(room / "environment")
        _install(made, wanted, [uv, "pip", "install", "--python", str(made.python)], uv, wheels, commands)
        # Nothing of it is run: to compile is to read.
        compiling = [sys.executable, "-I", "-S", "-m", "compileall", "-qq", "-j", "0", str(made.libraries)]
        commands.run(compiling, room, may_fail=True)
        size, files = size_of(made.folder)
        if size > commands.most_bytes or files > most_files:
            raise NotPrepared(
                f"its requirements take {size:,} bytes in {files:,} files; allowed are {commands.most_bytes:,} and {most_files:,}"
            )
        close_to_writers(made.folder)
        made.mark([*wanted.lines, *(f"-c {line}" for line in wanted.constraints)])
        shutil.rmtree(environment.folder, ignore_errors=True)  # one whose interpreter has gone
        os.sync()
        made.folder.rename(environment.folder)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _install(
    made: Environment, wanted: Requirements, install: list[str], uv: str, wheels: Path, commands: Commands
) -> None:
    """First what our runtime needs, as it is here; then what the model wants, which may replace that by other versions.

    uv asks the interpreter of an environment about itself, which runs what is installed there (`.pth`): the last time
    that it does is before the first line of the model's is there.
    """
    room = made.folder.parent
    commands.run(
        [uv, "venv", "--relocatable", "--no-project", "--python", sys.executable, str(made.folder)], room
    )
    ours = needs.packed(wheels)
    if ours:
        commands.run([*install, "--no-index", "--no-deps", "--find-links", str(wheels), *ours], room)
    before = _interpreter(made)
    commands.run([*install, *_arguments(wanted, room, wheels)], room)
    if _interpreter(made) != before:
        raise NotPrepared("its requirements replace the Python interpreter that they are installed for")
    if os.path.lexists(made.libraries / OURS.name):
        raise NotPrepared(f"its requirements bring a library called {OURS.name}, which is there already")


def _interpreter(made: Environment) -> tuple[Path, bytes]:
    return made.python.resolve(), (made.folder / "pyvenv.cfg").read_bytes()


def _arguments(wanted: Requirements, room: Path, wheels: Path) -> list[str]:
    """What is asked of uv; wheels of the model's are found by name, version and hash, each in a folder of its own."""
    places = [wheels]
    for digest, wheel in wanted.wheels.items():
        places.append(room / "wheels" / digest)
        places[-1].mkdir(parents=True)
        shutil.copyfile(wheel, places[-1] / wheel.name)
    files = {"--requirements": (*wanted.lines, *needs.wanted())}
    files |= {"--constraints": wanted.constraints} if wanted.constraints else {}
    for option, lines in files.items():
        (room / f"{option[2:]}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [
        *("--only-binary", ":all:"),
        *(part for place in places for part in ("--find-links", str(place))),
        *(part for option in files for part in (option, f"{option[2:]}.txt")),
    ]
