"""`secondlook demo`: with a scripted reviewer, with a person at a browser, and where the detector cannot be had."""

from __future__ import annotations

import json
import re
import signal
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.commandline import CommandLine, of
from tests.mirror import MIRROR
from tests.running import COMMAND, Server
from tests.terminal import on_terminal
from tests.worker import BoxTool, browser_page, take

OVER = "The demo is over: its server has ended. You can close this page."

NEEDS_DETECTOR = pytest.mark.skipif(
    MIRROR is None, reason="the detector's artifact comes from a mirror: set SECONDLOOK_MIRROR"
)


@pytest.fixture
def alone(tmp_path: Path) -> CommandLine:
    """The command line where no server runs."""
    return CommandLine(None, tmp_path)


def written(out: str, cwd: Path) -> Path:
    """The picture that the demo says it wrote."""
    return cwd / re.search(r"Before and after +(\S+)", out)[1]  # type: ignore[index]


@NEEDS_DETECTOR
def test_without_a_terminal_a_scripted_reviewer_answers_and_the_demo_says_so(alone: CommandLine) -> None:
    said = alone.run("demo")

    assert "Starting a server in demo-data" in said.err
    assert "a scripted reviewer submits the page untouched" in said.out
    assert re.search(r"^cup +0\.80 ", said.out, re.MULTILINE)
    assert re.search(r"^cup +169 .* kept$", said.out, re.MULTILINE)
    with Image.open(written(said.out, alone.cwd)) as picture:
        assert picture.width > 1200
    assert "secondlook serve --data demo-data" in said.out


@NEEDS_DETECTOR
def test_a_running_server_is_used_and_left_tidy(sqlite_server: Server, tmp_path: Path) -> None:
    said = of(sqlite_server, tmp_path).run("demo", "--accept")

    assert "Starting a server" not in said.err
    sagemaker = sqlite_server.client("sagemaker")
    assert [] == [
        model for model in sagemaker.list_models()["Models"] if model["ModelName"].startswith("demo-")
    ]
    assert "server of this demo" not in said.out


def test_the_reader_is_shown_when_the_detector_cannot_be_had(alone: CommandLine) -> None:
    # A file where the artifacts' folder should be: nothing can be fetched into it.
    (alone.cwd / "demo-data").mkdir()
    (alone.cwd / "demo-data" / "artifacts").touch()

    said = alone.run("demo")

    assert re.search(r"The endpoint demo-fastestdet-coco-\S+ failed: ", said.out)
    assert "So the demo goes on with a model that needs no download." in said.out
    assert re.search(r"^Chapter +0\.9", said.out, re.MULTILINE)
    assert re.search(r"^II +II +kept$", said.out, re.MULTILINE)
    assert written(said.out, alone.cwd).exists()


@NEEDS_DETECTOR
@pytest.mark.browser
def test_at_a_terminal_a_person_answers_by_the_link(alone: CommandLine) -> None:
    with on_terminal(alone, "demo") as terminal, browser_page() as page:
        link = terminal.wait_for(r"http://\S+/welcome/\S+")[0]
        page.goto(link)
        page.get_by_role("button", name="Continue").click()
        tool = BoxTool(page, take(page), picture_width=600)
        terminal.wait_for("reviewer@example.org is at work on it")
        tool.choose("spoon")
        tool.drag((324, 66), (426, 328))
        drawn = tool.boxes[-1]
        tool.submit()
        shown = terminal.read_to_end()

    assert re.search(rf"^spoon +{drawn['left']} +{drawn['top']} .* new\r?$", shown, re.MULTILINE)
    answer = json.loads((alone.cwd / "demo-data" / "output.json").read_text())["humanAnswers"][0][
        "answerContent"
    ]
    assert drawn == answer["boxes"]["boundingBoxes"][-1]
    assert answer["boxes"]["initialValueModified"]
    assert "a scripted reviewer" not in shown


@pytest.mark.browser
def test_a_person_corrects_lines_of_a_page(alone: CommandLine) -> None:
    with on_terminal(alone, "demo", "--text") as terminal, browser_page() as page:
        page.goto(terminal.wait_for(r"http://\S+/welcome/\S+")[0])
        page.get_by_role("button", name="Continue").click()
        frame = take(page)
        frame.locator("input[name=line-1]").fill("III.")
        frame.get_by_role("button", name="Submit").click()
        shown = terminal.read_to_end()
        expect(page.locator("#stale")).to_have_text(OVER)

    assert re.search(r"^II +III\. +corrected\r?$", shown, re.MULTILINE)


@pytest.mark.browser
def test_a_page_at_work_says_that_the_demo_is_over(alone: CommandLine) -> None:
    with on_terminal(alone, "demo", "--text") as terminal, browser_page() as page:
        page.goto(terminal.wait_for(r"http://\S+/welcome/\S+")[0])
        page.get_by_role("button", name="Continue").click()
        frame = take(page)
        frame.locator("input[name=line-1]").wait_for()
        terminal.signal(signal.SIGTERM)
        terminal.read_to_end()
        frame.locator("input[name=line-1]").fill("III.")

        expect(page.locator("#banner")).to_have_text(OVER)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_a_demo_that_is_broken_off_leaves_no_server_behind(
    alone: CommandLine, number: signal.Signals
) -> None:
    with on_terminal(alone, "demo") as terminal:
        url = urlsplit(terminal.wait_for(r"http://\S+/welcome/\S+")[0])
        terminal.signal(number)
        shown = terminal.read_to_end()

    assert url.port == alone.port
    assert "server of this demo stops now" in shown
    with socket.socket() as probe:
        assert probe.connect_ex((str(url.hostname), int(url.port or 0)))


def test_a_demo_under_nohup_outlives_its_terminal(tmp_path: Path) -> None:
    alone = CommandLine(None, tmp_path, command=("sh", "-c", 'trap "" HUP; exec "$@"', "sh", *COMMAND))
    with on_terminal(alone, "demo") as terminal:
        terminal.wait_for(r"http://\S+/welcome/\S+")
        terminal.signal(signal.SIGHUP)
        terminal.signal(signal.SIGTERM)

        assert terminal.wait() == 128 + signal.SIGTERM
