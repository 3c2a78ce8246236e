"""`secondlook exec`: the environment of the program that it becomes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from secondlook.cli.commands.exec import SHIM, child_environment
from secondlook.client.client_file import Access
from tests import processes

ACCESS = Access("http://127.0.0.1:8700", "eu-west-1", "AKIA", "s")


@pytest.fixture
def data(tmp_path):
    key = {"access_key_id": "AKIA", "secret_access_key": "s"}
    document = {"url": ACCESS.url, "region": ACCESS.region, **key, "requester": key}
    (tmp_path / "client.json").write_text(json.dumps(document))
    return tmp_path


def run(data: Path, *command: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "secondlook.cli", "exec", "--data", str(data), *command],
        capture_output=True, text=True, check=False, **options,
    )  # fmt: skip


def test_what_would_win_over_our_variables_is_taken_away():
    env = child_environment(
        ACCESS,
        {"AWS_PROFILE": "p", "AWS_SESSION_TOKEN": "t", "AWS_ENDPOINT_URL_S3": "https://s3", "HOME": "/h"},
    )

    assert {"HOME": "/h", "AWS_ENDPOINT_URL": ACCESS.url} == {
        name: env.get(name) for name in ("HOME", "AWS_ENDPOINT_URL")
    }
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_S3"} & env.keys()


def test_region_and_metadata_are_set():
    env = child_environment(ACCESS, {"AWS_REGION": "us-west-2"})

    assert ("eu-west-1", "eu-west-1", "true") == (
        env["AWS_REGION"],
        env["AWS_DEFAULT_REGION"],
        env["AWS_EC2_METADATA_DISABLED"],
    )


def test_the_shim_comes_first_on_the_path_and_once():
    once = child_environment(ACCESS, {"PYTHONPATH": f"/a{os.pathsep}/b"})

    assert [str(SHIM), "/a", "/b"] == once["PYTHONPATH"].split(os.pathsep)
    assert once["PYTHONPATH"] == child_environment(ACCESS, once)["PYTHONPATH"]


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://p"}, "127.0.0.1"),
        ({"http_proxy": "http://p", "no_proxy": "x.org"}, "x.org,127.0.0.1"),
    ],
)
def test_a_proxy_is_passed_by(env, expected):
    assert expected == child_environment(ACCESS, env).get("NO_PROXY")


def test_the_exit_code_is_the_program_s(data):
    assert 7 == run(data, "--", "sh", "-c", "exit 7").returncode


def test_options_of_the_program_stay_its_own(data):
    assert "--data x --help\n" == run(data, "echo", "--data", "x", "--help").stdout


def test_a_program_that_is_not_there(data):
    done = run(data, "--", "no-such-program")

    assert (127, "Error: There is no program 'no-such-program' on the PATH.\n") == (
        done.returncode,
        done.stderr,
    )


def test_a_program_that_cannot_be_run(data):
    done = run(data, "--", str(data / "client.json"))

    assert (126, True) == (done.returncode, "cannot be run: Permission denied" in done.stderr)


def test_signals_reach_the_program(data):
    script = "trap 'echo caught; exit 3' TERM; echo ready; while :; do sleep 0.01; done"
    with processes.running(
        [sys.executable, "-m", "secondlook.cli", "exec", "--data", str(data), "--", "sh", "-c", script],
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)

        assert "caught\n" == process.stdout.read()
    assert 3 == process.returncode
