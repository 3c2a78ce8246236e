"""Nothing that keeps a loop from its answers is silent: plain boto3 and the command line learn of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import CommandLine, of
from tests.running import Server, eventually

from .client_errors import refused
from .reviewing import Review

ANA, BEN = "ana@example.org", "ben@example.org"


@pytest.fixture
def command(sqlite_server: Server, tmp_path: Path) -> CommandLine:
    return of(sqlite_server, tmp_path)


def described(server: Server, loop: str) -> dict[str, Any]:
    return server.client("secondlook").describe_loop(HumanLoopName=loop)


def ended(server: Server, loop: str, seconds: float = 30) -> dict[str, Any]:
    a2i = server.client("sagemaker-a2i-runtime")
    return eventually(
        lambda: (
            (outcome := a2i.describe_human_loop(HumanLoopName=loop))["HumanLoopStatus"] != "InProgress"
            and outcome
        ),
        seconds,
    )


def own_events(server: Server, loop: str) -> list[dict[str, Any]]:
    events = server.client("secondlook").list_events(MaxResults=100)["Events"]
    documents = [json.loads(event["Body"]) for event in events]
    return [
        document
        for document in documents
        if document["source"] == "secondlook" and document["detail"]["humanLoopName"] == loop
    ]


def test_a_team_that_is_too_small_is_said_where_the_requester_looks(server, name):
    review = Review(server, name, [ANA, BEN], answers=3)
    review.start(name)
    review.start(f"{name}-2")

    sentence = f"answers of 3 different workers, and 2 people in the work team {name!r} can take tasks"
    assert f"flow definition {name}: Each human loop needs {sentence}" in server.log
    said = f"human loops start in flow definition {name}, and cannot end: Each human loop needs"
    assert 1 == server.log.count(said)
    own = server.client("secondlook")
    assert sentence in own.list_loops(FlowDefinitionName=name)["Warnings"][0]
    assert sentence in own.list_members(TeamName=name)["Warnings"][0]
    (warning,) = described(server, name)["Loop"]["Warnings"]
    assert (
        f"3 more answers are needed, and 2 people in the work team {name!r} could still give one" in warning
    )
    own.create_team(TeamName=name, Invite=["cleo@example.org"])
    assert [] == described(server, name)["Loop"]["Warnings"]


def test_two_answers_of_a_team_of_two_fail_when_one_declines_and_the_reason_is_told(server, name):
    review = Review(server, name, [ANA, BEN], answers=2)
    review.start(name)
    ana = review.worker(ANA)
    number = review.taken(ana, name)
    ana.report(number, "cat.jpg cannot be loaded")
    ana.decline(number, "The picture is blurred")
    failed = ended(server, name)

    assert ("Failed", "Declined") == (failed["HumanLoopStatus"], failed["FailureCode"])
    assert "1 person in the work team could still give the 2 answers" in failed["FailureReason"]
    shown = described(server, name)
    assert [("declined", "The picture is blurred")] == [
        (entry["State"], entry["Reason"]) for entry in shown["Holders"]
    ]
    assert [(ANA, "cat.jpg cannot be loaded")] == [
        (entry["Email"], entry["Message"]) for entry in shown["Reports"]
    ]
    events = eventually(lambda: len(events := own_events(server, name)) == 2 and events)
    declined, reported = (document["detail"] for document in events)
    assert ("The picture is blurred", "cat.jpg cannot be loaded") == (declined["reason"], reported["message"])


def test_when_the_other_one_is_taken_out_of_the_team_a_declined_loop_fails(server, name):
    review = Review(server, name, [ANA, BEN])
    review.start(name)
    ana = review.worker(ANA)
    ana.decline(review.taken(ana, name), "no")
    assert "InProgress" == described(server, name)["Loop"]["HumanLoopStatus"]
    left = server.client("secondlook").remove_member(TeamName=name, Email=BEN)

    assert "Declined" == ended(server, name)["FailureCode"]
    assert [] == left["Warnings"]  # of one answer each, Ana can give the next ones


def test_output_that_can_never_be_written_is_refused_when_the_flow_definition_is_made(server, name):
    review = Review(server, name)
    sagemaker = server.client("sagemaker")
    request = sagemaker.describe_flow_definition(FlowDefinitionName=name)
    kept = {key: request[key] for key in ("RoleArn", "HumanLoopConfig")}
    long = f"s3://{name}/{'é' * 480}"
    for path, says in (
        (long, "a key has at most 1,024; make the prefix"),
        ("s3://secondlook-internal/x", "is this server's own; name a bucket of yours"),
        ("s3://No_Bucket/x", "has 3 to 63 lower-case letters"),
        (f"s3://{name}-gone/x", "does not exist; create it first"),
    ):
        refused(
            "ValidationException",
            says,
            sagemaker.create_flow_definition,
            FlowDefinitionName=f"{name}-2",
            OutputConfig={"S3OutputPath": path},
            **kept,
        )
    assert review.arn


def test_loops_show_and_list_say_what_is_wrong(sqlite_server, command, name):
    review = Review(sqlite_server, name, [ANA, BEN], answers=3)
    review.start(name)
    ana = review.worker(ANA)
    number = review.taken(ana, name)
    ana.report(number, "cat.jpg cannot be loaded")
    listed, shown = command.run("loops", "list", "--flow", name), command.run("loops", "show", name).out

    assert re.search(rf"Warning: {name}: 2 more answers are needed, and 1 person", listed.err)
    assert re.search(r"Warning +2 more answers are needed", shown)
    assert re.search(rf"{ANA} +cat.jpg cannot be loaded", shown)
    assert f"{name}: pages have reported problems" in command.run("loops", "list", "--flow", name).err
    assert "Warning:" in command.run("team", "members", name).err
    ana.decline(number, "blurred")
    assert eventually(lambda: "Task Declined" in (out := command.run("events").out) and "blurred" in out)


def test_loops_are_stopped_and_deleted_by_name(sqlite_server, command, name):
    review = Review(sqlite_server, name)
    names = [f"{name}-{number}" for number in range(3)]
    for loop in names:
        review.start(loop)
    refused_ = command.run("loops", "delete", names[0], code=1)
    assert "stop it first" in refused_.err

    assert f"{names[0]} is Stopped.\n{names[1]} is Stopped.\n" == command.run("loops", "stop", *names[:2]).out
    some = command.run("loops", "delete", *names, code=1)
    assert f"{names[0]} is deleted.\n{names[1]} is deleted.\n" == some.out
    assert "1 of 3 human loops could not be deleted." in some.err
    assert f"Could not find human loop '{names[0]}'" in command.run("loops", "show", names[0], code=1).err


def test_all_loops_of_a_flow_definition_are_stopped_and_deleted_once_somebody_is_sure(
    sqlite_server, command, name
):
    review = Review(sqlite_server, name)
    for number in range(2):
        review.start(f"{name}-{number}")
    unsure = command.run("loops", "stop", "--flow", name, "--all", code=1)
    assert f"Stop 2 human loops of {name}? Nobody is here to answer: say --yes." in unsure.err
    command.run("loops", "stop", "--flow", name, "--all", "--yes")
    deleted = command.run("loops", "delete", "--flow", name, "--all", "--yes")

    assert 2 == deleted.out.count("is deleted")
    nothing = command.run("loops", "stop", "--flow", name, "--all", code=1)
    assert f"No human loop of {name} is InProgress." in nothing.err
    assert (
        f"No human loop of {name} has been started yet." in command.run("loops", "list", "--flow", name).err
    )


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["list", "--flow", "nope"], 1, "Could not find flow definition 'nope'."),
        (["stop"], 2, "Name human loops, or give --flow NAME --all."),
        (["stop", "--all"], 2, "Name human loops, or give --flow NAME --all."),
        (["delete", "x", "--all"], 2, "Give either names, or --flow NAME --all."),
        (["stop", "nope", "nada"], 1, "nope: Could not find human loop 'nope'."),
        (["write-output"], 2, "Name human loops, or give --all-failed."),
        (["write-output", "nope"], 1, "Could not find human loop 'nope'."),
        (["write-output", "--all-failed"], 0, "There is no human loop whose output could not be written."),
    ],
)
def test_what_cannot_be_done_with_loops_is_said_in_words(command, arguments, code, says):
    assert says in command.run("loops", *arguments, code=code).err


@pytest.mark.slow  # a bucket that is gone is tried for half a minute
def test_answers_are_written_by_one_command_once_the_bucket_is_back(sqlite_server, command, name):
    review = Review(sqlite_server, name)
    review.start(name)
    ana = review.worker(ANA)
    number = review.taken(ana, name)
    s3 = sqlite_server.client("s3")
    s3.delete_bucket(Bucket=name)
    ana.submit(number, {"read": "yes"})
    outcome = ended(sqlite_server, name, 120)
    assert ("Failed", "InternalError") == (outcome["HumanLoopStatus"], outcome["FailureCode"])
    assert "secondlook loops write-output" in command.run("loops", "show", name).out
    kept = command.run("loops", "delete", name, code=1)
    assert f"The answers of {name} were never written. Delete them, for good?" in kept.err
    gone = command.run("loops", "write-output", name, code=1)
    assert f"The output could not be written to s3://{name}/out/{name}/" in gone.err
    s3.create_bucket(Bucket=name)

    assert f"{name} is Completed: s3://" in command.run("loops", "write-output", "--all-failed").out
    assert [{"read": "yes"}] == [entry["answerContent"] for entry in review.output(name)["humanAnswers"]]
