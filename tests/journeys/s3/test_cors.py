"""Rules of a bucket for pages of other origins, over plain HTTP as a browser speaks it."""

from __future__ import annotations

import html
import json
import sqlite3
from contextlib import closing
from email.message import Message
from typing import Any

import pytest

from tests.journeys.client_errors import code_of, refused
from tests.journeys.s3.test_links import fetch
from tests.journeys.signed import send
from tests.running import Server

OURS, OTHER = "https://ours.example", "https://other.example"
RULES = [
    {
        "AllowedMethods": ["GET", "PUT"],
        "AllowedOrigins": [OURS],
        "AllowedHeaders": ["content-type", "x-amz-*"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 600,
    }
]
SHARED = ("Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Expose-Headers")


@pytest.fixture
def link(server: Server, s3: Any, bucket: str) -> Any:
    """Makes presigned links to the object `one` of a bucket with RULES."""
    s3.put_object(Bucket=bucket, Key="one", Body=b"x")
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": RULES})
    signer = server.client("s3", signature_version="s3v4")
    return lambda operation: signer.generate_presigned_url(operation, {"Bucket": bucket, "Key": "one"})


def shared(headers: Message) -> tuple[str | None, ...]:
    return tuple(headers[name] for name in SHARED)


def test_a_page_sees_what_a_rule_lets_it_see(link: Any) -> None:
    for operation, method, body in (("get_object", "GET", None), ("put_object", "PUT", b"y")):
        status, headers, _ = fetch(link(operation), method, body, Origin=OURS, Content_Type="")
        assert (status, shared(headers)) == (200, (OURS, "GET, PUT", "ETag"))
        assert "Origin" in headers["Vary"]
        status, headers, _ = fetch(link(operation), method, body, Origin=OTHER, Content_Type="")
        assert (status, shared(headers)) == (200, (None, None, None))
        assert "Origin" in headers["Vary"]
    status, headers, _ = fetch(link("delete_object"), "DELETE", Origin=OURS)
    assert (status, shared(headers)) == (204, (None, None, None))


def test_what_no_page_asks_says_nothing_of_origins(link: Any) -> None:
    _, headers, _ = fetch(link("get_object"))

    assert shared(headers) == (None, None, None)
    assert "Origin" in headers["Vary"]


def test_a_refusal_is_seen_by_the_same_pages(link: Any) -> None:
    for origin, seen in ((OURS, OURS), (OTHER, None)):
        status, headers, _ = fetch(link("get_object"), Origin=origin, If_Match='"other"')
        assert (status, headers["Access-Control-Allow-Origin"]) == (412, seen)


def test_a_preflight_asks_the_rules(link: Any) -> None:
    status, headers, _ = fetch(
        link("put_object"),
        "OPTIONS",
        Origin=OURS,
        Access_Control_Request_Method="PUT",
        Access_Control_Request_Headers="Content-Type, x-amz-meta-a",
    )

    assert (status, shared(headers)) == (200, (OURS, "GET, PUT", "ETag"))
    assert headers["Access-Control-Allow-Headers"] == "content-type, x-amz-meta-a"
    assert headers["Access-Control-Max-Age"] == "600"
    for origin, method, names in (
        (OTHER, "PUT", ""),
        (OURS, "DELETE", ""),
        (OURS, "PUT", "x-custom"),
        ("null", "GET", ""),
        (OURS, "PATCH", ""),
        (OURS, "get", ""),
    ):
        status, headers, body = fetch(
            link("put_object"),
            "OPTIONS",
            Origin=origin,
            Access_Control_Request_Method=method,
            Access_Control_Request_Headers=names,
        )
        assert (status, shared(headers)) == (403, (None, None, None))
        assert b"<Code>AccessForbidden</Code>" in body
    assert fetch(link("put_object"), "OPTIONS", Access_Control_Request_Method="PUT")[0] == 400
    assert fetch(link("put_object"), "OPTIONS", Origin=OURS)[0] == 400


def test_a_bucket_without_rules_is_open(s3: Any, bucket: str, link: Any) -> None:
    s3.delete_bucket_cors(Bucket=bucket)

    for origin in ("null", OTHER):
        status, headers, _ = fetch(link("get_object"), Origin=origin)
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, "*")
        status, headers, _ = fetch(
            link("put_object"), "OPTIONS", Origin=origin, Access_Control_Request_Method="PUT"
        )
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, "*")


