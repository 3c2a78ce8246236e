"""The list of commands: complete, cheap to show, and honest about what goes wrong."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from secondlook.cli.commands.catalog import COMMANDS as CATALOG
from secondlook.cli.commands.endpoints import COMMANDS as ENDPOINTS
from secondlook.cli.commands.keys import COMMANDS as KEYS
from secondlook.cli.commands.loops import COMMANDS as LOOPS
from secondlook.cli.commands.people import COMMANDS as PEOPLE
from secondlook.cli.commands.review import COMMANDS as REVIEW
from secondlook.cli.program import COMMANDS, program

GROUPS = {
    "catalog": CATALOG,
    "endpoints": ENDPOINTS,
    "keys": KEYS,
    "loops": LOOPS,
    "people": PEOPLE,
    "review": REVIEW,
}

ALL = {
    **COMMANDS,
    **{f"{group} {name}": lazy for group, lazies in GROUPS.items() for name, lazy in lazies.items()},
}


@pytest.mark.parametrize("name", ALL)
def test_the_line_in_the_list_is_the_command_s_own(name):
    command = ALL[name].load()

    assert command.get_short_help_str(limit=200).rstrip(".") == ALL[name].summary.rstrip(".")


@pytest.mark.parametrize("name", ALL)
def test_a_command_is_called_what_the_list_calls_it(name):
    assert ALL[name].load().name in {name.split()[-1], "execute", "list-keys", "list-people"}


def test_help_names_every_command():
    shown = CliRunner().invoke(program, ["--help"]).output

    assert all(f"  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["--help"], ["env", "--help"], ["exec", "--help"]])
def test_what_runs_in_a_shell_s_start_up_imports_neither_the_server_nor_botocore(arguments):
    script = f"""
import sys
from secondlook.cli.program import program
program({arguments!r}, standalone_mode=False)
print([name for name in ("secondlook.app", "botocore", "sqlalchemy", "starlette") if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "[]"


def test_a_server_without_a_terminal_does_not_import_rich():
    script = """
import sys
from secondlook.cli.commands import serve
from secondlook.cli.step import Step
with Step("Starting"):
    print("rich" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_a_name_that_is_no_command_is_refused():
    done = CliRunner().invoke(program, ["serv"])

    assert (2, True) == (done.exit_code, "No such command" in done.output)


def test_a_lazy_place_that_is_no_command_says_so():
    lazy = type(COMMANDS["env"])("secondlook.settings:Settings", "")

    with pytest.raises(TypeError, match="is no command"):
        lazy.load()


@pytest.mark.parametrize("name", ["env", "exec"])
def test_help_shows_examples_as_they_are_typed(name):
    shown = CliRunner().invoke(program, [name, "--help"]).output

    assert f"secondlook {name} " in shown.split("\n\n", 2)[2]
    assert "\\" not in shown


def options(command: click.Command) -> list[click.Option]:
    return [param for param in command.params if isinstance(param, click.Option)]


def every_command() -> list[click.Command]:
    commands = []
    for lazy in ALL.values():
        command = lazy.load()
        commands += command.commands.values() if isinstance(command, click.Group) else [command]
    return commands


@pytest.mark.parametrize(
    "command", every_command(), ids=lambda command: command.callback.__module__ + ":" + command.name
)
def test_every_command_and_option_is_explained(command):
    assert command.help
    assert [] == [option.name for option in options(command) if not option.help]


def test_the_help_of_the_demo_names_its_own_directory():
    shown = " ".join(CliRunner().invoke(program, ["demo", "--help"]).output.split())

    assert "else one of the demo's own in ./demo-data]" in shown
    assert "secondlook-data" not in shown


def test_a_command_whose_packages_are_not_installed_says_which_extra_brings_them():
    script = """
import sys
sys.modules["mcp"] = None
sys.argv[1:] = ["mcp"]
from secondlook.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (1, "Error: This needs mcp, which is not installed: pip install 'secondlook[mcp]'\n") == (
        done.returncode,
        done.stderr,
    )
