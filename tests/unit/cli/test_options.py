"""Options that take several values."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from secondlook.cli.options import Several
from secondlook.cli.program import program


def every_command(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


SEVERAL = {
    f"{path} {option.opts[0]}": option
    for path, command in every_command(program)
    for option in command.params
    if option.multiple or "," in str(option.metavar)
}
LISTS = [pytest.param(option, id=name) for name, option in SEVERAL.items()]


def test_the_options_that_take_several_values_are_known():
    assert {
        "invite",
        "allow",
        "buckets",
        "trusted_proxy",
        "allowed_hosts",
        "allow_outbound",
        "image",
        "decisions",
        "flows",
    } == {str(option.name) for option in SEVERAL.values()}


@pytest.mark.parametrize("option", LISTS)
def test_values_count_together_however_they_are_given(option):
    flag = option.opts[0]
    command = click.Command("command", params=[option])

    def parsed(*arguments: str) -> object:
        return command.make_context("command", [*arguments]).params[option.name]

    assert isinstance(option, Several)
    assert ("a", "b", "c") == parsed(flag, "a", flag, "b, c,") == parsed(flag, "a,b", flag, "c")
    assert parsed(flag, "") == ()
    assert parsed() is None
