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

from secondlook.client.errors import NoServer, SecondlookError, WrongParameter

ARGUMENTS: Mapping[str, str] = {
    "HumanLoopName": "review",
    "FlowDefinitionName": "flow",
    "InputContent": "input",
}
"""What the tools call the parameters of operations."""

SIGNATURE_CODES = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"})
DENIED = frozenset({"AccessDenied", "AccessDeniedException"})
MISSING = frozenset({"NoSuchKey", "ResourceNotFound", "ResourceNotFoundException"})

SERVER_ERROR = 500


class Refused(SecondlookError):
    """What an agent asked for cannot be; the message says what would be right."""


def words(error: Exception) -> str | None:
    """The words for an error; None where it is a mistake of our own."""
    match error:
        case WrongParameter():
            name = str(error).partition(" ")[0]
            return f"{ARGUMENTS.get(name, name)}: {error.violation}."
        case SecondlookError():
            return str(error)
        case ClientError():
            return _refusal(error)
        case EndpointConnectionError():
            url = str(error.kwargs.get("endpoint_url", "the server's address")).rstrip("/")
            return f"No server answers at {url}; whoever runs it has to start it (`secondlook serve`)."
        case BotoCoreError() | HTTPError():
            return f"The server did not answer: {error}"
        case _:
            return None


def will_pass(error: Exception) -> bool:
    """Whether the same call may succeed later: the server is away, or has trouble of its own."""
    if isinstance(error, ClientError):
        return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)) >= SERVER_ERROR
    return isinstance(error, EndpointConnectionError | ConnectionError | HTTPClientError | NoServer)


def code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def is_denied(error: ClientError) -> bool:
    """Whether the key's scope, or the buckets it is bound to, are too narrow."""
    return code(error) in DENIED


def is_missing(error: ClientError) -> bool:
    """Whether what was named is not there: an object, a loop, a flow definition."""
    return code(error) in MISSING


def _refusal(error: ClientError) -> str:
    message = str(error.response.get("Error", {}).get("Message") or "").strip()
    if code(error) in SIGNATURE_CODES:
        return f"{message} Whoever configured this tool has to give it a key that the server knows."
    if is_denied(error):
        return f"{message} The access key that this tool was given is not for that."
    return message or f"{error.operation_name} was refused: {code(error) or error}."
