"""What an agent is told of errors."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from secondlook.agents import problems
from secondlook.client.errors import NoServer, SecondlookError, WrongParameter

URL = "http://127.0.0.1:8700"


def refused(code: str, message: str = "", status: int = 400) -> ClientError:
    response: dict[str, Any] = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "StartHumanLoop")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WrongParameter("HumanLoopName", "N", "'N' cannot be a name"), "review: 'N' cannot be a name."),
        (WrongParameter("Bucket", "", "it must not be empty"), "Bucket: it must not be empty."),
        (SecondlookError("No."), "No."),
        (refused("ValidationException", "It does not exist."), "It does not exist."),
        (refused("Odd"), "StartHumanLoop was refused: Odd."),
        (
            refused("AccessDeniedException", "Not with this key."),
            "Not with this key. The access key that this tool was given is not for that.",
        ),
        (
            refused("InvalidClientTokenId", "There is no such key."),
            "There is no such key. If the server was set up anew, read its environment again (`secondlook env`).",
        ),
        (
            EndpointConnectionError(endpoint_url=f"{URL}/"),
            f"No server answers at {URL}. Start it with `secondlook serve`, or name another with --data.",
        ),
        (RuntimeError("a mistake of ours"), None),
    ],
)
def test_an_error_is_put_so_that_an_agent_can_act_on_it(error, words):
    assert words == problems.words(error)


@pytest.mark.parametrize(
    ("error", "will"),
    [
        (EndpointConnectionError(endpoint_url=URL), True),
        (ConnectionClosedError(endpoint_url=URL), True),
        (ReadTimeoutError(endpoint_url=URL), True),
        (NoServer("There is no client.json."), True),
        (refused("ServiceUnavailable", status=503), True),
        (refused("ResourceNotFoundException", status=400), False),
        (refused("AccessDenied", status=403), False),
        (WrongParameter("HumanLoopName", "N", "cannot be"), False),
    ],
)
def test_only_a_server_that_is_away_or_in_trouble_is_waited_for(error, will):
    assert will == problems.will_pass(error)
