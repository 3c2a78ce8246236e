"""Environments made by a real uv from a real index on this machine: what is in them, who shares them, when they go."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from secondlook import __version__
from secondlook.hosting.instances.kinds.local.environments.environment import OURS
from secondlook.hosting.instances.kinds.local.environments.locks import making_lock, try_lock, use_lock
from tests.wheels import file_name, wheel

from .installing import Workshop, ask

DAY = 86_400


def test_versions_that_exclude_each_other_live_side_by_side_and_the_server_has_neither(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("UV_DEFAULT_INDEX", workshop.index.url)
    one = workshop.made("one", "tiny==1.0\n")
    two = workshop.made("two", "tiny\n")

    version = "import tiny; print(tiny.VERSION)"
    assert [ask(one, version), ask(two, version)] == ["1.0", "2.0"]
    alone = subprocess.run([sys.executable, "-c", version], capture_output=True, text=True, check=False)
    assert "No module named 'tiny'" in alone.stderr
    runtime = "import secondlook.hosting.runtimes.inference_script.defaults, secondlook.hosting.runtimes.serving, httptools"
    assert ask(one, f"{runtime}; print(secondlook.__version__)") == __version__
    shown = "import importlib.util as u; print(*filter(u.find_spec, ('sqlalchemy', 'boto3', 'starlette', 'packaging', 'uv')))"
    assert ask(one, shown) == ""
    assert "+ tiny==1.0" in workshop.log("one")
    assert not [
        path for path in one.folder.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o022
    ]


def test_what_means_the_same_is_made_once_and_asks_nobody_again(workshop: Workshop) -> None:
    one = workshop.made("one", "tiny == 1.0\n")
    asked = len(workshop.index.asked)
    two = workshop.made("two", "# the first\ntiny==1.0")

    assert one == two
    assert workshop.kept == {one.folder.name}
    assert len(workshop.index.asked) == asked


def test_wheels_of_the_model_are_installed_and_their_content_counts(workshop: Workshop) -> None:
    line = f"./{file_name('own', '1.0')}"
    one = workshop.made("one", line, own=wheel("own", "1.0", "WHO = 'one'", ["tiny<2"]))
    two = workshop.made("two", line, own=wheel("own", "1.0", "WHO = 'two'"))

    assert ask(one, "import own, tiny; print(own.WHO, tiny.VERSION)") == "one 1.0"
    assert ask(two, "import own; print(own.WHO)") == "two"


def test_a_model_may_want_another_version_of_what_our_runtime_needs(workshop: Workshop) -> None:
    workshop.index.publish("click", "8.0")
    other = workshop.made("other", "click<8.1")
    ours = workshop.made("ours", "tiny==1.0\nclick\n")

    version = "from importlib.metadata import version; print(version('click'))"
    assert ask(other, version) == "8.0"
    assert ask(ours, version) == metadata.version("click")


def test_nothing_that_is_installed_runs_before_the_model_does(workshop: Workshop) -> None:
    ran = workshop.home / "ran"
    hook = {"hook.pth": f"import pathlib; pathlib.Path({str(ran)!r}).touch()\n"}
    environment = workshop.made("m", f"./{file_name('hook', '1.0')}", hook=wheel("hook", "1.0", files=hook))

    assert not ran.exists()
    ask(environment, "pass")
    assert ran.exists()


def test_one_whose_interpreter_has_gone_is_made_anew(workshop: Workshop) -> None:
    environment = workshop.made("m", "tiny==1.0")
    environment.python.unlink()
    environment.python.symlink_to(workshop.home / "nowhere")

    assert workshop.made("n", "tiny==1.0") == environment
    assert ask(environment, "import tiny; print(tiny.VERSION)") == "1.0"


def test_after_an_upgrade_it_shows_the_package_that_runs(workshop: Workshop) -> None:
    environment = workshop.made("m", "tiny==1.0")
    link = environment.libraries / "secondlook"
    link.unlink()
    link.symlink_to(workshop.home / "an earlier place")

    workshop.made("n", "tiny==1.0")

    assert link.readlink() == OURS


def age(path: Path, days: float) -> None:
    at = path.stat().st_mtime - days * DAY
    os.utime(path, (at, at))


def test_what_nobody_has_used_for_long_is_removed_and_nothing_else(workshop: Workshop) -> None:
    names = ("old", "new", "used", "held")
    old, new, used, held = (
        workshop.made(name, f"tiny\nclick>={number}") for number, name in enumerate(names)
    )
    beside = Workshop(workshop.home, workshop.index)  # as another server would be
    beside.of(workshop.home / "used" / "code" / "requirements.txt")
    for name in names:
        workshop.environments.forget(name)
    for each, days in ((old, 31), (new, 29), (used, 31), (held, 31)):
        age(each.folder / "secondlook.json", days)
    (workshop.folder / f".{'0' * 32}.making").mkdir()
    lock = try_lock(making_lock(held.folder))

    workshop.environments.sweep()
    assert workshop.kept == {each.folder.name for each in (new, used, held)}
    os.close(lock)
    workshop.environments.sweep()

    assert workshop.kept == {each.folder.name for each in (new, used)}
    assert {path.name for path in workshop.folder.glob(".*.lock")} == {
        ".uv.lock",
        *(lock(each.folder).name for each in (new, used) for lock in (making_lock, use_lock)),
    }
    beside.environments.forget("used")
    workshop.environments.sweep()
    assert used.is_whole, "it was in use until just now"
    age(used.folder / "secondlook.json", 31)
    workshop.environments.sweep()
    assert workshop.kept == {new.folder.name}


def test_uvs_cache_is_emptied_a_day_later_and_what_is_installed_stays(workshop: Workshop) -> None:
    environment = workshop.made("m", "tiny==1.0")
    cache = workshop.folder / ".uv"
    assert (environment.libraries / "tiny.py").stat().st_nlink > 1
    workshop.environments.sweep()
    assert cache.is_dir()

    age(workshop.folder / ".uv.lock", 1.1)
    workshop.environments.sweep()

    assert not cache.exists()
    assert ask(environment, "import tiny; print(tiny.VERSION)") == "1.0"
    workshop.made("n", "tiny==2.0")
    workshop.environments.sweep()
    assert cache.is_dir()
