"""AWS's input cases backwards: from the request on the wire to the parameters that a client was called with."""

from __future__ import annotations

import pytest

from secondlook.wire import rest
from secondlook.wire.http import Headers, Request
from secondlook.wire.parse import parse
from tests.wire import vectors
from tests.wire.vectors import Case

COMPRESSED = "no operation served here compresses its request, and the case does not give the compressed body"
TOKEN = "the client makes up an idempotency token that the caller did not give"
NO_TRACE = "an empty list or map leaves no trace on the wire"
EMPTY_PAYLOAD = "the client sends {} for an absent payload, which reads as an empty structure"
ALL_PARAMETERS = (
    "a server's map has every query parameter, those of named members too; the case leaves them out"
)

DIFFERENCES = {
    "RestJsonQueryParamsStringListMap": ALL_PARAMETERS,
    "RestXmlQueryParamsStringListMap": ALL_PARAMETERS,
    "RestJsonQueryPrecedence": ALL_PARAMETERS,
    "RestXmlQueryPrecedence": ALL_PARAMETERS,
    "AllQueryStringTypes": ALL_PARAMETERS,
    "RestXmlQueryStringEscaping": ALL_PARAMETERS,
    "RestXmlSupportsNaNFloatQueryValues": ALL_PARAMETERS,
    "RestXmlSupportsInfinityFloatQueryValues": ALL_PARAMETERS,
    "RestXmlSupportsNegativeInfinityFloatQueryValues": ALL_PARAMETERS,
    "RestXmlZeroAndFalseQueryValues": ALL_PARAMETERS,
    "SDKAppliedContentEncoding_awsJson1_0": COMPRESSED,
    "SDKAppliedContentEncoding_awsJson1_1": COMPRESSED,
    "SDKAppliedContentEncoding_awsQuery": COMPRESSED,
    "SDKAppliedContentEncoding_restJson1": COMPRESSED,
    "SDKAppliedContentEncoding_restXml": COMPRESSED,
    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0": COMPRESSED,
    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1": COMPRESSED,
    "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery": COMPRESSED,
    "SDKAppendedGzipAfterProvidedEncoding_restJson1": COMPRESSED,
    "SDKAppendedGzipAfterProvidedEncoding_restXml": COMPRESSED,
    "RestJsonQueryIdempotencyTokenAutoFill": TOKEN,
    "QueryIdempotencyTokenAutoFill": TOKEN,
    "QueryProtocolIdempotencyTokenAutoFill": TOKEN,
    "RestJsonHttpPrefixHeadersAreNotPresent": NO_TRACE,
    "HttpPrefixHeadersAreNotPresent": NO_TRACE,
    "RestJsonOmitsEmptyListQueryValues": NO_TRACE,
    "QueryEmptyQueryMaps": NO_TRACE,
    "RestJsonHttpWithEmptyStructurePayload": EMPTY_PAYLOAD,
    "RestJsonHttpWithHeadersButNoPayload": EMPTY_PAYLOAD,
    "RestJsonHostWithPath": "a path before the operation's own belongs to whoever puts a proxy in front",
    "MediaTypeHeaderInputBase64": "the case gives JSON text; botocore's callers give the value, and so do we",
}


def _request(case: Case) -> Request:
    sent = case.raw["serialized"]
    path, _, query = sent["uri"].partition("?")
    headers = Headers((name, str(value)) for name, value in sent.get("headers", {}).items())
    return Request(sent["method"], path, query, headers, sent.get("body", "").encode())


@pytest.mark.parametrize("case", vectors.parameters("input", DIFFERENCES))
def test_the_parameters_come_back_from_the_request(case: Case) -> None:
    request = _request(case)
    protocol = case.operation.service.protocols[0]
    params = {}
    if protocol.startswith("rest-"):
        match = rest.match(case.operation.service, request)
        assert match is not None
        params = match.params
    expected = vectors.python_value(case.operation.input, case.raw["params"]) if case.operation.input else {}

    parsed = parse(case.operation, protocol, request, params)

    assert vectors.comparable(expected) == vectors.comparable(parsed)
