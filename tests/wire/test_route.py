"""The operation that a request means, found without its body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.route import dialect, route, service_of

FORM = "application/x-www-form-urlencoded"


def _signed(
    service: str,
    method: str = "GET",
    path: str = "/",
    query: str = "",
    body: bytes | None = b"",
    **headers: str,
) -> Request:
    authorization = (
        f"AWS4-HMAC-SHA256 Credential=AKID/20261123/us-east-1/{service}/aws4_request, SignedHeaders=host, "
        f"Signature={'0' * 64}"
    )
    fields = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Request(method, path, query, Headers([("Authorization", authorization), *fields]), body)


def _unsigned(path: str = "/", query: str = "", **headers: str) -> Request:
    return Request(
        "POST", path, query, Headers((name.replace("_", "-"), value) for name, value in headers.items())
    )


@pytest.mark.parametrize(
    ("request_", "service", "operation", "params"),
    [
        (_signed("sagemaker", "POST", x_amz_target="SageMaker.CreateModel"), "sagemaker", "CreateModel", {}),
        (_signed("secondlook", "POST", x_amz_target="Secondlook.GetServer"), "secondlook", "GetServer", {}),
        (
            _signed("textract", "POST", x_amz_target="Textract.AnalyzeDocument"),
            "textract",
            "AnalyzeDocument",
            {},
        ),
        (
            _signed("rekognition", "POST", x_amz_target="RekognitionService.DetectModerationLabels"),
            "rekognition",
            "DetectModerationLabels",
            {},
        ),
        (_signed("sagemaker", "POST", "/human-loops"), "sagemaker-a2i-runtime", "StartHumanLoop", {}),
        (_signed("sagemaker", "POST", "/human-loops/stop"), "sagemaker-a2i-runtime", "StopHumanLoop", {}),
        (
            _signed("sagemaker", "DELETE", "/human-loops/stop"),
            "sagemaker-a2i-runtime",
            "DeleteHumanLoop",
            {"HumanLoopName": "stop"},
        ),
        (
            _signed("sagemaker", "GET", "/human-loops", "FlowDefinitionArn=arn"),
            "sagemaker-a2i-runtime",
            "ListHumanLoops",
            {},
        ),
        (_signed("sagemaker", "GET", "/human-loops"), "sagemaker-a2i-runtime", "ListHumanLoops", {}),
        (
            _signed("sagemaker", "POST", "/endpoints/an%20endpoint/invocations"),
            "sagemaker-runtime",
            "InvokeEndpoint",
            {"EndpointName": "an endpoint"},
        ),
        (
            _signed("sts", "POST", body=b"Action=GetCallerIdentity&Version=2011-06-15", content_type=FORM),
            "sts",
            "GetCallerIdentity",
            {},
        ),
        (
            _signed("sts", "GET", query="Action=GetCallerIdentity&Version=2011-06-15"),
            "sts",
            "GetCallerIdentity",
            {},
        ),
    ],
)
def test_each_service_behind_one_address(
    request_: Request, service: str, operation: str, params: dict[str, str]
) -> None:
    destination = route(request_)

    assert (destination.service.name, destination.operation.name, destination.params) == (
        service,
        operation,
        params,
    )


@pytest.mark.parametrize(
    ("method", "path", "query", "headers", "operation"),
    [
        ("GET", "/", "", {}, "ListBuckets"),
        ("PUT", "/b", "", {}, "CreateBucket"),
        ("PUT", "/b/", "", {}, "CreateBucket"),
        ("HEAD", "/b", "", {}, "HeadBucket"),
        ("DELETE", "/b", "", {}, "DeleteBucket"),
        ("DELETE", "/b", "analytics", {}, "DeleteBucketAnalyticsConfiguration"),
        ("GET", "/b", "", {}, "ListObjects"),
        ("GET", "/b/", "prefix=a", {}, "ListObjects"),
        ("GET", "/b", "list-type=2&prefix=a", {}, "ListObjectsV2"),
        ("GET", "/b", "list-type=1", {}, "ListObjects"),
        ("GET", "/b", "location", {}, "GetBucketLocation"),
        ("GET", "/b", "location=", {}, "GetBucketLocation"),
        ("GET", "/b", "uploads", {}, "ListMultipartUploads"),
        ("GET", "/b", "versions", {}, "ListObjectVersions"),
        ("GET", "/b", "lifecycle", {}, "GetBucketLifecycleConfiguration"),
        ("POST", "/b", "delete", {}, "DeleteObjects"),
        ("GET", "/b/k", "", {}, "GetObject"),
        ("GET", "/b/k", "x-id=GetObject", {}, "GetObject"),
        ("GET", "/b/k", "partNumber=1", {}, "GetObject"),
        ("GET", "/b/k", "tagging", {}, "GetObjectTagging"),
        ("GET", "/b/k", "uploadId=u", {}, "ListParts"),
        ("HEAD", "/b/k", "", {}, "HeadObject"),
        ("PUT", "/b/k", "", {}, "PutObject"),
        ("PUT", "/b/k/", "", {}, "PutObject"),
        ("PUT", "/b/k", "", {"x_amz_copy_source": "b/k"}, "CopyObject"),
        ("PUT", "/b/k", "partNumber=1&uploadId=u", {}, "UploadPart"),
        ("PUT", "/b/k", "partNumber=1", {}, "UploadPart"),
        ("PUT", "/b/k", "partNumber=1&uploadId=u", {"x_amz_copy_source": "b/k"}, "UploadPartCopy"),
        ("POST", "/b/k", "uploads", {}, "CreateMultipartUpload"),
        ("POST", "/b/k", "uploadId=u", {}, "CompleteMultipartUpload"),
        ("DELETE", "/b/k", "", {}, "DeleteObject"),
        ("DELETE", "/b/k", "uploadId=u", {}, "AbortMultipartUpload"),
    ],
)
def test_the_many_operations_of_one_s3_path(
    method: str, path: str, query: str, headers: dict[str, str], operation: str
) -> None:
    assert route(_signed("s3", method, path, query, **headers)).operation.name == operation


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/b/a/b/c", "a/b/c"),
        ("/b//a", "/a"),
        ("/b/a//b", "a//b"),
        ("/b/../x", "../x"),
        ("/b/%2E%2E/x", "../x"),
        ("/b/a%2Fb", "a/b"),
        ("/b/a+b", "a+b"),
        ("/b/folder/", "folder/"),
        ("/b/%00", "\0"),
        ("/b/a%0Ab", "a\nb"),
        ("/b/%C3%BC%F0%9F%98%B9", "ü😹"),
    ],
)
def test_a_key_is_what_stands_behind_the_bucket_decoded_once(path: str, key: str) -> None:
    assert route(_signed("s3", "GET", path)).params == {"Bucket": "b", "Key": key}


def test_a_key_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(AwsError, match="InvalidURI"):
        route(_signed("s3", "GET", "/b/%FF"))


def test_the_body_of_a_stream_is_not_needed() -> None:
    assert route(_signed("s3", "PUT", "/b/k", body=None)).operation.takes_stream
    assert route(_signed("sagemaker", "POST", "/endpoints/e/invocations", body=None)).operation.takes_stream
    assert not route(_signed("sagemaker", "POST", "/human-loops", body=None)).operation.takes_stream


def test_an_upload_may_have_the_content_type_of_a_form() -> None:
    assert route(_signed("s3", "PUT", "/b/k", body=None, content_type=FORM)).operation.name == "PutObject"


@pytest.mark.parametrize(
    ("request_", "code", "words"),
    [
        (
            _signed("sagemaker", "POST", x_amz_target="SageMaker.Nothing"),
            "UnknownOperationException",
            "SageMaker.<Oper",
        ),
        (
            _signed("sagemaker", "POST", x_amz_target="Other.CreateModel"),
            "UnknownOperationException",
            "'Other'",
        ),
        (_signed("sagemaker", "POST"), "UnknownOperationException", "X-Amz-Target reads"),
        (_signed("sagemaker", "PATCH", "/human-loops"), "UnknownOperationException", "PATCH /human-loops"),
        (
            _signed("dynamodb", "POST"),
            "UnknownOperationException",
            "signing names served: iam, logs, rekognition, s3, sagemaker",
        ),
    ],
)
def test_an_unknown_operation_says_what_is_known(request_: Request, code: str, words: str) -> None:
    with pytest.raises(AwsError, match=words) as caught:
        route(request_)

    assert caught.value.spoken("json", {})[0] == code


@pytest.mark.parametrize(
    "form", ["Action=Nothing&Version=2011-06-15", "Action=GetCallerIdentity&Version=1", ""]
)
def test_an_unknown_action_is_an_invalid_action(form: str) -> None:
    with pytest.raises(AwsError, match="2011-06-15") as caught:
        route(_signed("sts", "POST", body=form.encode(), content_type=FORM))

    assert caught.value.spoken("query", {}) == ("InvalidAction", 400)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (
            _signed("sagemaker", "POST", x_amz_target="SageMaker.ListModels", smithy_protocol="rpc-v2-cbor"),
            "speaks smithy-rpc-v2-cbor; sagemaker is served here in: json",
        ),
        (
            _signed("sts", "POST", x_amz_target="STS.GetCallerIdentity"),
            "speaks json; sts is served here in: query",
        ),
    ],
)
def test_a_protocol_that_is_not_spoken_gets_415_naming_those_that_are(request_: Request, words: str) -> None:
    with pytest.raises(AwsError, match=words) as caught:
        route(request_)

    assert caught.value.spoken("json", {}) == ("UnsupportedMediaTypeException", 415)


@pytest.mark.parametrize(
    ("request_", "service"),
    [
        (_unsigned(x_amz_target="SageMaker.ListModels"), "sagemaker"),
        (_unsigned("/human-loops"), "sagemaker-a2i-runtime"),
        (_unsigned("/endpoints/e/invocations"), "sagemaker-runtime"),
        (_unsigned(host="a2i-runtime.sagemaker.us-east-1.amazonaws.com"), "sagemaker-a2i-runtime"),
        (_unsigned(host="sts.us-east-1.amazonaws.com"), "sts"),
        (_unsigned("/b/k"), "s3"),
        (_unsigned("/b/k", "AWSAccessKeyId=a&Signature=b&Expires=1"), "s3"),
        (
            _unsigned(
                query="X-Amz-Algorithm=x&X-Amz-Credential=AKID%2F20261123%2Fus-east-1%2Fsts%2Faws4_request"
            ),
            "sts",
        ),
    ],
)
def test_an_unsigned_request_is_told_by_target_host_and_path(request_: Request, service: str) -> None:
    assert service_of(request_).name == service


def test_an_unsigned_form_belongs_to_nobody() -> None:
    with pytest.raises(AwsError, match="Missing Authentication Token"):
        service_of(_unsigned(content_type=FORM))


@pytest.mark.parametrize(
    ("request_", "protocol"),
    [
        (_unsigned(x_amz_target="X"), "json"),
        (_unsigned(content_type="application/x-amz-json-1.0"), "json"),
        (_unsigned("/human-loops"), "rest-json"),
        (_unsigned(content_type=f"{FORM}; charset=utf-8"), "query"),
        (_unsigned("/b/k"), "rest-xml"),
    ],
)
def test_an_error_before_routing_is_told_in_the_requests_own_protocol(
    request_: Request, protocol: str
) -> None:
    assert dialect(request_) == protocol


@given(
    method=st.sampled_from(["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"]),
    path=st.text(max_size=30),
    query=st.text(max_size=30),
    service=st.sampled_from(["s3", "sagemaker", "sts", "iam", "secondlook"]),
    target=st.text(max_size=10),
)
def test_any_request_is_routed_or_refused(
    method: str, path: str, query: str, service: str, target: str
) -> None:
    request = _signed(service, method, f"/{path}", query, x_amz_target=target)
    try:
        destination = route(request)
    except AwsError:
        return

    assert destination.operation.name in destination.service
