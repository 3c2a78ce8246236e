"""What no environment is made of, how large it may be and how long that may take, and what uv is not told; with a real uv."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from secondlook.hosting.instances.kinds.local.environments import Limits, leash, uv
from secondlook.hosting.instances.kinds.local.environments.environment import size_of
from tests import processes
from tests.small_disk import mounted
from tests.wheels import file_name, wheel

from .installing import Workshop, refusal, uv_processes


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


def test_without_uv_it_is_said_what_to_install(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setenv("PATH", str(workshop.home))

    assert refusal(workshop, "m", "tiny") == (
        "the model has a requirements.txt, and uv, which installs it, is not here: "
        "install it with `pip install 'secondlook[models]'`, or put `uv` on the PATH of the server"
    )


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
