"""What goes wrong on the way to a server or is refused there, in one line: for people at a terminal and in programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004  (botocore's)
    EndpointConnectionError,
    HTTPClientError,
    ParamValidationError,
)

from secondlook.client.errors import NoServer, Refused, SecondlookError

FAILURES = (BotoCoreError, ClientError)
"""What clients of botocore's raise."""

SIGNATURE_CODES = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"})

DENIED = frozenset({"AccessDenied", "AccessDeniedException"})


@contextmanager
def in_words() -> Iterator[None]:
    """What clients raise in this block becomes a SecondlookError: NoServer, or Refused with the code of the refusal."""
    try:
        yield
    except EndpointConnectionError as error:
        raise NoServer(words(error, "{data}")) from error
    except ClientError as error:
        raise Refused(words(error), code(error)) from error
    except BotoCoreError as error:
        raise SecondlookError(words(error)) from error


def code(error: ClientError) -> str:
    """The code of a refusal, as `AccessDenied`."""
    return str(error.response.get("Error", {}).get("Code", ""))


def is_denied(error: ClientError) -> bool:
    """Whether the key may not do this."""
    return code(error) in DENIED


def words(error: Exception, data: str = "data=DIR") -> str:
    """One line about what a client has raised. `data` is how the reader names a server's directory."""
    if isinstance(error, ClientError):
        return _refusal(error)
    if isinstance(error, EndpointConnectionError):
        url = str(error.kwargs.get("endpoint_url", "the server's address")).rstrip("/")
        return f"No server answers at {url}. Start it with `secondlook serve`, or name another with {data}."
    if isinstance(error, ConnectionError | HTTPClientError):
        return f"The server did not answer: {error}"
    if isinstance(error, ParamValidationError):
        return str(error.kwargs.get("report", error)).strip()
    return str(error)


def _refusal(error: ClientError) -> str:
    details: dict[str, Any] = error.response.get("Error", {})
    message = str(details.get("Message") or "").strip()
    if code(error) in SIGNATURE_CODES:
        return f"{message} If the server was set up anew, read its environment again (`secondlook env`)."
    return message or f"{error.operation_name} was refused: {code(error) or error}."
