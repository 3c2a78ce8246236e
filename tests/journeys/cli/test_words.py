"""What is wrong with an argument is said of the argument, before the server is asked, and never in the words of a service model."""

from __future__ import annotations

import pytest

from tests.commandline import CommandLine

NAME = "cannot be a name: one holds letters, digits, and hyphens between them."
MANY = ",".join(f"a{number}@example.org" for number in range(51))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("team", "create", "bad name!"), f"Invalid value for 'NAME': 'bad name!' {NAME}"),
        (("team", "create", ""), "Invalid value for 'NAME': it must not be empty."),
        (("team", "create", "a" * 70), "is too long: it has 70 characters, and at most 63 are possible."),
        (
            ("team", "create", "t", "--invite", MANY),
            "Invalid value for '--invite': the list is too long: it has 51",
        ),
        (("team", "members", "bad name!"), f"Invalid value for 'NAME': 'bad name!' {NAME}"),
        (
            ("keys", "create", "k", "--bucket", "a"),
            "Invalid value for '--bucket': 'a' is too short: at least 3",
        ),
        (("keys", "revoke", ""), "Invalid value for 'KEY': it must not be empty."),
        (("loops", "show", "no pe"), f"Invalid value for 'NAME': 'no pe' {NAME}"),
        (
            ("webhooks", "add", "https://example.org/", "--flow", "no pe"),
            f"Invalid value for '--flow': 'no pe' {NAME}",
        ),
        (("webhooks", "deliveries", "9" * 20), "Invalid value for 'ID': 99999999999999999999 is not between"),
    ],
)
def test_a_value_that_cannot_be_is_named_by_its_argument(
    command: CommandLine, arguments: tuple[str, ...], message: str
) -> None:
    said = command.run(*arguments, code=2).err

    assert message in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("team", "create", "t", "--invite", "a,foo,b@x.org"),
            "Error: 'a' and 'foo' are not e-mail addresses;",
        ),
        (("keys", "create", ""), "Error: An access key needs a name"),
        (("keys", "revoke", "nope"), "Error: There is no access key with the id 'nope'"),
        (("webhooks", "deliveries", "7000000"), "Error: There is no webhook 7000000."),
        (
            ("webhooks", "add", "http://10.0.0.1/x"),
            "Error: http://10.0.0.1/x leads to the private address 10.0.0.1;",
        ),
        (
            ("catalog", "subscribe", "nope"),
            "Error: There is no product 'nope' in the catalog; there are: fastestdet",
        ),
        (("people", "reset-password", "nope"), "Error: Nobody here has the address 'nope'."),
    ],
)
def test_what_only_the_server_knows_is_said_in_words(
    command: CommandLine, arguments: tuple[str, ...], message: str
) -> None:
    assert message in command.run(*arguments, code=1).err


def test_a_limit_of_networks_that_is_none_is_named_by_its_option(command: CommandLine, worker: str) -> None:
    for wrong in ("10.0.0", "10.0.0.0/40"):
        said = command.run("team", "networks", "--allow", wrong, code=2).err

        assert f"Invalid value for '--allow': {wrong!r} is no CIDR: write it like 192.0.2.0/24" in said


def test_keys_that_are_missing_are_named_in_good_english(command: CommandLine) -> None:
    env = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}

    said = CommandLine(None, command.cwd, env).run("keys", "list", code=1).err

    assert "but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not. Set the key too" in said
