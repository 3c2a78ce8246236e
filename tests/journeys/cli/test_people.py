"""`secondlook people`."""

from __future__ import annotations

import re
from pathlib import Path

from tests.commandline import CommandLine, of
from tests.forms import post
from tests.running import Server, eventually

FIRST, SECOND = "a long password", "another long password"


def first_admin(server: Server, email: str) -> None:
    """The admin account, made by the link that the server prints at its first start."""
    link = eventually(lambda: re.search(r"http://\S+/welcome/\S+", server.log))[0]
    assert 303 == post(link, email=email, name="Ada", password=FIRST)


def test_a_lost_admin_password_is_replaced_with_nothing_but_the_data_directory(
    own_server: Server, tmp_path: Path
) -> None:
    first_admin(own_server.start(), "ada@example.org")
    own_server.stop()
    command = of(own_server, tmp_path)

    link = command.run("people", "reset-password", "ada@example.org").out.strip()
    unknown = command.run("people", "reset-password", "bob@example.org", code=1).err
    own_server.start()

    assert link.startswith(f"{own_server.url}/welcome/")
    assert "Nobody here has the address 'bob@example.org'" in unknown
    assert 303 == post(link, password=SECOND)
    assert 403 == post(f"{own_server.url}/sign-in", email="ada@example.org", password=FIRST)
    assert 303 == post(f"{own_server.url}/sign-in", email="ada@example.org", password=SECOND)


def test_people_are_listed_with_their_teams_and_how_far_they_have_come(
    own_server: Server, tmp_path: Path
) -> None:
    first_admin(own_server.start(), "ada@example.org")
    command = of(own_server, tmp_path)
    command.run("team", "create", "crew", "--invite", "bob@example.org,ada@example.org")
    listed = command.run("people", "list").out

    assert re.search(r"^ada@example.org +Ada +crew +joined +yes$", listed, re.MULTILINE)
    assert re.search(r"^bob@example.org +crew +invited +no$", listed, re.MULTILINE)


def test_a_reset_through_the_server_is_refused_in_words(command: CommandLine, worker: str) -> None:
    said = command.run("people", "reset-password", worker, code=1).err

    assert (
        f"Error: {worker} has not joined yet and so has no password: send a new invitation instead.\n" == said
    )


def test_people_are_listed_in_pages_and_by_the_command_to_the_last(
    sqlite_server: Server, tmp_path: Path, name: str
) -> None:
    own = sqlite_server.client("secondlook")
    emails = [f"{name}-{number:03}@example.org" for number in range(101)]
    for start in range(0, len(emails), 50):
        own.create_team(TeamName=name, Invite=emails[start : start + 50])
    first = own.list_people(MaxResults=1)
    second = own.list_people(MaxResults=1, NextToken=first["NextToken"])
    listed = of(sqlite_server, tmp_path).run("people", "list").out

    assert first["People"][0]["Email"] < second["People"][0]["Email"]
    assert emails == sorted(re.findall(rf"^{name}-\d+@example.org", listed, re.MULTILINE))
    assert len(emails) == len(re.findall(rf"^{name}-\d+@example.org .* {name} ", listed, re.MULTILINE))
