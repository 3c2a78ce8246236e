"""The walk at the top of docs/hosting.md, done as it stands there: its commands, its programs, and what they print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests import processes
from tests.running import Server, free_port

PAGE = Path(__file__).parents[2] / "docs" / "hosting.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVE = "$ secondlook serve "
SAVED_AS = "server.py"


def blocks(port: int) -> list[tuple[str, str]]:
    """Language and text of each block of the walk; its server elsewhere listens on `port`."""
    walk = PAGE.read_text().partition("\n## ")[0].replace("8090", str(port))
    return BLOCK.findall(walk)


def test_the_walk_leads_where_it_says(tmp_path: Path) -> None:
    first, *rest = blocks(free_port())
    assert first[1].startswith(SERVE)
    settings = shlex.split(first[1].removeprefix(SERVE))
    assert settings == ["--allow-model-code", "--allow-outbound", "127.0.0.0/8"]

    with (
        Server(
            tmp_path / "secondlook-data", {"allow_model_code": "1", "allow_outbound": settings[-1]}
        ) as server,
        ExitStack() as stack,
    ):
        server.start()
        walker = Walker(tmp_path, stack)
        for language, text in rest:
            walker.step(language, text)
    assert walker.compared >= 5


class Walker:
    """Somebody at a terminal in `directory`, who reads the page from top to bottom."""

    def __init__(self, directory: Path, stack: ExitStack) -> None:
        self.directory = directory
        self.stack = stack
        self.prelude = ""
        self.said = ""
        self.compared = 0
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        self.env = {**kept, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    def step(self, language: str, text: str) -> None:
        if language == "console":
            for command, _, printed in (
                part.partition("\n") for part in text.split("$ ")[1:] if "\n" in part
            ):
                self.command(command)
                self.expect(printed)
        elif language == "python" and "serve_forever" in text:
            (self.directory / SAVED_AS).write_text(text)
        elif language == "python":
            (self.directory / "program.py").write_text(text)
            self.command("python program.py")
        else:
            assert language == ""
            self.expect(text)

    def command(self, command: str) -> None:
        if command.startswith("eval "):
            self.prelude = f"{command}\n"  # of each command that follows: they share a shell there
        elif command.endswith("&"):
            running = shlex.split(command.removesuffix("&"))
            self.stack.enter_context(processes.running(running, cwd=self.directory, env=self.env))
        else:
            done = subprocess.run(
                ["bash", "-ec", self.prelude + command],
                cwd=self.directory,
                env=self.env,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
            self.said = done.stdout

    def expect(self, printed: str) -> None:
        """Each line stands at the end of one that was printed."""
        lines = self.said.splitlines()
        for line in printed.splitlines():
            assert any(said.endswith(line) for said in lines), f"{line!r} is not in\n{self.said}"
            self.compared += 1
