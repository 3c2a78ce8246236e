"""The server that a command talks to, and what went wrong with it in the words of the command line."""

from __future__ import annotations

from pathlib import Path

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004  (botocore's)
    EndpointConnectionError,
    HTTPClientError,
    ParamValidationError,
)

from secondlook.cli import words
from secondlook.cli.errors import explain
from secondlook.client import access
from secondlook.client.service import Service

SIGNATURE_CODES = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"})

DENIED = frozenset({"AccessDenied", "AccessDeniedException"})


def reach(data: Path | None) -> Service:
    """The server that `--data` or the environment names."""
    return Service(access.find(data), words.check)


def _error_text(error: ClientError) -> str:
    details = error.response.get("Error", {})
    code, message = str(details.get("Code", "")), str(details.get("Message") or "").strip()
    if code in SIGNATURE_CODES:
        return f"{message} If the server was set up anew, read its environment again (`secondlook env`)."
    if code in DENIED:
        return f"{message} With --data, the command line uses the admin's key in the server's directory."
    return message or f"{error.operation_name} was refused: {code or error}."


def _unreachable(error: EndpointConnectionError) -> str:
    url = error.kwargs.get("endpoint_url", "the server's address")
    return f"No server answers at {url.rstrip('/')}. Start it with `secondlook serve`, or name another with --data."


explain(ClientError, _error_text)
explain(EndpointConnectionError, _unreachable)
explain(ConnectionError, lambda error: f"The server did not answer: {error}")
explain(HTTPClientError, lambda error: f"The server did not answer: {error}")
explain(ParamValidationError, lambda error: str(error.kwargs.get("report", error)).strip())
explain(BotoCoreError)
