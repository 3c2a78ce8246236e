"""Limits, headers and errors of InvokeEndpoint and its kin, with a real model process [hosting.md, InvokeEndpoint]."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.products import put_product
from tests.running import Server
from tests.town import Town

from .client_errors import refused
from .signed import send

MOST = 6_291_456

SCRIPT = """
    import json

    def transform_fn(model, body, content_type, accept, context):
        order = json.loads(body) if len(body) < 1000 else {}
        for name, value in order.get("headers", {}).items():
            context.set_response_header(0, name, value)
        if "status" in order:
            context.set_response_status(order["status"])
        if "bytes" in order:
            return "x" * order["bytes"], "text/plain"
        return json.dumps({"size": len(body), "seen": dict(context.get_all_request_header(0))}), "application/json"
"""


class Inspector(Town):
    def call(self, order: dict[str, Any] | bytes, **more: Any) -> dict[str, Any]:
        body = order if isinstance(order, bytes) else json.dumps(order).encode()
        return self.runtime.invoke_endpoint(
            EndpointName="inspector", **{"ContentType": "application/json", "Body": body, **more}
        )

    def seen(self, **members: Any) -> dict[str, str]:
        """The headers that reach the model."""
        return json.loads(self.call({}, **members)["Body"].read())["seen"]


@pytest.fixture(scope="module")
def inspector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspector]:
    data = tmp_path_factory.mktemp("inspector") / "data"
    put_product(data, "inspector", SCRIPT, "application/json")
    with Server(data) as server:
        inspector = Inspector(server.start())
        inspector.deploy("inspector", inspector.subscribe("inspector"))
        yield inspector


def test_a_body_may_have_6_291_456_bytes_and_no_more(inspector: Inspector) -> None:
    answer = inspector.call(b"x" * MOST)
    assert json.loads(answer["Body"].read())["size"] == MOST

    for operation in ("invoke_endpoint", "invoke_endpoint_with_response_stream"):
        response = refused(
            "ValidationError",
            "6291456",
            getattr(inspector.runtime, operation),
            EndpointName="inspector",
            Body=b"x" * (MOST + 1),
        )
        assert response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_so_may_an_answer(inspector: Inspector) -> None:
    assert len(inspector.call({"bytes": MOST})["Body"].read()) == MOST

    response = refused(
        "ModelError",
        "Received client error (413) from primary and could not load the entire response body.",
        inspector.runtime.invoke_endpoint,
        EndpointName="inspector",
        ContentType="application/json",
        Body=json.dumps({"bytes": MOST + 1}).encode(),
    )
    assert (response["OriginalStatusCode"], response["OriginalMessage"]) == (413, "")


@pytest.mark.parametrize(
    ("member", "longest"),
    [("CustomAttributes", 1024), ("InferenceId", 64), ("Accept", 1024), ("ContentType", 1024)],
)
def test_a_header_may_have_as_many_characters_as_its_model_says(
    inspector: Inspector, member: str, longest: int
) -> None:
    body = b"x" * 1000  # which the model reads as nothing in particular, whatever type it has
    assert inspector.call(body, **{member: "a" * longest})["Body"].read()

    refused(
        "ValidationError",
        f"{member[:1].lower()}{member[1:]}",
        inspector.runtime.invoke_endpoint,
        EndpointName="inspector",
        Body=body,
        **{member: "a" * (longest + 1)},
    )


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Amzn-SageMaker-Custom-Attributes", "caf\xe9"),
        ("X-Amzn-SageMaker-Custom-Attributes", "a\tb"),
        ("X-Amzn-SageMaker-Inference-Id", "caf\xe9"),
        ("X-Amzn-SageMaker-Target-Variant", "no such"),
        ("X-Amzn-SageMaker-Session-Id", "-"),
    ],
)
def test_a_header_of_other_characters_is_refused(inspector: Inspector, header: str, value: str) -> None:
    answer = send(
        inspector.server,
        "POST",
        "/endpoints/inspector/invocations",
        {header: value},
        b"{}",
        service="sagemaker",
    )

    assert (400, "ValidationError") == (answer.status, answer.code)


def test_only_the_headers_of_the_operation_reach_the_model(inspector: Inspector) -> None:
    seen = inspector.seen(
        Accept="json",
        CustomAttributes="trace=7",
        InferenceId="mine",
        TargetVariant="AllTraffic",
        SessionId="NEW_SESSION",
        PrefixAwareId="prefix",
    )

    assert {
        "accept": "json",
        "content-type": "application/json",
        "x-amzn-sagemaker-custom-attributes": "trace=7",
        "x-amzn-sagemaker-inference-id": "mine",
        "x-amzn-sagemaker-target-variant": "AllTraffic",
        "x-amzn-sagemaker-session-id": "NEW_SESSION",
        "x-amzn-sagemaker-prefix-aware-id": "prefix",
    } == {name: value for name, value in seen.items() if name not in {"host", "content-length"}}


def test_a_session_of_the_models_is_passed_through(inspector: Inspector) -> None:
    session = "0c7b; Expires=2026-12-01T10:00:00Z"
    opened = inspector.call(
        {"headers": {"X-Amzn-SageMaker-New-Session-Id": session}}, SessionId="NEW_SESSION"
    )
    closed = inspector.call({"headers": {"X-Amzn-SageMaker-Closed-Session-Id": "0c7b"}}, SessionId="0c7b")

    assert (opened["NewSessionId"], closed["ClosedSessionId"]) == (session, "0c7b")


def test_custom_attributes_come_back_only_as_the_model_says(inspector: Inspector) -> None:
    assert "CustomAttributes" not in inspector.call({}, CustomAttributes="trace=7")
    attributes = {"headers": {"X-Amzn-SageMaker-Custom-Attributes": "mine", "Set-Cookie": "a=b"}}
    answer = inspector.call(attributes, CustomAttributes="trace=7")

    assert answer["CustomAttributes"] == "mine"
    assert "set-cookie" not in answer["ResponseMetadata"]["HTTPHeaders"]


@pytest.mark.parametrize("status", [302, 400, 429, 503])
def test_whatever_is_no_success_is_a_model_error_with_its_status(inspector: Inspector, status: int) -> None:
    """A redirect too: nobody follows it."""
    side = "client" if status in {400, 429} else "server"
    response = refused(
        "ModelError",
        f'Received {side} error ({status}) from primary with message "xxx". See ',
        inspector.runtime.invoke_endpoint,
        EndpointName="inspector",
        ContentType="application/json",
        Body=json.dumps(
            {"status": status, "bytes": 3, "headers": {"Location": "http://127.0.0.1/"}}
        ).encode(),
    )

    assert response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert (response["OriginalStatusCode"], response["OriginalMessage"]) == (status, "xxx")
    assert response["LogStreamArn"] == (
        "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/inspector"
    )


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("TargetModel", "m.tar.gz", "does not support target model header"),
        ("TargetContainerHostname", "second", "does not support TargetContainerHostname"),
        ("InferenceComponentName", "component", "does not support InferenceComponentName"),
        ("EnableExplanations", "`true`", "does not support EnableExplanations"),
        ("TargetVariant", "other", "Variant other of endpoint inspector not found; it has AllTraffic."),
    ],
)
def test_what_the_endpoint_does_not_have_is_refused_by_name(
    inspector: Inspector, member: str, value: str, message: str
) -> None:
    with pytest.raises(ClientError) as error:
        inspector.call({}, **{member: value})

    assert error.value.response["Error"]["Code"] == "ValidationError"
    assert message in error.value.response["Error"]["Message"]
