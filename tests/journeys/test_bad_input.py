"""Bad input: each error names what was wrong, and none is our fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore import auth

from tests.running import Server

from .client_errors import refused
from .reviewing import Review
from .signed import call, send, unsigned

JSON = {"Content-Type": "application/x-amz-json-1.1"}
MOST = 3 * 1024 * 1024


def test_an_unsigned_call_is_refused(sqlite_server):
    answer = unsigned(sqlite_server, "POST", "/", {**JSON, "X-Amz-Target": "SageMaker.ListWorkteams"}, b"{}")

    assert (400, "MissingAuthenticationTokenException") == (answer.status, answer.code)


def test_a_wrong_secret_is_refused(sqlite_server):
    key_id = sqlite_server.credentials["access_key_id"]
    headers = {**JSON, "X-Amz-Target": "SageMaker.ListWorkteams"}
    answer = send(sqlite_server, "POST", "/", headers, b"{}", keys=(key_id, "wrong"))

    assert (400, "InvalidSignatureException") == (answer.status, answer.code)


def test_an_unknown_key_is_refused(sqlite_server):
    headers = {**JSON, "X-Amz-Target": "SageMaker.ListWorkteams"}
    answer = send(sqlite_server, "POST", "/", headers, b"{}", keys=("AKIANOBODY", "wrong"))

    assert (400, "UnrecognizedClientException") == (answer.status, answer.code)


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_clock_off_by_an_hour_is_told_so(sqlite_server, monkeypatch, off):
    # The signer's own clock, in the test's process only.
    monkeypatch.setattr(auth, "get_current_datetime", lambda *_: datetime.now(UTC).replace(tzinfo=None) + off)
    answer = call(sqlite_server, "ListWorkteams", {})

    assert (400, "InvalidSignatureException") == (answer.status, answer.code)
    assert "is too large: at most 15 minutes" in answer.message


@pytest.mark.parametrize("operation", ["CreateTheWorld", "CreateLabelingJob"])
def test_an_operation_that_is_unknown_or_not_served_is_named(sqlite_server, operation):
    answer = call(sqlite_server, operation, {})

    assert (400, "UnknownOperationException") == (answer.status, answer.code)
    assert operation in answer.message


def test_a_protocol_that_is_not_served_is_told_by_its_status(sqlite_server):
    headers = {"Content-Type": "application/cbor", "Smithy-Protocol": "rpc-v2-cbor"}
    answer = send(sqlite_server, "POST", "/service/SageMaker/operation/ListWorkteams", headers, b"\xa0")

    assert 415 == answer.status


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"{" * 100_000, b'{"a":' * 100_000, b"[" * 100_000]
)
def test_a_body_that_is_no_object_of_json_is_refused(sqlite_server, body):
    answer = call(sqlite_server, "DescribeWorkteam", body)

    assert (400, "SerializationException") == (answer.status, answer.code)


def test_a_body_beyond_the_limit_is_told_by_its_status(sqlite_server):
    answer = call(sqlite_server, "DescribeWorkteam", b'"' + b"a" * (24 * 1024 * 1024) + b'"')

    assert (413, "RequestEntityTooLargeException") == (answer.status, answer.code)


@pytest.mark.parametrize("service", ["sagemaker", "secondlook"])
def test_nul_is_refused_by_the_path_of_its_member(server: Server, service: str):
    operation, params, path = {
        "sagemaker": (
            "CreateHumanTaskUi",
            {"HumanTaskUiName": "nul", "UiTemplate": {"Content": "a\x00b"}},
            "uiTemplate.content",
        ),
        "secondlook": ("CreateKey", {"Name": "a\x00b"}, "name"),
    }[service]
    answer = call(server, operation, params, service=service)

    assert (400, "ValidationException") == (answer.status, answer.code)
    assert (
        f"at '{path}' failed to satisfy constraint: Member must not contain the character NUL"
        in answer.message
    )


def test_a_number_beyond_64_bits_is_refused(server: Server):
    answer = call(server, "ListDeliveries", {"WebhookId": 2**63}, service="secondlook")

    assert (400, "ValidationException") == (answer.status, answer.code)
    assert "at 'webhookId'" in answer.message


@pytest.fixture
def review(server: Server, name: str) -> Review:
    return Review(server, name)


@pytest.fixture
def start(review: Review) -> Callable[..., Any]:
    a2i = review.server.client("sagemaker-a2i-runtime")

    def started(content: str) -> Any:
        return a2i.start_human_loop(
            HumanLoopName=review.name, FlowDefinitionArn=review.arn, HumanLoopInput={"InputContent": content}
        )

    started.__self__ = a2i  # type: ignore[attr-defined]
    return started


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{not json", "must be valid JSON"),
        ('{"a": "\x00"}', "NUL"),
        ("[1e400]", "the number 1e400 is too large"),
        ("[" * 300 + "]" * 300, "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_input_that_cannot_be_kept_is_refused(start, content, says):
    refused("ValidationException", says, start, content=content)


def test_an_input_of_three_mebibytes_is_the_largest(review, start):
    largest = json.dumps({"text": "x"}) + " " * MOST
    start(largest[:MOST])

    assert "InProgress" == review.describe(review.name)["HumanLoopStatus"]
    refused(
        "ValidationException",
        f"Member must have length less than or equal to {MOST}",
        start,
        content=largest[: MOST + 1],
    )


def test_half_a_surrogate_pair_and_a_nul_escape_in_the_input_reach_a_valid_output(review, start):
    start('{"text": "a\\ud800b", "zero": "\\u0000"}')
    worker = review.worker()
    worker.submit(review.taken(worker, review.name), {})
    review.completed(review.name)

    assert {"text": "a\ufffdb", "zero": "\x00"} == review.output(review.name)["inputContent"]


def test_a_key_of_the_runtime_may_invoke_and_nothing_else_and_a_revoked_one_stops_at_once(server, name):
    own = server.client("secondlook")
    key = own.create_key(Name=name, Scope="runtime")
    keys = (key["AccessKeyId"], key["SecretAccessKey"])

    def invoke() -> tuple[int, str]:
        answer = send(server, "POST", f"/endpoints/{name}/invocations", {}, b"x", keys=keys)
        return answer.status, answer.code

    listed = {**JSON, "X-Amz-Target": "SageMaker.ListWorkteams"}
    denied = send(server, "POST", "/", listed, b"{}", keys=keys)
    assert (400, "AccessDeniedException") == (denied.status, denied.code)
    assert name in denied.message
    assert (400, "ValidationError") == invoke()
    own.revoke_key(AccessKeyId=key["AccessKeyId"])
    assert "UnrecognizedClientException" == send(server, "POST", "/", listed, b"{}", keys=keys).code
    assert "ValidationError" != invoke()[1]
