"""Errors as botocore's clients read them: the typed exception, its code, status, message and members."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from botocore.exceptions import ClientError

from secondlook.wire import errors, specs
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers
from secondlook.wire.route import Route
from secondlook.wire.serialize import serialize_error
from tests.wire import values
from tests.wire.served import OPERATIONS
from tests.wire.wire_server import WireServer, client

CLIENT = cache(client)

MODELLED = [
    (service, operation, reference["shape"])
    for service, operation in OPERATIONS
    for reference in specs.load(service).operation(operation).model.get("errors", [])
]


def _refused(service: str, name: str, error: AwsError) -> ClientError:
    operation = specs.load(service).operation(name)
    params = values.least(operation.input) if operation.input else {}
    params |= {"Bucket": "a-bucket"} if "Bucket" in params else {}
    params |= {"CopySource": "a-bucket/key"} if "CopySource" in params else {}

    def answer(route: Route) -> Any:
        return serialize_error(
            route.service, route.protocol, route.operation, error, "request-1", "/a-bucket/key"
        )

    with pytest.raises(ClientError) as caught:
        WireServer(answer).call(CLIENT(service), name, params)
    return caught.value


@pytest.mark.parametrize(("service", "name", "shape"), MODELLED)
def test_each_modelled_error_is_raised_as_its_own_type(service: str, name: str, shape: str) -> None:
    model = specs.load(service)
    code = next(code for code, (modelled, _) in model._errors.items() if modelled == shape)

    error = _refused(service, name, AwsError(code, "Something & <more>."))

    assert error.response["Error"]["Code"] == code or model.operation(name).method == "HEAD"
    status = model.error_statuses[code] or 400
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == (
        400 if "json" in model.protocols else status
    )
    if model.operation(name).method != "HEAD":
        assert type(error).__name__ == shape
        assert error.response["Error"]["Message"] == "Something & <more>."
        assert error.response["ResponseMetadata"]["RequestId"] == "request-1"


def test_further_members_of_an_error_are_told() -> None:
    members = {"OriginalStatusCode": 500, "OriginalMessage": "out of memory", "LogStreamArn": "arn"}

    error = _refused(
        "sagemaker-runtime", "InvokeEndpoint", AwsError("ModelError", "The model failed.", members=members)
    )

    assert type(error).__name__ == "ModelError"
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert {name: error.response[name] for name in members} == members


def test_a_head_is_answered_without_a_body() -> None:
    error = _refused("s3", "HeadObject", AwsError("NoSuchKey", "The specified key does not exist.", 404))

    assert error.response["Error"]["Code"] == "404"


def test_s3_names_the_resource_and_its_own_members() -> None:
    error = AwsError("NoSuchKey", "The specified key does not exist.", 404, {"Key": "a&b"})

    document = ET.fromstring(
        serialize_error(specs.load("s3"), "rest-xml", None, error, "request-1", "/a-bucket/a&b").body.decode()
    )

    assert document.tag == "Error"
    assert [child.tag for child in document] == ["Code", "Message", "Key", "Resource", "RequestId", "HostId"]
    assert (document.findtext("Key"), document.findtext("Resource")) == ("a&b", "/a-bucket/a&b")


@pytest.mark.parametrize(
    ("raised", "service", "name", "code", "status"),
    [
        (errors.validation("m"), "sagemaker", "ListModels", "ValidationException", 400),
        (errors.validation("m"), "sagemaker-a2i-runtime", "StopHumanLoop", "ValidationException", 400),
        (errors.validation("m"), "sagemaker-runtime", "InvokeEndpoint", "ValidationError", 400),
        (errors.validation("m"), "iam", "GetRole", "ValidationError", 400),
        (errors.validation("m"), "s3", "ListObjectsV2", "InvalidArgument", 400),
        (errors.malformed("m"), "sagemaker", "ListModels", "SerializationException", 400),
        (errors.malformed("m"), "s3", "DeleteObjects", "MalformedXML", 400),
        (errors.access_denied(), "sagemaker", "ListModels", "AccessDeniedException", 400),
        (errors.validation("m"), "textract", "AnalyzeDocument", "InvalidParameterException", 400),
        (errors.validation("m"), "textract", "CreateAdapter", "ValidationException", 400),
        (errors.access_denied(), "sagemaker-runtime", "InvokeEndpoint", "AccessDeniedException", 403),
        (errors.access_denied(), "s3", "GetObject", "AccessDenied", 403),
        (errors.access_denied(), "sts", "GetCallerIdentity", "AccessDenied", 403),
        (
            errors.missing_authentication(),
            "sagemaker",
            "ListModels",
            "MissingAuthenticationTokenException",
            400,
        ),
        (errors.missing_authentication(), "sts", "GetCallerIdentity", "MissingAuthenticationToken", 403),
        (errors.signature_mismatch(), "sagemaker", "ListModels", "InvalidSignatureException", 400),
        (
            errors.signature_mismatch(),
            "sagemaker-a2i-runtime",
            "StopHumanLoop",
            "InvalidSignatureException",
            403,
        ),
        (errors.signature_mismatch(), "s3", "GetObject", "SignatureDoesNotMatch", 403),
        (errors.signature_mismatch(), "iam", "GetRole", "SignatureDoesNotMatch", 403),
        (errors.unknown_access_key(), "sagemaker", "ListModels", "UnrecognizedClientException", 400),
        (errors.unknown_access_key(), "sts", "GetCallerIdentity", "InvalidClientTokenId", 403),
        (errors.unknown_access_key(), "s3", "GetObject", "InvalidAccessKeyId", 403),
        (errors.time_too_skewed("m"), "s3", "GetObject", "RequestTimeTooSkewed", 403),
        (errors.internal_failure(), "sagemaker", "ListModels", "InternalFailure", 500),
        (errors.internal_failure(), "sagemaker-a2i-runtime", "StopHumanLoop", "InternalServerException", 500),
        (errors.internal_failure(), "sagemaker-runtime", "InvokeEndpoint", "InternalFailure", 500),
        (errors.internal_failure(), "s3", "GetObject", "InternalError", 500),
        (errors.service_unavailable("m"), "sagemaker-runtime", "InvokeEndpoint", "ServiceUnavailable", 503),
        (errors.not_served("m"), "s3", "GetBucketAcl", "NotImplemented", 501),
        (errors.not_served("m"), "sagemaker", "CreateApp", "UnknownOperationException", 400),
        (errors.too_large("m"), "sagemaker", "ListModels", "RequestEntityTooLargeException", 413),
    ],
)
def test_each_service_has_its_own_spelling(
    raised: AwsError, service: str, name: str, code: str, status: int
) -> None:
    error = _refused(service, name, raised)

    assert error.response["Error"]["Code"] == code
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_the_envelope_of_json() -> None:
    response = serialize_error(
        specs.load("sagemaker"), "json", None, AwsError("ResourceNotFound", "Gone."), "request-1"
    )

    assert response.status == 400
    assert json.loads(response.body) == {"__type": "ResourceNotFound", "Message": "Gone."}
    assert Headers(response.headers).get("x-amzn-requestid") == "request-1"


def test_the_envelope_of_rest_json() -> None:
    error = AwsError("ConflictException", "Taken.")

    response = serialize_error(specs.load("sagemaker-a2i-runtime"), "rest-json", None, error, "request-1")

    assert response.status == 409
    assert json.loads(response.body) == {"Message": "Taken."}
    assert Headers(response.headers).get("x-amzn-errortype") == "ConflictException"


@pytest.mark.parametrize("protocol", ["json", "rest-json", "rest-xml", "query", "smithy-rpc-v2-cbor"])
def test_an_error_before_routing_is_told_in_any_protocol(protocol: str) -> None:
    response = serialize_error(None, protocol, None, errors.missing_authentication(), "request-1")

    assert b"Missing Authentication Token" in response.body
