"""What nobody signed: S3 denies it in its own words wherever no page was meant, and says nothing of what exists."""

from __future__ import annotations

import pytest

from tests.journeys.signed import unsigned

AMAZONS = {"x-amz-date": "20260101T000000Z"}
PAGE = {"Accept": "text/html"}


def answer_to(server, method, path, host="", **headers):
    """Status, type and body without what differs from request to request."""
    host = {"Host": f"{host}:{server.port}"} if host else {}
    answer = unsigned(server, method, path, {**host, **headers})
    body = answer.body.replace(answer.headers.get("x-amz-request-id", "-").encode(), b"ID")
    head, _, tail = body.partition(b"<HostId>")
    return answer.status, sorted(answer.headers), head + tail.partition(b"</HostId>")[2]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"])
def test_no_bucket_is_told_from_one_that_does_not_exist(server, bucket, method):
    absent = bucket[:-1] + ("a" if bucket[-1] != "a" else "b")
    for there, not_there in (
        (("", f"/{bucket}"), ("", f"/{absent}")),
        (("", f"/{bucket}/key?acl"), ("", f"/{absent}/key?acl")),
        ((f"{bucket}.localhost", "/"), (f"{absent}.localhost", "/")),
        ((f"{bucket}.localhost", "/sign-in"), (f"{absent}.localhost", "/sign-in")),
    ):
        status, headers, body = answer_to(server, method, there[1], there[0])
        other = answer_to(server, method, not_there[1], not_there[0])

        assert status == 403
        assert (status, headers, body.replace(bucket.encode(), b"-")) == (
            *other[:2],
            other[2].replace(absent.encode(), b"-"),
        )
        if method != "HEAD":
            assert b"<Code>AccessDenied</Code><Message>Access Denied</Message>" in body


def test_a_header_of_aws_makes_it_s3s_whatever_the_path(sqlite_server):
    status, _, body = answer_to(sqlite_server, "GET", "/", **AMAZONS)

    assert (status, b"<Code>AccessDenied</Code>" in body) == (403, True)


def test_cloudfront_before_the_portal_makes_no_program_of_a_browser(sqlite_server):
    assert answer_to(sqlite_server, "GET", "/sign-in", **{"X-Amz-Cf-Id": "abc"})[0] == 200


def test_other_services_deny_in_their_own_words(sqlite_server):
    loops = unsigned(sqlite_server, "GET", "/human-loops", {})
    target = unsigned(sqlite_server, "POST", "/", {"X-Amz-Target": "SageMaker.ListModels"})

    assert loops.code == "MissingAuthenticationTokenException"
    assert target.code == "MissingAuthenticationTokenException"


@pytest.mark.parametrize(
    "path", ["/", "/console/loop", "/work/one/two", "/tasks/x", "/welcome", "/static/none.css"]
)
def test_mistyped_addresses_of_pages_stay_the_pages(sqlite_server, path):
    answer = unsigned(sqlite_server, "GET", path, PAGE)

    assert answer.status in {303, 404}
    assert b"<Error>" not in answer.body


@pytest.mark.parametrize("path", ["/bucket/key", "/bucket"])
def test_a_preflight_of_a_bucket_is_answered_without_a_look_at_it(sqlite_server, path):
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}

    assert unsigned(sqlite_server, "OPTIONS", path, headers).headers["access-control-allow-origin"]
