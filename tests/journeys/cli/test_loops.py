"""`secondlook loops`, `events` and `webhooks`."""

from __future__ import annotations

import re

import pytest

from tests.commandline import CommandLine
from tests.journeys.cli.loop import FORM, answer_of, start_loop
from tests.running import Server, eventually


def test_loops_are_listed_shown_and_watched_until_they_end(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})

    listed = command.run("loops", "list", "--flow", name, "--status", "inprogress").out
    with command.running("loops", "watch", name) as watching:
        command.run("work", "--as", worker, "--accept")
        out, _ = watching.communicate(timeout=60)

    assert re.search(rf"^{name} +{name} +InProgress +0 of 1", listed, re.MULTILINE)
    assert 0 == watching.returncode
    assert re.search(r"Status +Completed", out)
    assert re.search(rf"^{worker} +submitted", out, re.MULTILINE)
    assert '"guess": "y"' in command.run("loops", "show", name, "--input").out
    assert name in eventually(lambda: name in (out := command.run("events").out) and out)
    assert name in command.run("events", "--json", "--limit", "100").out


def test_watching_a_loop_that_is_stopped_ends_with_an_error(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})
    sqlite_server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=name)

    said = command.run("loops", "watch", name, code=1)

    assert f"{name} has ended without the answers it asked for" in said.err


def test_an_open_loop_is_offered_sooner_and_asked_for_another_answer(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})

    updated = command.run("loops", "update", name, "--priority", "5", "--task-count", "2")
    command.run("work", "--as", worker, "--accept")
    shown = command.run("loops", "show", name).out

    assert f"{name} has priority 5 and 0 of 2 answers." in updated.out
    assert "work team" in updated.err
    assert re.search(r"Status +InProgress", shown)
    assert re.search(r"Answers +1 of 2", shown)
    assert re.search(r"Priority +5", shown)
    assert (
        "has priority 5 and 1 of 1 answers." in command.run("loops", "update", name, "--task-count", "1").out
    )
    assert "y" == answer_of(sqlite_server, name)["verdict"]
    over = command.run("loops", "update", name, "--task-count", "2", code=1)
    assert "start a new human loop with the same input" in over.err
    assert "Give --priority, --task-count, or both." in command.run("loops", "update", name, code=2).err


def test_webhooks_are_added_listed_and_removed(command: CommandLine) -> None:
    added = command.run("webhooks", "add", "https://example.org/hook")
    number = re.search(r"Webhook (\d+)", added.err)[1]  # type: ignore[index]

    assert len(added.out.strip()) > 30
    assert re.search(
        rf"^{number} +https://example.org/hook +every one", command.run("webhooks", "list").out, re.MULTILINE
    )
    command.run("webhooks", "remove", number)
    assert re.search(rf"^{number} .* removed$", command.run("webhooks", "list").out, re.MULTILINE)


def test_a_webhook_of_a_topic_gets_nothing_else(command: CommandLine) -> None:
    topic = "arn:aws:sns:us-east-1:123456789012:scanned"
    added = command.run("webhooks", "add", "https://example.org/topic", "--topic", topic)
    number = re.search(r"Webhook (\d+)", added.err)[1]  # type: ignore[index]

    assert re.search(rf"^{number} .* {topic} ", command.run("webhooks", "list").out, re.MULTILINE)
    command.run("webhooks", "remove", number)
    add = ("webhooks", "add", "https://example.org/", "--topic")
    assert (
        "gets what is published to that topic, and nothing else"
        in command.run(*add, topic, "--all-events", code=1).err
    )
    assert "Invalid value for '--topic'" in command.run(*add, "scanned", code=2).err


def test_a_webhook_whose_host_has_no_address_is_warned_of(
    sqlite_server: Server, command: CommandLine
) -> None:
    added = command.run("webhooks", "add", "https://hook.invalid/x")

    assert "Warning: No delivery would arrive as things are: https://hook.invalid/x: the name" in added.err
    assert "No delivery would arrive as things are: https://hook.invalid/x" in sqlite_server.log


def test_a_webhook_needs_an_address(command: CommandLine) -> None:
    assert "must be an http or https address" in command.run("webhooks", "add", "ftp://x", code=1).err


@pytest.mark.usefixtures("worker")
def test_a_list_that_is_cut_says_so(sqlite_server: Server, command: CommandLine, name: str) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})
    described = sqlite_server.client("sagemaker").describe_flow_definition(FlowDefinitionName=name)
    sqlite_server.client("sagemaker-a2i-runtime").start_human_loop(
        HumanLoopName=f"{name}-two",
        FlowDefinitionArn=described["FlowDefinitionArn"],
        HumanLoopInput={"InputContent": "{}"},
    )
    cut, whole = (command.run("loops", "list", "--flow", name, "--limit", limit).err for limit in ("1", "2"))

    assert "There are more than these 1; --limit shows as many as it says." in cut
    assert "more than" not in whole
