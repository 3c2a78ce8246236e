"""What went wrong, in words that an agent can act on. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004  (botocore's)
    EndpointConnectionError,
    HTTPClientError,
)
from urllib3.exceptions import HTTPError

from secondlook.client import failures
from secondlook.client.errors import NoServer, SecondlookError, WrongParameter

ARGUMENTS: Mapping[str, str] = {
    "HumanLoopName": "review",
    "FlowDefinitionName": "flow",
    "InputContent": "input",
}
"""What the tools call the parameters of operations."""

MISSING = frozenset({"NoSuchKey", "ResourceNotFound", "ResourceNotFoundException"})

SERVER_ERROR = 500


class NotPossible(SecondlookError):
    """What an agent asked for cannot be; the message says what would be right."""


def words(error: Exception) -> str | None:
    """The words for an error; None where it is a mistake of our own."""
    match error:
        case WrongParameter():
            name = str(error).partition(" ")[0]
            return f"{ARGUMENTS.get(name, name)}: {error.violation}."
        case NoServer():
            return error.naming("--data")
        case SecondlookError():
            return str(error)
        case ClientError() if failures.is_denied(error):
            return f"{failures.words(error)} The access key that this tool was given is not for that."
        case ClientError() | BotoCoreError() | HTTPError():
            return failures.words(error, "--data")
        case _:
            return None


def will_pass(error: Exception) -> bool:
    """Whether the same call may succeed later: the server is away, or has trouble of its own."""
    if isinstance(error, ClientError):
        return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)) >= SERVER_ERROR
    return isinstance(error, EndpointConnectionError | ConnectionError | HTTPClientError | NoServer)


def is_missing(error: ClientError) -> bool:
    """Whether what was named is not there: an object, a loop, a flow definition."""
    return failures.code(error) in MISSING
