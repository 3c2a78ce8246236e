"""`secondlook team`."""

from __future__ import annotations

import re
from pathlib import Path

from secondlook.testing import Server as LocalServer
from tests.commandline import CommandLine, of


def test_a_team_is_made_once_and_people_join_it_by_links(command: CommandLine, name: str) -> None:
    said = command.run(
        "team", "create", name, "--invite", "ann@example.org, bob@example.org", "--organization", "O"
    )

    assert f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{name}\n" == said.out
    assert 2 == len(set(re.findall(r"http://\S+/welcome/\S+", said.err)))
    assert f"Work team {name} was there already.\n" == command.run("team", "create", name).err
    changed = command.run("team", "create", name, "--organization", "P", "--contact", "p@x.org").err
    assert (
        f"Work team {name} was there already; its organization is P and its contact is p@x.org now.\n"
        == changed
    )
    assert ["ann@example.org", "bob@example.org"] == re.findall(
        r"^\S+@\S+", command.run("team", "members", name).out, re.MULTILINE
    )


def test_everybody_is_invited_who_is_named_behind_an_option_of_their_own(
    command: CommandLine, name: str
) -> None:
    said = command.run("team", "create", name, "--invite", "a1@example.org", "--invite", "a2@example.org")

    assert ["a1@example.org", "a2@example.org"] == re.findall(r"Invitation for (\S+@\S+):", said.err)


def test_somebody_can_be_taken_out_of_a_team(command: CommandLine, name: str, worker: str) -> None:
    command.run("team", "remove", name, worker)

    assert "Nobody is in" in command.run("team", "members", name).err
    again = command.run("team", "remove", name, worker, code=1).err
    nobody = command.run("team", "remove", name, "typo@example.org", code=1).err
    assert f"Error: {worker} is not in the work team {name}.\n" == again
    assert "Error: Nobody here has the address 'typo@example.org'.\n" == nobody


def test_the_portal_is_limited_to_networks_and_opened_again_by_whoever_has_the_machine(
    secondlook_server: LocalServer, tmp_path: Path
) -> None:
    command = of(secondlook_server, tmp_path)
    nobody = command.run("team", "networks", code=1)
    command.run("team", "create", "crew", "--invite", "ann@example.org")
    before = command.run("team", "networks")
    limited = command.run("team", "networks", "--allow", "192.0.2.0/24, 2001:db8::/32")
    kept_out = command.run("work", "--as", "ann@example.org", "--accept", code=1)
    lifted = command.run("team", "networks", "--everywhere")
    let_in = command.run("work", "--as", "ann@example.org", "--accept", code=1)

    assert "There is no workforce yet" in nobody.err
    assert "everywhere\n" == before.out == lifted.out
    assert "192.0.2.0/24\n2001:db8::/32\n" == limited.out
    assert "can be used from certain networks only; your address is 127.0.0.1" in kept_out.err
    assert "Nothing is waiting" in let_in.err


def test_a_team_that_is_not_there_is_named(command: CommandLine) -> None:
    assert (
        "Error: The work team nowhere does not exist.\n"
        == command.run("team", "members", "nowhere", code=1).err
    )
