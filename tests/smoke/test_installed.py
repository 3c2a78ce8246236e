"""Everything that has to be in the package is in it: tables, service models, templates, scripts, the sample, the runtimes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.commandline import CommandLine
from tests.journeys.reviewing import WORKER, Review
from tests.running import COMMAND, Server

TESTING = Path(__file__).parents[2] / "docs/testing.md"

LARGE = bytes(range(256)) * 4096


def get(server: Server, path: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", server.url + path, retries=False, timeout=30)


def test_the_command_explains_itself(shell: CommandLine) -> None:
    shown = shell.run("--help").out

    assert all(f"\n  {name} " in shown for name in ("demo", "serve", "team", "catalog", "loops"))


def test_the_demo_tells_its_story(shell: CommandLine) -> None:
    shown = shell.run("demo", "--accept").out

    assert "The corrected answer" in shown
    assert (shell.cwd / "demo-data" / "before-and-after.png").is_file()


def test_an_object_comes_back(server: Server, name: str) -> None:
    s3 = server.client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="a/b", Body=LARGE)

    assert s3.get_object(Bucket=name, Key="a/b")["Body"].read() == LARGE


def test_a_loop_goes_from_start_to_output(server: Server, shell: CommandLine, name: str) -> None:
    review = Review(server, name)
    review.start(name)
    answer: dict[str, Any] = {"read": {"text": "yes"}}
    review.taken(review.worker(), name)
    at_server = CommandLine(server.data, shell.cwd, command=shell.command)

    at_server.run("work", "--as", WORKER, "--loop", name, "--answer", "-", said=json.dumps(answer))
    review.completed(name)

    assert [answer["answerContent"] for answer in review.output(name)["humanAnswers"]] == [answer]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/built/crowd-html-elements.js", "text/javascript"),
        ("/static/built/portal.js", "text/javascript"),
        ("/static/portal.css", "text/css"),
        ("/sign-in", "text/html"),
    ],
)
def test_the_portal_has_its_pages_and_scripts(server: Server, path: str, kind: str) -> None:
    answer = get(server, path)

    assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, kind)
    assert len(answer.data) > 500


def test_the_examples_of_templates_are_there(shell: CommandLine) -> None:
    shell.run("templates", "copy", "image-segmentation")
    copied = {path.name for path in (shell.cwd / "image-segmentation").iterdir()}

    assert {"template.liquid.html", "input.json", "coffee.jpg", "coffee-mask.png"} <= copied
    shell.run("templates", "check", "image-segmentation/template.liquid.html")


def test_the_tests_of_the_documentation_pass_where_only_pytest_is_beside_it(
    command: Sequence[str], tmp_path: Path
) -> None:
    for name, text in re.findall(r"```python\n# (\w+\.py)\n(.*?)```", TESTING.read_text(), re.DOTALL):
        (tmp_path / name).write_text(text)
    python = sys.executable if command == COMMAND else Path(command[0]).with_name("python")
    ran = subprocess.run(
        [
            python,
            "-m",
            "pytest",
            "-q",
            "-W",
            "error",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            tmp_path,
            # Where all of pytest's directories are, it would take those of earlier runs away, for minutes.
            "--basetemp",
            tmp_path / "temporary",
            tmp_path,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, "3 passed" in ran.stdout) == (0, True), ran.stdout + ran.stderr


def test_a_program_asks_by_the_helper(server: Server, command: Sequence[str], name: str) -> None:
    """Service models of our own, the reading of answers, drawings: all of it from the package alone."""
    Review(server, name)
    script = f"""
import secondlook
secondlook.connect({str(server.data)!r})
asked = secondlook.ask({name!r}, {{"text": "x"}}, name="{name}-asked")
print(asked.loop, asked.status, asked._repr_html_().startswith("<div>"), secondlook.results({name!r}, frame="rows")[0]["loop"])
"""
    python = Path(command[0]).with_name("python")

    done = subprocess.run([python, "-I", "-c", script], capture_output=True, text=True, check=False)

    assert f"{name}-asked InProgress True {name}-asked" == done.stdout.strip(), done.stderr
