"""Environments made by a real uv from a real index on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import pytest

from secondlook import __version__
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.instances.kinds.local.environments import (
    Environment,
    Environments,
    Limits,
    leash,
    needs,
    uv,
)
from secondlook.hosting.instances.kinds.local.environments.commands import Stopped
from secondlook.hosting.instances.kinds.local.environments.environment import OURS, size_of
from secondlook.hosting.instances.kinds.local.environments.locks import making_lock, try_lock, use_lock
from secondlook.hosting.logs.log import Log
from tests import processes
from tests.soak.small_disk import mounted
from tests.wheels import Index, file_name, wheel

from .conftest import until

DAY = 86_400


@dataclass
class Workshop:
    """Environments in a folder, and the folders of models that want them."""

    home: Path
    index: Index
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self.folder = self.home / "environments"
        self.environments = Environments(self.folder, self.limits)

    def model(self, name: str, requirements: str, **wheels: bytes) -> Path:
        """Its requirements file; `wheels` lie beside it by the names of their libraries, all of version 1.0."""
        code = self.home / name / "code"
        code.mkdir(parents=True)
        for library, content in wheels.items():
            (code / file_name(library, "1.0")).write_bytes(content)
        (code / "requirements.txt").write_text(requirements)
        return code / "requirements.txt"

    def made(
        self, name: str, requirements: str, stopping: threading.Event | None = None, **wheels: bytes
    ) -> Environment:
        return self.of(self.model(name, requirements, **wheels), stopping)

    def of(self, file: Path, stopping: threading.Event | None = None) -> Environment:
        name = file.parents[1].name
        with closing(Log(self.home / f"{name}.log")) as log:
            return self.environments.of(file, name, log, stopping or threading.Event())

    def log(self, name: str) -> str:
        file = self.home / f"{name}.log"
        return file.read_text() if file.exists() else ""

    @property
    def kept(self) -> set[str]:
        """What lies in the folder but locks, and what all environments share."""
        shared = {"wheels", ".uv", ".clock"}
        return {path.name for path in self.folder.iterdir() if path.suffix != ".lock"} - shared


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index() as index:
        for version in ("1.0", "2.0"):
            index.publish("tiny", version, f"VERSION = {version!r}")
        yield index


@pytest.fixture(autouse=True)
def _variables(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.url)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")


@pytest.fixture
def workshop(tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """As where numpy is not installed: it is large."""
    monkeypatch.setattr(needs, "WANTED", tuple(line for line in needs.WANTED if line != "numpy"))
    index.held.clear()
    index.go_on.clear()
    index.reached.clear()
    return Workshop(tmp_path, index)


def ask(environment: Environment, code: str) -> str:
    """What a program prints in it."""
    command = [environment.python, "-I", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def refusal(workshop: Workshop, name: str, requirements: str, **wheels: bytes) -> str:
    """Why it could not be made; of that nothing is left."""
    before = workshop.kept if workshop.folder.is_dir() else set()
    with pytest.raises(NotPrepared) as refused:
        workshop.made(name, requirements, **wheels)
    assert workshop.kept == before
    return str(refused.value)


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


def test_what_cannot_be_together_is_refused_in_uvs_words(workshop: Workshop) -> None:
    assert refusal(workshop, "m", "uvicorn<0.1") == (
        "its requirements could not be installed: No solution found when resolving dependencies: Because you require "
        "uvicorn<0.1 and uvicorn>=0.30, we can conclude that your requirements are unsatisfiable."
    )
    assert "error: No solution found when resolving dependencies" in workshop.log("m")


def test_what_has_only_a_source_is_refused_by_name_and_its_code_does_not_run(workshop: Workshop) -> None:
    ran = workshop.home / "ran"
    workshop.index.publish_source(
        "onlysource", "1.0", f"open({str(ran)!r}, 'w'); from setuptools import setup; setup()"
    )
    workshop.index.publish("above", "1.0", requires=["onlysource"])

    assert "onlysource==1.0 has no usable wheels" in refusal(workshop, "direct", "onlysource")
    assert "onlysource==1.0 has no usable wheels" in refusal(workshop, "indirect", "above")
    assert not ran.exists()


@pytest.mark.parametrize("place", ["index", "beside"])
def test_a_library_brings_in_nothing_by_a_url(workshop: Workshop, place: str) -> None:
    elsewhere = f"tiny @ http://{workshop.index.authority}/elsewhere/{file_name('tiny', '1.0')}"
    name = f"sneaky{place}"
    if place == "index":
        workshop.index.publish(name, "1.0", requires=[elsewhere])
        said = refusal(workshop, "m", name)
    else:
        said = refusal(
            workshop, "m", f"./{file_name(name, '1.0')}", **{name: wheel(name, "1.0", "", [elsewhere])}
        )

    assert "`tiny` was included as a URL dependency" in said
    assert not [path for path in workshop.index.asked if path.startswith("/elsewhere")]


def test_a_hash_that_is_given_is_checked(workshop: Workshop) -> None:
    assert "Hash mismatch for `tiny==1.0`" in refusal(workshop, "m", f"tiny==1.0 --hash=sha256:{'0' * 64}")


def test_a_wheel_that_takes_the_place_of_python_or_of_our_package_is_refused(workshop: Workshop) -> None:
    for name, path, said in (
        ("python", "taker-1.0.data/scripts/python", "must not use the reserved name `python`"),
        ("settings", "taker-1.0.data/data/pyvenv.cfg", "replace the Python interpreter"),
        ("package", "secondlook/hosting.py", "bring a library called secondlook"),
    ):
        line = f"./{file_name('taker', '1.0')}"
        taker = wheel("taker", "1.0", name, files={path: "#!python\n"})
        assert said in refusal(workshop, name, line, taker=taker)


def test_nothing_that_is_installed_runs_before_the_model_does(workshop: Workshop) -> None:
    ran = workshop.home / "ran"
    hook = {"hook.pth": f"import pathlib; pathlib.Path({str(ran)!r}).touch()\n"}
    environment = workshop.made("m", f"./{file_name('hook', '1.0')}", hook=wheel("hook", "1.0", files=hook))

    assert not ran.exists()
    ask(environment, "pass")
    assert ran.exists()


def test_an_environment_that_is_too_large_or_has_too_many_files_is_refused(workshop: Workshop) -> None:
    size, files = size_of(workshop.made("m", "tiny").folder)
    workshop.index.publish("large", "1.0", files={"large.bin": "0" * 30_000_000})
    workshop.index.publish("many", "1.0", files={f"many/{number}": "" for number in range(500)})

    for name, limits in (
        ("large", Limits(size=size + 20_000_000)),
        ("many", Limits(files=files + 400)),
    ):
        limited = Workshop(workshop.home / name, workshop.index, limits)
        assert "its requirements take " in refusal(limited, "m", name)
        assert limited.made("n", "tiny").is_whole


def test_a_full_disk_is_said_and_leaves_nothing(workshop: Workshop) -> None:
    workshop.index.publish("fills", "1.0", files={"fills.bin": "0" * 60_000_000})
    with mounted(workshop.home / "disk", 50) as disk:
        small = Workshop(disk.path, workshop.index)

        assert "No space left on device" in refusal(small, "m", "fills")
        assert not list((small.folder / ".uv").glob(".tmp*"))
        assert small.made("n", "tiny").is_whole


def test_one_that_takes_too_long_is_given_up(workshop: Workshop) -> None:
    workshop.index.publish("slow", "1.0")
    workshop.index.held.add(f"/simple/slow/{file_name('slow', '1.0')}")
    limited = Workshop(workshop.home / "limited", workshop.index, Limits(seconds=2))

    assert refusal(limited, "m", "slow").startswith("its requirements were not installed in time")
    assert not uv_processes()


def uv_processes() -> list[str]:
    lines = processes.command_lines(processes.descendants())
    return [line for line in lines if "uv pip" in line or "leash" in line]


def test_it_ends_at_once_when_it_is_not_wanted_any_more(workshop: Workshop) -> None:
    workshop.index.publish("held", "1.0")
    workshop.index.held.add(f"/simple/held/{file_name('held', '1.0')}")
    file, stopping = workshop.model("m", "held"), threading.Event()

    with ThreadPoolExecutor() as pool:
        making = pool.submit(workshop.of, file, stopping)
        assert workshop.index.reached.wait(60)
        assert uv_processes()
        stopping.set()
        with pytest.raises(Stopped):
            making.result(20)
    assert not uv_processes()
    assert not workshop.kept
    assert not list((workshop.folder / ".uv").glob(".tmp*"))


def test_a_server_that_stops_ends_all_and_begins_nothing_more(workshop: Workshop) -> None:
    workshop.index.publish("stopped", "1.0")
    workshop.index.held.add(f"/simple/stopped/{file_name('stopped', '1.0')}")
    files = [workshop.model(f"m{number}", "stopped") for number in range(3)]

    with ThreadPoolExecutor() as pool:
        makings = [pool.submit(workshop.of, file) for file in files[:2]]
        assert workshop.index.reached.wait(60)
        workshop.environments.interrupt()
        for making in makings:
            with pytest.raises(Stopped):
                making.result(20)
    with pytest.raises(Stopped):
        workshop.of(files[2])
    assert not uv_processes()
    assert not workshop.kept


def test_many_that_want_the_same_have_it_made_once(workshop: Workshop) -> None:
    workshop.index.publish("shared", "1.0")
    files = [workshop.model(f"m{number}", "shared") for number in range(4)]
    beside = Workshop(workshop.home, workshop.index)  # as another server would be

    with ThreadPoolExecutor() as pool:
        made = list(
            pool.map(lambda pair: pair[0].of(pair[1]), zip([workshop, beside] * 2, files, strict=True))
        )

    assert {each.folder for each in made} == {made[0].folder}
    assert "".join(map(workshop.log, ("m0", "m1", "m2", "m3"))).count("+ shared==1.0") == 1


def test_who_waits_for_one_that_is_given_up_makes_it(workshop: Workshop) -> None:
    workshop.index.publish("left", "1.0")
    workshop.index.held.add(f"/simple/left/{file_name('left', '1.0')}")
    first, second = workshop.model("first", "left"), workshop.model("second", "left")
    stopping, never = threading.Event(), threading.Event()

    with ThreadPoolExecutor() as pool:
        given_up = pool.submit(workshop.of, first, stopping)
        assert workshop.index.reached.wait(60)
        waiting = pool.submit(workshop.of, second, never)
        workshop.index.held.clear()
        stopping.set()
        assert waiting.result(60).is_whole
        with pytest.raises(Stopped):
            given_up.result(20)


def test_who_waits_for_one_that_fails_hears_why(workshop: Workshop) -> None:
    workshop.index.publish("bad", "1.0", requires=["nobody"])
    workshop.index.held.add(f"/simple/bad/{file_name('bad', '1.0')}")
    files = [workshop.model(f"m{number}", "bad") for number in range(3)]

    with ThreadPoolExecutor() as pool:
        makings = [pool.submit(workshop.of, file) for file in files]
        workshop.index.go_on.set()
        reasons = [str(making.exception(60)) for making in makings]

    assert all("nobody was not found in the package registry" in reason for reason in reasons)
    assert not workshop.kept


def test_one_that_a_killed_server_has_begun_is_made_anew(workshop: Workshop) -> None:
    workshop.index.publish("begun", "1.0")
    workshop.index.held.add(f"/simple/begun/{file_name('begun', '1.0')}")
    file = workshop.model("m", "begun")
    program = f"""
