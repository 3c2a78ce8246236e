"""Headers and query strings as values."""

from __future__ import annotations

from dataclasses import replace

from secondlook.wire.http import Headers, Request, parameters


def test_a_header_is_found_whatever_its_case() -> None:
    headers = Headers([("X-Amz-Date", "now")])

    assert headers.get("x-AMZ-date") == "now"
    assert "X-AMZ-DATE" in headers


def test_a_repeated_header_is_one_value_and_each_of_them() -> None:
    headers = Headers([("A", "1"), ("b", "2"), ("a", "3")])

    assert headers.get("a") == "1,3"
    assert headers.all("A") == ["1", "3"]
    assert list(headers) == [("a", "1"), ("b", "2"), ("a", "3")]


def test_a_header_that_is_not_there_has_its_default() -> None:
    assert Headers().get("a") == ""
    assert Headers().get("a", "b") == "b"


def test_parameters_keep_their_order_and_repetitions() -> None:
    assert parameters("b=1&a&b=2&&a=%C3%BC+%2B") == [("b", "1"), ("a", ""), ("b", "2"), ("a", "ü +")]


def test_a_request_knows_its_parameters() -> None:
    request = Request("GET", "/", "uploads&prefix=a&prefix=b")

    assert request.names == {"uploads", "prefix"}
    assert request.parameter("prefix") == "a"
    assert request.parameter("marker") == ""


def test_a_media_type_is_told_without_its_parameters() -> None:
    assert (
        Request("GET", "/", headers=Headers([("Content-Type", "Text/HTML ; charset=x")])).media_type
        == "text/html"
    )


def test_a_request_that_was_read_is_the_same_but_for_its_body() -> None:
    request = Request("PUT", "/key", "a=1", Headers([("Host", "h")]), None, "bucket")
    parameters = request.parameters

    read = request.with_body(b"body")

    assert read == replace(request, body=b"body")
    assert read.parameters is parameters, "they are decoded once"
    assert request.body is None
