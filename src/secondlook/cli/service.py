"""The server that a command talks to, and what went wrong with it in the words of the command line."""

from __future__ import annotations

from pathlib import Path

from botocore.exceptions import ClientError

from secondlook.cli import words
from secondlook.cli.errors import explain
from secondlook.client import access, failures
from secondlook.client.client_file import Access
from secondlook.client.service import Service


def reach(data: Path | None) -> Service:
    """The server that `--data` or the environment names."""
    return at(access.find(data))


def at(place: Access) -> Service:
    """The server behind an Access. What is wrong with a call names the options of the running command."""
    return Service(place, words.check)


def _words(error: Exception) -> str:
    said = failures.words(error, "--data")
    if isinstance(error, ClientError) and failures.is_denied(error):
        return f"{said} With --data, the command line uses the admin's key in the server's directory."
    return said


for _kind in failures.FAILURES:
    explain(_kind, _words)