import pathlib, threading
from secondlook.hosting.logs.log import Log
from secondlook.hosting.instances.kinds.local.environments import Environments, Limits, needs
needs.WANTED = {needs.WANTED!r}
environments = Environments(pathlib.Path({str(workshop.folder)!r}), Limits())
environments.of(pathlib.Path({str(file)!r}), "m", Log(pathlib.Path({str(workshop.home / "x.log")!r})), threading.Event())
"""
    with processes.running([sys.executable, "-c", program]) as server:
        assert workshop.index.reached.wait(60)
        below = processes.descendants(server.pid)
        assert [line for line in processes.command_lines(below) if "uv pip" in line]
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        until(lambda: not any(map(processes.lives, below)), "uv to end with its server")
        assert [name for name in workshop.kept if name.endswith(".making")]

    workshop.index.held.clear()
    environment = workshop.of(file)

    assert ask(environment, "import begun; print(begun.__name__)") == "begun"
    assert workshop.kept == {environment.folder.name}


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


def test_whoever_starts_the_server_says_where_libraries_come_from_and_nobody_reads_the_password(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = workshop.index
    said = refusal(workshop, "missing", "nobody") + workshop.log("missing")
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://{index.USER}:wrong-password@{index.authority}/simple")
    said += refusal(workshop, "wrong", "tiny") + workshop.log("wrong")
    monkeypatch.setenv(
        "UV_DEFAULT_INDEX", f"http://{index.USER}:{index.PASSWORD.replace('%', '%25')}@127.0.0.1:1/simple"
    )
    said += refusal(workshop, "away", "tiny") + workshop.log("away")

    assert "401 Unauthorized" in said
    assert "127.0.0.1:1/simple/tiny" in said
    for secret in (index.PASSWORD, index.PASSWORD.replace("%", "%25"), "wrong-password", str(workshop.home)):
        assert secret not in said


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


def test_without_uv_it_is_said_what_to_install(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setenv("PATH", str(workshop.home))

    assert refusal(workshop, "m", "tiny") == (
        "the model has a requirements.txt, and uv, which installs it, is not here: "
        "install it with `pip install 'secondlook[models]'`, or put `uv` on the PATH of the server"
    )


def test_uv_gets_what_is_named_and_nothing_else_of_the_servers_environment() -> None:
    passed = {
        "UV_DEFAULT_INDEX": "a",
        "UV_INDEX_MINE_PASSWORD": "b",
        "HTTPS_PROXY": "c",
        "no_proxy": "d",
        "SSL_CERT_FILE": "e",
    }
    others = {
        "UV_NO_BUILD": "0",
        "UV_CONFIG_FILE": "x",
        "UV_PYTHON": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "SECONDLOOK_SMTP": "x",
    }

    told = uv.environment(Path("/cache"), Path("/home"), {**passed, **others, "PATH": "/mine"})

    assert passed.items() <= told.items()
    assert told["UV_NO_BUILD"] == "1"
    assert told["PATH"] != "/mine"
    assert not {"UV_CONFIG_FILE", "UV_PYTHON", "AWS_SECRET_ACCESS_KEY", "SECONDLOOK_SMTP"} & told.keys()


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        (
            {"UV_DEFAULT_INDEX": "https://me:p%40ss@example.com/simple"},
            "at https://me:p%40ss@example.com/simple/tiny",
        ),
        (
            {"UV_INDEX": "mine=https://token-1234@example.com/a https://b.example.com"},
            "the token-1234 is not known",
        ),
        ({"UV_INDEX_MINE_PASSWORD": "pa/ss word"}, "pa/ss word"),
        ({"HTTPS_PROXY": "http://me:secret@proxy:3128"}, "proxy says secret"),
        ({}, "see https://unknown:word@example.com"),
    ],
)
def test_what_is_secret_in_the_variables_is_nowhere_repeated(variables: dict[str, str], text: str) -> None:
    said = uv.redacted(text, uv.secrets(variables), {})

    assert "****" in said
    for secret in ("p%40ss", "p@ss", "token-1234", "pa/ss word", "secret", "unknown:word"):
        assert secret not in said


def test_a_command_on_the_leash_may_write_no_more_than_is_said(tmp_path: Path) -> None:
    def code(most: int, program: str) -> int:
        command = [sys.executable, "-I", "-S", leash.__file__, str(most), sys.executable, "-c", program]
        with processes.running(command, stdin=subprocess.PIPE, cwd=tmp_path) as process:
            return process.wait(60)

    in_one = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open('one', 'wb').write(bytes(2_000_000))"
    in_many = "import os, time\nfor n in range(50):\n f = open(f'{n}', 'wb'); f.write(bytes(100_000)); f.flush(); os.fsync(f)\ntime.sleep(60)"
    assert code(1_000_000, in_one) == leash.OVER
    if sys.platform == "linux":
        assert code(1_000_000, in_many) == leash.OVER
    assert code(10_000_000, "open('few', 'wb').write(bytes(1_000_000)); raise SystemExit(3)") == 3