def test_a_link_of_the_servers_own_is_open_whatever_the_rules(server: Server, bucket: str, link: Any) -> None:
    """As those of task pages: a page without an origin must read it, and no rule could name that."""
    rendered = server.client("sagemaker").render_ui_template(
        UiTemplate={
            "Content": "<crowd-form><img src='{{ task.input.it | grant_read_access }}'></crowd-form>"
        },
        Task={"Input": json.dumps({"it": f"s3://{bucket}/one"})},
        RoleArn="arn:aws:iam::123456789012:role/r",
    )["RenderedContent"]
    url = html.unescape(rendered.partition("src='")[2].partition("'")[0])

    for origin in ({}, {"Origin": "null"}, {"Origin": OTHER}):
        status, headers, body = fetch(url, **origin)
        assert (status, headers["Access-Control-Allow-Origin"], body) == (200, "*", b"x")
    preflight = {
        "Origin": "null",
        "Access_Control_Request_Method": "GET",
        "Access_Control_Request_Headers": "range",
    }
    status, headers, _ = fetch(url, "OPTIONS", **preflight)
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, "*")


@pytest.mark.parametrize(
    ("member", "pattern"),
    [("AllowedOrigins", "https://*.*.example"), ("AllowedHeaders", "x-*-*")],
)
def test_a_pattern_has_one_wildcard(s3: Any, bucket: str, member: str, pattern: str) -> None:
    rule = {**RULES[0], member: [pattern]}

    with pytest.raises(s3.exceptions.ClientError, match="can not have more than one wildcard"):
        s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})


@pytest.mark.parametrize("member", ["AllowedOrigins", "AllowedHeaders", "ExposeHeaders"])
@pytest.mark.parametrize("text", ["a\nb", "\u2028", "a\x7fb", "ключ"])
def test_what_cannot_stand_in_a_header_is_refused(s3: Any, bucket: str, member: str, text: str) -> None:
    rules = {"CORSRules": [{**RULES[0], member: [text]}]}

    answer = refused(
        "InvalidArgument", "printable ASCII", s3.put_bucket_cors, Bucket=bucket, CORSConfiguration=rules
    )
    assert answer["Error"]["ArgumentName"] == member.removesuffix("s")


@pytest.mark.parametrize("wrong", [{"AllowedOrigins": [""]}, {"ExposeHeaders": [""]}, {"MaxAgeSeconds": -5}])
def test_a_rule_says_nothing_empty_and_no_time_below_zero(
    s3: Any, bucket: str, wrong: dict[str, Any]
) -> None:
    rules = {"CORSRules": [{**RULES[0], **wrong}]}

    assert code_of(s3.put_bucket_cors, Bucket=bucket, CORSConfiguration=rules) == ("MalformedXML", 400)


def test_a_header_that_cannot_be_sent_is_a_failure_that_is_told_and_logged(
    own_server: Server, name: str
) -> None:
    own_server.start()
    s3 = own_server.client("s3")
    s3.create_bucket(Bucket=name)
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": RULES})
    kept = json.dumps({"CORSRules": [{**RULES[0], "ExposeHeaders": ["a\nb"]}]})
    with closing(sqlite3.connect(own_server.data / "secondlook.sqlite")) as database, database:
        database.execute("update bucket_setting set value = ?", (kept,))

    answer = send(own_server, "GET", f"/{name}", {"Origin": OURS}, service="s3")

    assert (answer.status, b"<Code>InternalError</Code>" in answer.body) == (500, True)
    assert "no header field can be 'Access-Control-Expose-Headers': 'a\\nb'" in own_server.log
