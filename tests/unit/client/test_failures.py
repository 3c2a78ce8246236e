"""What clients raise becomes one line, in the words of whoever reads it."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, ReadTimeoutError

from secondlook.client import failures
from secondlook.client.errors import NoServer, Refused, SecondlookError

UNREACHED = EndpointConnectionError(endpoint_url="http://127.0.0.1:1/")


def refusal(code: str, message: str = "No.") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "StartHumanLoop")


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (UNREACHED, NoServer, "No server answers at http://127.0.0.1:1. Start it with `secondlook serve`"),
        (refusal("AccessDenied"), Refused, "No."),
        (refusal("InvalidClientTokenId"), Refused, "read its environment again"),
        (refusal("Odd", ""), Refused, "StartHumanLoop was refused: Odd"),
        (
            ReadTimeoutError(endpoint_url="http://h"),
            SecondlookError,
            "The server did not answer: Read timeout",
        ),
        (NoCredentialsError(), SecondlookError, "Unable to locate credentials"),
    ],
)
def test_a_failure_of_a_call_is_an_error_of_ours_with_its_cause(error, kind, message):
    with pytest.raises(kind, match=message) as raised, failures.in_words():
        raise error

    assert error is raised.value.__cause__


def test_a_refusal_has_the_code_of_aws():
    with pytest.raises(Refused) as raised, failures.in_words():
        raise refusal("ThrottlingException")

    assert "ThrottlingException" == raised.value.code


def test_a_server_that_is_missing_names_the_way_to_another_as_its_reader_does():
    with pytest.raises(NoServer, match="name another with data=DIR") as raised, failures.in_words():
        raise UNREACHED

    assert "name another with --data." in raised.value.naming("--data")


def test_other_errors_stay_what_they_are():
    with pytest.raises(ZeroDivisionError), failures.in_words():
        raise ZeroDivisionError
