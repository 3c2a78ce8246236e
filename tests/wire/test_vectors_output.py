"""AWS's output cases backwards: from the result that a client reads to the response on the wire.

Each response is compared with the case's own, and is also read by botocore's own parser: where AWS allows a server
several forms, the first comparison is a known difference and the second still holds.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import botocore.model
import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser

from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Response
from secondlook.wire.serialize import serialize, serialize_error
from tests.wire import vectors
from tests.wire.vectors import Case

TOLERANCE = "a form that clients must accept; ours is another"
OFFSET = "clients must read any offset from UTC; we write UTC"
CODE_FORM = (
    "clients must find the code wherever a server puts it; ours is in x-amzn-ErrorType or __type, plain"
)
NO_PAYLOAD = "clients must accept an empty body; we write {}"
NULLS = "clients must read null as absent; we leave it out"
FRACTION = "AWS writes fractions of a second in three digits or six; we write six, as A2I does"
TYPED_UNION = "clients must ignore __type beside a union's member; we write none"
QUERY_COMPATIBLE = "no service here was moved from query to JSON, which this header is for"
NOT_IN_MODEL = "botocore's model leaves out what the case shows"

DIFFERENCES = {
    "AwsJson11DateTimeWithNegativeOffset": OFFSET,
    "AwsJson11DateTimeWithPositiveOffset": OFFSET,
    "RestJsonDateTimeWithNegativeOffset": OFFSET,
    "RestJsonDateTimeWithPositiveOffset": OFFSET,
    "RestXmlDateTimeWithNegativeOffset": OFFSET,
    "RestXmlDateTimeWithPositiveOffset": OFFSET,
    "AwsQueryDateTimeWithNegativeOffset": OFFSET,
    "AwsQueryDateTimeWithPositiveOffset": OFFSET,
    "AwsJson11DateTimeWithFractionalSeconds": FRACTION,
    "RestJsonDateTimeWithFractionalSeconds": FRACTION,
    "RestXmlDateTimeWithFractionalSeconds": FRACTION,
    "AwsQueryDateTimeWithFractionalSeconds": FRACTION,
    **{
        f"{protocol}FooErrorUsing{form}": CODE_FORM
        for protocol in ("AwsJson10", "AwsJson11", "RestJson")
        for form in (
            "XAmznErrorTypeWithUri",
            "XAmznErrorTypeWithUriAndNamespace",
            "Code",
            "CodeAndNamespace",
            "CodeUriAndNamespace",
        )
    },
    **{
        f"{protocol}FooErrorWithDunderType{form}": CODE_FORM
        for protocol in ("AwsJson10", "AwsJson11", "RestJson")
        for form in ("AndNamespace", "UriAndNamespace")
    },
    "AwsJson10FooErrorUsingXAmznErrorType": CODE_FORM,
    "AwsJson11FooErrorUsingXAmznErrorType": CODE_FORM,
    "RestJsonFooErrorWithDunderType": CODE_FORM,
    "AwsJson10InvalidGreetingError": CODE_FORM,
    "AwsJson10ComplexError": CODE_FORM,
    "AwsJson10EmptyComplexError": CODE_FORM,
    "QueryCompatibleAwsJson10NoCustomCodeError": CODE_FORM,
    "QueryCompatibleAwsJson10CustomCodeError": QUERY_COMPATIBLE,
    "handles_unexpected_json_output": TOLERANCE,
    "AwsJson10HandlesUnexpectedJsonOutput": TOLERANCE,
    "parses_the_request_id_from_the_response": "the request id is the one we are given",
    "AwsJson11IntEnums": "X-Amz-Target is a header of requests",
    "json_1_1_service_responds_with_no_payload": NO_PAYLOAD,
    "AwsJson10ServiceRespondsWithNoPayload": NO_PAYLOAD,
    "RestJsonEmptyInputAndEmptyOutputJsonObjectOutput": NO_PAYLOAD,
    "RestJsonGreetingWithErrorsNoPayload": NO_PAYLOAD,
    "RestJsonHttpResponseCodeWithNoPayload": NO_PAYLOAD,
    "RestJsonIgnoreQueryParamsInResponseNoPayload": NO_PAYLOAD,
    "RestJsonNoInputAndOutputNoPayload": NO_PAYLOAD,
    "AwsJson11StructuresDontDeserializeNullValues": NULLS,
    "AwsJson10DeserializeAllowNulls": NULLS,
    "RestJsonDoesntDeserializeNullStructureValues": NULLS,
    "RestJsonDeserializesDenseSetMapAndSkipsNull": NULLS,
    "AwsJson11DeserializeIgnoreType": TYPED_UNION,
    "AwsJson10DeserializeIgnoreType": TYPED_UNION,
    "RestJsonDeserializeIgnoreType": TYPED_UNION,
    "MediaTypeHeaderOutputBase64": "the case gives JSON text; botocore's callers get the value, and we take it",
    "InvalidGreetingError": NOT_IN_MODEL,
    "ComplexError": NOT_IN_MODEL,
    "QueryInvalidGreetingError": NOT_IN_MODEL,
    "QueryCustomizedError": NOT_IN_MODEL,
    "QueryComplexError": NOT_IN_MODEL,
    "QueryXmlNamespaces": "the case leaves out the namespace that the model gives the nested structure",
    "HttpPayloadWithMemberXmlName": "botocore's model cannot tell a member's own XML name from a payload's",
    "RestXmlHttpResponseCode": "an empty body has no content type",
    "IgnoreQueryParamsInResponse": "no service here binds a member of its output to the query string",
}

MIXED = "botocore reads all headers, or splits them at every comma"
TEXT_PAYLOAD = "botocore's parser alone gives the payload as text; its client gives a stream of bytes"
FLATTENED = "botocore looks for a flattened list under the name of what it holds"

MISREAD = {
    "RestJsonHttpPayloadTraitsWithBlob": TEXT_PAYLOAD,
    "RestJsonHttpPayloadTraitsWithNoBlobBody": TEXT_PAYLOAD,
    "HttpPayloadTraitsWithBlob": TEXT_PAYLOAD,
    "HttpPayloadTraitsWithNoBlobBody": TEXT_PAYLOAD,
    "RestJsonHttpPayloadWithUnsetUnion": "botocore expects a member of a union that is not there",
    "RestXmlHttpPayloadWithUnsetUnion": "botocore expects a member of a union that is not there",
    "HttpPrefixHeadersResponse": MIXED,
    "RestJsonInputAndOutputWithQuotedStringHeaders": MIXED,
    "RestJsonInputAndOutputWithTimestampHeaders": MIXED,
    "InputAndOutputWithTimestampHeaders": MIXED,
    "BodyWithXmlName": "botocore takes the shape's XML name for the member's",
    "XmlLists": FLATTENED,
    "QueryXmlLists": FLATTENED,
    "IgnoreQueryParamsInResponse": "no service here binds a member of its output to the query string",
}


def _answer(case: Case) -> Response:
    operation = case.operation
    protocol = operation.service.protocols[0]
    if "error" not in case.raw:
        result = vectors.python_value(operation.output, case.raw["result"]) if operation.output else {}
        return serialize(operation, protocol, result, "foo-id")
    code = case.raw["errorCode"]
    shape = operation.service.error(code)
    members = vectors.python_value(shape, case.raw["error"])
    error = AwsError(code, case.raw.get("errorMessage", ""), case.raw["response"]["status_code"], members)
    return serialize_error(operation.service, protocol, operation, error, "foo-id")


def _document(protocol: str, body: str) -> Any:
    if not body:
        return None
    if "json" in protocol:
        try:
            return json.loads(body)
        except ValueError:
            return body
    try:
        return _tree(ET.fromstring(body))
    except ET.ParseError:
        return body


def _tree(element: ET.Element) -> Any:
    """An element as nested tuples; members of a structure come in any order, so they are sorted."""
    children = sorted(
        (_tree(child) for child in element if not child.tag.endswith("ResponseMetadata")), key=repr
    )
    return (
        element.tag,
        sorted(element.attrib.items()),
        "" if children else (element.text or "").strip(),
        children,
    )


@pytest.mark.parametrize("case", vectors.parameters("output", DIFFERENCES))
def test_the_response_is_the_one_that_the_result_was_read_from(case: Case) -> None:
    expected = case.raw["response"]

    response = _answer(case)

    headers = Headers(response.headers)
    assert expected["status_code"] == response.status
    for name, value in expected.get("headers", {}).items():
        if name.lower() != "content-length":
            assert (name, str(value)) == (name, headers.get(name))
    # A case without a body leaves it open.
    if "body" in expected:
        assert _document(case.protocol, expected["body"]) == _document(case.protocol, response.body.decode())


@pytest.mark.parametrize("case", vectors.parameters("output", MISREAD))
def test_botocore_reads_the_result_from_our_response(case: Case) -> None:
    model = botocore.model.ServiceModel(case.model)
    operation = model.operation_model(case.operation.name)
    response = _answer(case)
    received = {
        "status_code": response.status,
        "headers": HeadersDict(response.headers),
        "body": response.body,
        "context": {"operation_name": operation.name},
    }
    parser = create_parser(case.operation.service.protocols[0])

    if "error" in case.raw:
        result = parser.parse(received, operation.output_shape)
        assert case.raw["errorCode"] == result["Error"]["Code"]
        assert case.raw.get("errorMessage", "") == result["Error"].get("Message", "")
        return
    if case.protocol == "query" and operation.output_shape and operation.output_shape.members:
        operation.output_shape.serialization["resultWrapper"] = f"{operation.name}Result"
    result = parser.parse(received, operation.output_shape)
    result.pop("ResponseMetadata")

    expected = (
        vectors.python_value(case.operation.output, case.raw["result"]) if case.operation.output else {}
    )
    assert vectors.comparable(expected) == vectors.comparable(result)
