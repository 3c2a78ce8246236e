"""`secondlook mcp --http`: on this machine, for who has the token."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

from tests.commandline import CommandLine
from tests.journeys.agent import INITIALIZE, Agent, over_http
from tests.journeys.reviewing import Review
from tests.running import Server, eventually, free_port

TOKEN = "a-token-of-the-users-own"


@dataclass
class Listening:
    port: int
    process: subprocess.Popen[str]
    said: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/mcp"

    def status(self, **headers: str) -> int:
        """Of the first thing that a client asks."""
        sent = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "Authorization": f"Bearer {TOKEN}",
            **headers,
        }
        response = urllib3.request("POST", self.url, json=INITIALIZE, headers=sent, retries=False)
        return response.status


@contextmanager
def listening(server: Server, cwd: Path, token: str = TOKEN) -> Iterator[Listening]:
    command = CommandLine(server.data, cwd, {"SECONDLOOK_MCP_TOKEN": token})
    port, said = free_port(), cwd / "said"
    with said.open("w") as err, command.running("mcp", "--http", str(port), stderr=err) as process:
        eventually(lambda: process.poll() is not None or answers(port))
        assert process.poll() is None, said.read_text()
        yield Listening(port, process, said)


def answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def test_an_agent_asks_over_http(sqlite_server: Server, name: str, tmp_path: Path) -> None:
    review = Review(sqlite_server, name)
    with listening(sqlite_server, tmp_path) as there, Agent.of(over_http(there.url, TOKEN)) as agent:
        loop = agent.ask("ask_for_review", flow=name, input={"text": "x"}).value["review"]
        waiting = agent.begin("wait_for_review", review=loop, timeout_seconds=60)
        worker = review.worker()
        worker.submit(review.taken(worker, loop), {"ok": "yes"})

        assert {"ok": "yes"} == waiting.result(60).value["answers"][0]["content"]


def test_only_who_has_the_token_and_comes_from_here_is_answered(
    sqlite_server: Server, tmp_path: Path
) -> None:
    with listening(sqlite_server, tmp_path) as there:
        statuses = {
            "right": there.status(),
            "no token": there.status(Authorization=""),
            "another": there.status(Authorization="Bearer no"),
            "no text": there.status(Authorization="Bearer \xe9"),
            "a page elsewhere": there.status(Origin="https://evil.example"),
            "a name that leads here": there.status(Host="evil.example"),
        }
        others = {
            urllib3.request(method, there.url, retries=False).status
            for method in ("GET", "DELETE", "OPTIONS")
        }
        there.process.send_signal(signal.SIGTERM)
        there.process.wait(20)
        said = there.said.read_text()

    assert {
        "right": 200,
        "no token": 401,
        "another": 401,
        "no text": 401,
        "a page elsewhere": 403,
        "a name that leads here": 421,
    } == statuses
    assert {401} == others
    assert TOKEN not in said


def test_a_token_is_made_and_printed_where_none_is_given(sqlite_server: Server, tmp_path: Path) -> None:
    with listening(sqlite_server, tmp_path, token="") as there:
        (token,) = re.findall(r"Authorization: Bearer (\S+)", there.said.read_text())

        assert f"Agents reach it at {there.url}" in there.said.read_text()
        assert (200, 401) == (there.status(Authorization=f"Bearer {token}"), there.status())


def test_a_port_that_is_taken_is_named(sqlite_server: Server, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = CommandLine(sqlite_server.data, tmp_path).run("mcp", "--http", str(port), code=1).err

    assert f"Port {port} of 127.0.0.1 cannot be had: Address already in use." in said


@pytest.mark.parametrize("port", ["0", "70000", "web"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    assert "--http" in CommandLine(None, tmp_path).run("mcp", "--http", port, code=2).err
