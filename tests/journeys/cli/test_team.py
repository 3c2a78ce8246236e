"""`secondlook team`."""

from __future__ import annotations

import re

from tests.commandline import CommandLine


def test_a_team_is_made_once_and_people_join_it_by_links(command: CommandLine, name: str) -> None:
    said = command.run(
        "team", "create", name, "--invite", "ann@example.org, bob@example.org", "--organization", "O"
    )

    assert f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{name}\n" == said.out
    assert 2 == len(set(re.findall(r"http://\S+/welcome/\S+", said.err)))
    assert "was there already" in command.run("team", "create", name).err
    assert ["ann@example.org", "bob@example.org"] == re.findall(
        r"^\S+@\S+", command.run("team", "members", name).out, re.MULTILINE
    )


def test_somebody_can_be_taken_out_of_a_team(command: CommandLine, name: str, worker: str) -> None:
    command.run("team", "remove", name, worker)

    assert "Nobody is in" in command.run("team", "members", name).err


def test_a_team_that_is_not_there_is_named(command: CommandLine) -> None:
    assert (
        "Error: The work team nowhere does not exist.\n"
        == command.run("team", "members", "nowhere", code=1).err
    )
