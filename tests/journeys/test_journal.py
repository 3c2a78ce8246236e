"""The journal of a real server: each act of a review has its actor, its time and its address, whichever door it came by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from secondlook.names import now
from tests.commandline import CommandLine, of
from tests.forms import post
from tests.running import Server

from .client_errors import refused
from .reviewing import Review

LOOPBACK = "127.0.0.1"


def pages(server: Server, **filters: Any) -> Iterator[dict[str, Any]]:
    """Small pages of the entries that fit, newest first."""
    own, token = server.client("secondlook"), {}
    while token is not None:
        page = own.list_journal(MaxResults=3, **filters, **token)
        yield from page["Entries"]
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else None


def entries(server: Server, **filters: Any) -> list[dict[str, Any]]:
    """Those that fit, oldest first."""
    return list(pages(server, **filters))[::-1]


def test_the_life_of_a_loop_with_who_did_what_and_from_where(server: Server, name: str) -> None:
    began = now()
    email = f"{name}@example.org"
    review = Review(server, name, workers=[email])
    review.start(name)
    worker = review.worker(email)
    begun = review.taken(worker, name)
    worker.submit(begun, {"answer": 1})
    review.completed(name)

    life = entries(server, ResourceType="HumanLoop", ResourceName=name)
    key = server.credentials["access_key_id"]
    assert [
        ("StartHumanLoop", "AccessKey", key, None, LOOPBACK),
        ("AcceptAssignment", "Person", None, email, LOOPBACK),
        ("SubmitAssignment", "Person", None, email, LOOPBACK),
        ("CloseHumanLoop", "Server", None, None, None),
    ] == [
        (
            entry["Action"],
            entry["ActorType"],
            entry.get("AccessKeyId"),
            entry.get("ActorEmail"),
            entry.get("SourceIpAddress"),
        )
        for entry in life
    ]
    assert all(began - timedelta(seconds=1) <= entry["Time"] <= now() for entry in life)
    assert "Completed" == json.loads(life[-1]["Detail"])["status"]


def test_a_person_joins_and_signs_in_as_themselves(server: Server, name: str) -> None:
    email = f"{name}@example.org"
    (invited,) = server.client("secondlook").create_team(TeamName=name, Invite=[email])["Invitations"]
    assert 303 == post(invited["Url"], name="Ana", password="a long password")
    assert 303 == post(f"{server.url}/sign-in", email=email, password="a long password")

    assert [
        ("AddMember", "AccessKey"),
        ("InvitePerson", "AccessKey"),
        ("AcceptInvitation", "Person"),
        ("SignIn", "Person"),
        ("SignIn", "Person"),
    ] == [(entry["Action"], entry["ActorType"]) for entry in entries(server, Email=email)]
    joined = entries(server, Email=email, Action="AcceptInvitation")
    assert [(email, email, LOOPBACK)] == [
        (entry["ActorEmail"], entry["Email"], entry["SourceIpAddress"]) for entry in joined
    ]


def test_what_is_asked_in_other_ways_finds_the_same(server: Server, name: str) -> None:
    own = server.client("secondlook")
    key = server.key(name, "requester")
    server.client("sagemaker", key).create_human_task_ui(
        HumanTaskUiName=name, UiTemplate={"Content": "<crowd-form></crowd-form>"}
    )
    own.revoke_key(AccessKeyId=key[0])

    actions = ["CreateKey", "CreateHumanTaskUi", "RevokeKey"]
    assert actions == [entry["Action"] for entry in entries(server, AccessKeyId=key[0])]
    assert [] == entries(server, AccessKeyId=key[0], CreationTimeAfter=now() + timedelta(minutes=1))
    assert [] == entries(server, AccessKeyId=key[0], CreationTimeBefore=now() - timedelta(hours=1))
    refused(
        "ResourceNotFound", "Nobody here has the address", own.list_journal, Email=f"no-{name}@example.org"
    )
    refused("ValidationException", "resourceType", own.list_journal, ResourceType="Loop")
    refused("ValidationException", "StartHumanLoop", own.list_journal, Action="Start")


def test_only_an_admins_key_reads_it(server: Server, name: str) -> None:
    requester = server.client("secondlook", server.key(name, "requester"))

    refused("AccessDeniedException", "takes an access key of scope admin", requester.list_journal)


def test_the_command_shows_what_the_operation_answers(
    sqlite_server: Server, tmp_path: Path, name: str
) -> None:
    line = of(sqlite_server, tmp_path)
    review = Review(sqlite_server, name)
    review.start(name)
    line.run("loops", "stop", name)

    shown = line.run("journal", "--loop", name).out.splitlines()
    assert ["CloseHumanLoop", "StopHumanLoop", "StartHumanLoop"] == [
        next(word for word in row.split() if word.endswith("HumanLoop")) for row in shown[1:]
    ]
    (document,) = map(json.loads, line.run("journal", "--flow", name, "--json").out.splitlines())
    assert ("CreateFlowDefinition", name) == (document["Action"], document["ResourceName"])
    assert "no such entry" in line.run("journal", "--loop", name, "--until", "2020-01-01").err
    assert "not both" in line.run("journal", "--loop", name, "--flow", name, code=2).err


@pytest.mark.parametrize("links", [False, True])
def test_what_is_done_while_no_server_runs_is_done_at_the_terminal(
    own_server: Server, tmp_path: Path, links: bool
) -> None:
    own_server.start()
    own_server.stop()
    line = CommandLine(own_server.data, tmp_path)
    key = json.loads(line.run("keys", "create", "offline", "--brings-code", "--json").out)
    if links:
        line.run("vault", "rotate", "--links")
    own_server.start()

    terminal = [entry for entry in entries(own_server) if entry["ActorType"] == "Terminal"]
    assert ["CreateKey", *(["RevokeKey"] if links else [])] == [entry["Action"] for entry in terminal]
    assert key["AccessKeyId"] == terminal[0]["ResourceName"]
    assert json.loads(terminal[0]["Detail"])["brings_code"] is True
