"""`secondlook serve` and `migrate`, and colours."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
from pathlib import Path

from secondlook.cli.commands.serve import options as serve_options
from tests.commandline import CommandLine
from tests.running import Server, eventually, free_port
from tests.terminal import on_terminal


def test_every_wrong_start_is_one_clear_line(
    sqlite_server: Server, command: CommandLine, tmp_path: Path
) -> None:
    taken = command.run("serve", code=1).err
    port = CommandLine(tmp_path / "new", tmp_path).run("serve", "--port", str(sqlite_server.port), code=1).err
    setting = command.run("serve", "--account", "12", code=1).err

    assert re.search(
        r"Error: The data directory \S+ is in use by secondlook serve, process \d+: stop it first, or name another with --data\.",
        taken,
    )
    assert f"Error: Cannot listen on 127.0.0.1:{sqlite_server.port}" in port
    assert "Error: --account must be 12 digits, not '12'" in setting


def test_a_misspelt_variable_is_said(sqlite_server: Server, tmp_path: Path) -> None:
    line = CommandLine(sqlite_server.data, tmp_path, {"SECONDLOOK_PROT": "8800", "SECONDLOOK_TRACEBACK": ""})

    assert (
        "SECONDLOOK_PROT is no setting and changes nothing; did you mean SECONDLOOK_PORT?"
        in line.run("serve", code=1).err
    )


def test_a_port_accepts_nobody_before_programs_can_be_told_how_to_reach_it(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    command = CommandLine(None, tmp_path, port=port)
    with command.running("serve", "--data", str(data), "--tls-port", "0"):
        eventually(lambda: accepts(port))

        assert (data / "client.json").exists()


def accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def test_an_address_of_another_machine_is_said(tmp_path: Path) -> None:
    said = CommandLine(tmp_path / "new", tmp_path).run("serve", "--host", "192.0.2.1", code=1).err

    assert re.search(
        r"Error: Cannot listen on 192\.0\.2\.1:\d+: .*Choose an address of this machine with --host\.", said
    )


def test_help_of_serve_names_every_setting(command: CommandLine) -> None:
    shown = command.run("serve", "--help").out

    assert all(option.opts[0] in shown for option in serve_options())


def test_a_database_is_migrated_offline_and_only_then(own_server: Server, tmp_path: Path) -> None:
    command = CommandLine(own_server.start().data, tmp_path)
    assert "is in use by secondlook serve" in command.run("migrate", code=1).err
    own_server.stop()

    assert "this version's schema" in command.run("migrate").out


def test_ctrl_c_ends_a_server_without_a_fuss(own_server: Server) -> None:
    server = own_server.start()
    assert server.process is not None
    eventually(lambda: "Stop with Ctrl-C." in server.log)
    server.process.send_signal(signal.SIGINT)

    assert 0 == server.process.wait(30)
    assert "Traceback" not in server.log


def test_colours_are_for_terminals_that_want_them(command: CommandLine) -> None:
    plain = CommandLine(command.data, command.cwd, {"NO_COLOR": "1"})
    with on_terminal(command, "loops", "watch", "nothing") as terminal:
        terminal.read_to_end()
    with on_terminal(plain, "loops", "watch", "nothing") as without:
        without.read_to_end()

    assert "\x1b[31m" in terminal.raw
    assert not re.search(r"\x1b\[[0-9;]*m", without.raw)
    assert "\x1b" not in command.run("loops", "watch", "nothing", code=1).err


def test_a_step_on_a_terminal_is_one_line_that_says_how_it_ended(own_server: Server, tmp_path: Path) -> None:
    command = CommandLine(own_server.start().data, tmp_path)
    own_server.stop()
    with on_terminal(command, "migrate") as terminal:
        terminal.read_to_end()
    piped = command.run("migrate").err

    assert re.search(r"^✓ Migrating \S+secondlook.sqlite$", terminal.shown.replace("\r", ""), re.MULTILINE)
    assert "\x1b[2K" in terminal.raw
    assert piped.startswith("Migrating /")
    assert "✓" not in piped
