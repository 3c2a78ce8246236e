"""The hardest of it again, as a user without any rights: what a server that is not root gives."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import secondlook

NOBODY = 65534
HARDEST = "not namespaces and (test_reach or test_stop or is_killed or leaks or bomb or limits_alone or has_its_libraries)"


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user: run the folder as that one")
@pytest.mark.skipif(not shutil.which("unshare") or not shutil.which("setpriv"), reason="no util-linux")
def test_an_ordinary_user_is_given_the_same(tmp_path: Path) -> None:
    here = Path(__file__).parent
    room = tmp_path / "room"
    room.mkdir()
    os.chown(room, NOBODY, NOBODY)
    suite = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "-p",
        "no:cacheprovider",
        "--basetemp",
        f"{room}/pytest",
        str(here),
    ]
    suite += ["-k", HARDEST]
    become = [
        "setpriv",
        f"--reuid={NOBODY}",
        f"--regid={NOBODY}",
        "--clear-groups",
        "env",
        f"TMPDIR={room}",
        f"HOME={room}",
        *suite,
    ]
    seen = [Path(sys.prefix), Path(sys.base_prefix), Path(secondlook.__file__).parents[2], here, room]

    program = f"set -e\n{opened(seen)}\ncd {shlex.quote(str(Path(secondlook.__file__).parents[2]))}\nexec {shlex.join(become)}"
    # Not what this run of pytest was told: its reports, say, are where the other user may not write.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", program], capture_output=True, text=True, check=False, env=env
    )

    print(done.stdout)  # which levels could not be tried
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) > 0, done.stdout


def opened(paths: list[Path]) -> str:
    """A shell's commands that let everybody come to these paths, in a namespace of mounts."""
    closed = {folder for path in paths for folder in path.parents if not folder.stat().st_mode & 0o001}
    lines = []
    for folder in sorted(closed, key=lambda folder: len(folder.parts))[:]:
        if any(folder.is_relative_to(other) for other in closed - {folder}):
            continue
        below = [path for path in paths if path.is_relative_to(folder)]
        lines.append("mkdir -p /run/secondlook-test && mount -t tmpfs none /run/secondlook-test")
        for number, path in enumerate(below):
            lines.append(
                f"mkdir /run/secondlook-test/{number} && mount --bind {shlex.quote(str(path))} /run/secondlook-test/{number}"
            )
        lines.append(f"mount -t tmpfs -o mode=755 none {shlex.quote(str(folder))}")
        for number, path in enumerate(below):
            lines.append(
                f"mkdir -p {shlex.quote(str(path))} && mount --move /run/secondlook-test/{number} {shlex.quote(str(path))}"
            )
    return "umask 022\n" + "\n".join(lines)
