"""How long links are good for, and what is said of one that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request
from tests.wire.signing import NOW, check, encoded, query_signer, signed, v2_signer

ENDED = ("AccessDenied", 403, "Request has expired")

Signer = Callable[..., Any]


def v4_signer(expires: int) -> Any:
    return query_signer("s3", expires)


def error_of(request: Request, now: datetime = NOW) -> AwsError:
    with pytest.raises(AwsError) as caught:
        check(request, now=now)
    return caught.value


def error_in_xml(request: Request, now: datetime = NOW) -> tuple[str, int, str]:
    error = error_of(request, now)
    return *error.spoken("rest-xml", {}), error.message


@pytest.mark.parametrize("signer", [v2_signer, v4_signer])
def test_a_link_ends_when_it_says(signer: Signer) -> None:
    request = signed(signer(expires=60), "GET", "/bucket/key")

    check(request, now=NOW + timedelta(seconds=59))
    assert error_in_xml(request, NOW + timedelta(seconds=60)) == ENDED


@pytest.mark.parametrize("signer", [v2_signer, v4_signer])
def test_a_link_that_is_good_for_no_time_has_ended(signer: Signer) -> None:
    assert error_in_xml(signed(signer(expires=0), "GET", "/bucket/key")) == ENDED


def test_a_link_that_has_ended_says_when() -> None:
    members = {"Expires": "2026-11-23T12:01:00Z", "ServerTime": "2026-11-23T12:02:00Z"}
    now = NOW + timedelta(seconds=120, milliseconds=5)

    assert error_of(signed(v2_signer(60)), now).members == members
    assert error_of(signed(v4_signer(60)), now).members == {"X-Amz-Expires": "60", **members}


@pytest.mark.parametrize("day", ["20261124", "99991231"])
def test_a_link_from_the_future_is_refused(day: str) -> None:
    request = signed(v4_signer(60))
    request = replace(request, query=request.query.replace("20261123", day).replace("T120000Z", "T235959Z"))

    assert error_in_xml(request) == ("AccessDenied", 403, "Request is not yet valid")


A_WEEK = "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"


@pytest.mark.parametrize(
    ("expires", "message"),
    [
        ("-1", "X-Amz-Expires must be non-negative"),
        ("604801", A_WEEK),
        ("9" * 5000, A_WEEK),
        ("undefined", "X-Amz-Expires should be a number"),
        ("1_0", "X-Amz-Expires should be a number"),
        ("٣", "X-Amz-Expires should be a number"),
    ],
)
def test_a_link_of_version_4_is_good_for_up_to_a_week(expires: str, message: str) -> None:
    request = signed(v4_signer(3600))
    request = replace(request, query=request.query.replace("Expires=3600", f"Expires={encoded(expires)}"))

    assert error_in_xml(request) == ("AuthorizationQueryParametersError", 400, message)


@pytest.mark.parametrize("parameter", ["X-Amz-Expires=3600", "X-Amz-SignedHeaders=host"])
def test_a_link_of_version_4_that_lacks_a_parameter_is_told_which_it_needs(parameter: str) -> None:
    request = signed(v4_signer(3600))

    code, status, message = error_in_xml(replace(request, query=request.query.replace(parameter, "")))

    assert (code, status) == ("AuthorizationQueryParametersError", 400)
    assert parameter.partition("=")[0] in message


@pytest.mark.parametrize("expires", ["", "-1", "2026-11-23T12:00:00Z", "9" * 5000])
def test_a_link_of_version_2_ends_at_a_number_of_seconds(expires: str) -> None:
    request = signed(v2_signer(60))
    parameter = f"Expires={int(NOW.timestamp()) + 60}"
    request = replace(request, query=request.query.replace(parameter, f"Expires={encoded(expires)}"))

    code, status, message = error_in_xml(request)

    assert (code, status) == ("AccessDenied", 403)
    assert message.startswith("Invalid date (should be seconds since epoch)")
