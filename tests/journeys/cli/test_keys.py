"""`secondlook keys`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from secondlook.review.decisions.rights import SCOPES
from tests.commandline import CommandLine, of
from tests.running import Server


def test_a_key_works_until_it_is_revoked(sqlite_server: Server, command: CommandLine, name: str) -> None:
    key = json.loads(command.run("keys", "create", name, "--scope", "admin", "--json").out)
    env = {
        **sqlite_server.environment,
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }
    other = CommandLine(None, command.cwd, env)

    assert name in other.run("keys", "list").out
    command.run("keys", "revoke", key["AccessKeyId"])
    assert (
        "does not exist in our records. If the server was set up anew"
        in other.run("keys", "list", code=1).err
    )


def test_a_key_is_bound_to_buckets_and_ends(command: CommandLine, name: str) -> None:
    bound = ("--bucket", "pictures", "--bucket", "answers", "--expires", "2999-01-31")
    key = json.loads(command.run("keys", "create", name, "--scope", "runtime", *bound, "--json").out)
    listed = command.run("keys", "list").out

    assert re.search(
        rf"^{key['AccessKeyId']} +{name} +runtime +answers, pictures .* 2999-01-31, end of day +never +in use$",
        listed,
        re.MULTILINE,
    )


def test_the_help_of_keys_create_says_what_each_scope_may_do(command: CommandLine) -> None:
    shown = " ".join(command.run("keys", "create", "--help").out.split())

    assert all(f"{scope}: {what}" in shown for scope, what in SCOPES.items())


def test_a_bucket_that_is_not_there_is_warned_of_with_and_without_a_server(
    sqlite_server: Server, command: CommandLine, tmp_path: Path, name: str
) -> None:
    sqlite_server.client("s3").create_bucket(Bucket=name)
    for line in (command, CommandLine(tmp_path / "new", tmp_path)):
        said = line.run("keys", "create", "k", "--bucket", f"{name}-nope").err

        assert f"Warning: The bucket '{name}-nope' does not exist" in said
    assert "does not exist" not in command.run("keys", "create", "k", "--bucket", name).err


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("requester", "the key may make it."),
        ("runtime", "a key of scope runtime may not make it, and may use it once it is there."),
    ],
)
def test_the_warning_says_what_a_key_of_this_scope_may_do(
    sqlite_server: Server, command: CommandLine, name: str, scope: str, words: str
) -> None:
    said = command.run("keys", "create", "k", "--scope", scope, "--bucket", name, "--json")
    key = json.loads(said.out)
    s3 = sqlite_server.client("s3", (key["AccessKeyId"], key["SecretAccessKey"]))

    assert f"The bucket {name!r} does not exist; {words}" in said.err
    if scope == "runtime":
        with pytest.raises(ClientError, match="AccessDenied"):
            s3.create_bucket(Bucket=name)
    else:
        s3.create_bucket(Bucket=name)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--expires", "soon"), "'soon' is no time: write 30d, 12h, 5min, 2027-01-31 or 2027-01-31T18:00"),
        (("--expires", "2020-01-01"), "at 2020-01-02 00:00 UTC, the end of 2020-01-01, which is past"),
        (("--bucket", "No Bucket"), "no name of a bucket of yours"),
        (("--scope", "admin", "--bucket", "pictures"), "scope admin cannot be bound to buckets"),
        (("--scope", "runtime", "--brings-code"), "runtime makes no models, so it cannot bring code"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_and_without_a_server(
    command: CommandLine, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    code = 2 if "soon" in arguments else 1
    for line in (command, CommandLine(tmp_path / "new", tmp_path)):
        assert reason in line.run("keys", "create", "k", *arguments, code=code).err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--brings-code",), "brings its own"), (("--scope", "admin"), "brings its own"), ((), "none")],
)
def test_the_list_says_which_keys_bring_code(
    command: CommandLine, name: str, arguments: tuple[str, ...], code: str
) -> None:
    key = json.loads(command.run("keys", "create", name, *arguments, "--json").out)["AccessKeyId"]

    assert re.search(
        rf"^{key} +{name} +\w+ +every one +{code} ", command.run("keys", "list").out, re.MULTILINE
    )


def test_without_a_server_a_key_is_made_in_the_data_directory_itself(tmp_path: Path) -> None:
    data = tmp_path / "data"
    key = json.loads(CommandLine(data, tmp_path).run("keys", "create", "early", "--json").out)
    with Server(data) as server:
        listed = of(server.start(), tmp_path).run("keys", "list").out

    assert re.search(rf"^{key['AccessKeyId']} +early +requester +every one", listed, re.MULTILINE)
