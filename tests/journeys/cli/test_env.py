"""`secondlook env` and `exec`, and which server and key every command uses."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.commandline import CommandLine, of
from tests.running import Server


def test_env_is_what_a_program_needs(sqlite_server: Server, command: CommandLine) -> None:
    printed = json.loads(command.run("env", "--format", "json").out)

    assert sqlite_server.environment == printed


def test_what_env_prints_is_a_requester_s_key(sqlite_server: Server, command: CommandLine) -> None:
    printed = json.loads(command.run("env", "--format", "json").out)
    listed = command.run("keys", "list").out
    said = CommandLine(None, command.cwd, printed).run("team", "create", "mine", code=1)

    assert re.search(rf"^{printed['AWS_ACCESS_KEY_ID']} +secondlook env +requester", listed, re.MULTILINE)
    assert "secondlook CreateTeam takes an access key of scope admin" in said.err
    assert "With --data, the command line uses the admin's key" in said.err


def test_env_has_a_key_that_brings_code_where_the_server_allows_that(
    sqlite_server: Server, command: CommandLine, tmp_path: Path
) -> None:
    refused = command.run("env", "--brings-code", code=1).err
    assert "secondlook serve --allow-model-code" in refused
    with Server(tmp_path / "data", {"allow_model_code": "1"}) as server:
        server.start()
        here = of(server, tmp_path)
        printed = json.loads(here.run("env", "--brings-code", "--format", "json").out)
        listed = here.run("keys", "list").out

        assert re.search(
            rf"^{printed['AWS_ACCESS_KEY_ID']} +secondlook env --brings-code +requester", listed, re.MULTILINE
        )
        assert printed["AWS_ACCESS_KEY_ID"] != server.environment["AWS_ACCESS_KEY_ID"]
        show = "import os; print(os.environ['AWS_ACCESS_KEY_ID'])"
        under_exec = here.run("exec", "--brings-code", "--", sys.executable, "-c", show).out
        assert under_exec.strip() == printed["AWS_ACCESS_KEY_ID"]


def test_commands_use_the_admin_s_key_also_in_a_shell_that_env_was_read_into(tmp_path: Path) -> None:
    """As in the README: `secondlook serve`, `eval "$(secondlook env)"`, `secondlook team create`, all in one directory."""
    server = Server(tmp_path / "secondlook-data").start()
    try:
        shell = CommandLine(None, tmp_path, server.environment)
        said = shell.run("team", "create", "reviewers")
    finally:
        server.stop()

    assert "workteam/private-crowd/reviewers" in said.out


def test_a_program_under_exec_speaks_to_the_server(command: CommandLine) -> None:
    script = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"

    assert "123456789012\n" == command.run("exec", "--", sys.executable, "-c", script).out


def test_a_program_under_exec_may_be_secondlook_itself(command: CommandLine, name: str) -> None:
    elsewhere = CommandLine(None, command.cwd, {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"})

    said = elsewhere.run(
        "exec",
        "--data",
        str(command.data),
        "--",
        sys.executable,
        "-m",
        "secondlook.cli",
        "team",
        "create",
        name,
    )

    assert f"workteam/private-crowd/{name}\n" in said.out


def test_a_server_that_does_not_run_is_named(command: CommandLine) -> None:
    stopped = CommandLine(None, command.cwd, {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID": "A",
                                              "AWS_SECRET_ACCESS_KEY": "s"})  # fmt: skip

    said = stopped.run("loops", "list", code=1)

    assert (
        "Error: No server answers at http://127.0.0.1:1. Start it with `secondlook serve`, or name another with --data.\n"
        == said.err
    )


def test_a_key_that_the_server_does_not_know_is_named(sqlite_server: Server, command: CommandLine) -> None:
    env = {**sqlite_server.environment, "AWS_ACCESS_KEY_ID": "AKIAAAAAAAAAAAAAAAAA"}

    said = CommandLine(None, command.cwd, env).run("loops", "list", code=1)

    assert "does not exist in our records" in said.err


@pytest.mark.parametrize("has_port_for_tls", [True, False])
def test_a_server_with_a_certificate_of_its_own_is_trusted_over_https(
    tmp_path: Path, name: str, has_port_for_tls: bool
) -> None:
    server = Server(tmp_path / "data")
    if not has_port_for_tls:
        server.settings["tls_port"] = "0"
    port = server.tls_port if has_port_for_tls else server.port
    server.settings["public_url"] = f"https://127.0.0.1:{port}"
    server.start()
    command, script = (
        of(server, tmp_path),
        "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])",
    )
    try:
        printed = json.loads(command.run("env", "--format", "json").out)
        account = command.run("exec", "--", sys.executable, "-c", script).out
        command.run("team", "create", name, "--invite", "ann@example.org")
        said = command.run("work", "--as", "ann@example.org", "--accept", code=1)
    finally:
        server.stop()

    assert str(server.data / "tls" / "certificate.pem") == printed["AWS_CA_BUNDLE"]
    assert "123456789012\n" == account
    assert "Nothing is waiting for ann@example.org" in said.err
