"""Who says that they signed a request, and what they say they signed; nothing is checked here.

SigV4 and, for S3, SigV2 reach a server in the ``Authorization`` header or in the query string (presigned); boto3 still makes the
latter of SigV2 in us-east-1 (a2i-facts ``sdk-wire-trace.md``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from secondlook.wire import errors, moments
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request
from secondlook.wire.link_times import read_end, read_life
from secondlook.wire.s3_errors import invalid_argument

ALGORITHM = "AWS4-HMAC-SHA256"

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256\s+Credential=(?P<credential>[^,\s]+)\s*,\s*"
    r"SignedHeaders=(?P<headers>[^,\s]+)\s*,\s*Signature=(?P<signature>[^,\s]+)\s*"
)
_AUTHORIZATION_V2 = re.compile(r"AWS\s+(?P<key>[^:\s]{1,128}):(?P<signature>[^:\s]+)\s*")
_SCOPE = re.compile(
    r"(?P<key>[^/]{1,128})/(?P<date>[0-9]{8})/(?P<region>[^/]*)/(?P<service>[^/]+)/aws4_request"
)


@dataclass(frozen=True)
class Claim:
    """Who says they signed, and what they say they signed; nothing of it is checked yet."""

    kind: str
    """``header``, ``query`` (presigned) or ``form`` (an upload form), with ``-v2`` for SigV2."""
    access_key: str
    signature: str
    region: str = ""
    service: str = "s3"
    date: str = ""
    stamp: str = ""
    expires: int = 0
    signed_headers: tuple[str, ...] = ()
    token: str = ""

    @property
    def scope(self) -> str:
        """The credential scope that goes into the string to sign."""
        return f"{self.date}/{self.region}/{self.service}/aws4_request"


def signing_name(request: Request) -> str | None:
    """The service that a request was signed for, read leniently: routing comes before checking."""
    match _kind(request):
        case "header":
            return _service(
                request.headers.get("authorization").partition("Credential=")[2].partition(",")[0]
            )
        case "query":
            return _service(request.parameter("X-Amz-Credential"))
        case "header-v2" | "query-v2":
            return "s3"
    return None


def is_signed(request: Request) -> bool:
    """Whether a request makes a claim, in its headers or its query string."""
    return _kind(request) is not None


def identify(request: Request) -> Claim | None:
    """The claim that a request makes, or ``None`` for an unsigned one; ``AwsError`` where it cannot be read."""
    match _kind(request):
        case "header":
            return _claim_in_header(request, request.headers.get("authorization"))
        case "header-v2":
            return _claim_in_v2_header(request, request.headers.get("authorization"))
        case "query":
            return _claim_in_query(request)
        case "query-v2":
            return _claim_in_v2_query(request)
    return None


def _kind(request: Request) -> str | None:
    """Where the signature is. Routing and checking both ask here: they must not look at different signatures."""
    if authorization := request.headers.get("authorization").strip():
        return "header-v2" if authorization.partition(" ")[0] == "AWS" else "header"
    if not request.names.isdisjoint(("X-Amz-Signature", "X-Amz-Algorithm")):
        return "query"
    return "query-v2" if request.names >= {"AWSAccessKeyId", "Signature"} else None


def _service(credential: str) -> str | None:
    scope = _SCOPE.fullmatch(credential.strip())
    return scope["service"] if scope else None


def _claim_in_header(request: Request, authorization: str) -> Claim:
    if not authorization.strip().startswith(ALGORITHM):
        raise errors.unsupported_authorization(
            f"Unsupported Authorization Type. Authorization reads: {ALGORITHM} Credential=…, SignedHeaders=…, Signature=…. "
            f"Found: {_shown(authorization)}"
        )
    match = _AUTHORIZATION.fullmatch(authorization.strip())
    scope = _SCOPE.fullmatch(match["credential"]) if match else None
    if match is None or scope is None:
        raise errors.incomplete_signature(
            "Authorization reads: AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, "
            f"SignedHeaders=<names>, Signature=<64 hex digits>. Found: {_shown(authorization)}"
        )
    return Claim(
        "header",
        scope["key"],
        match["signature"],
        scope["region"],
        scope["service"],
        scope["date"],
        _stamp(request),
        0,
        tuple(match["headers"].split(";")),
        request.headers.get("x-amz-security-token"),
    )


def _stamp(request: Request) -> str:
    """What X-Amz-Date says; where it is not there, Date in the same form."""
    if "x-amz-date" in request.headers:
        return request.headers.get("x-amz-date")
    moment = moments.dated(request.headers.get("date"))
    return moments.stamp(moment) if moment else ""


def _claim_in_v2_header(request: Request, authorization: str) -> Claim:
    match = _AUTHORIZATION_V2.fullmatch(authorization.strip())
    if match is None:
        raise errors.unsupported_authorization(
            "AWS authorization header is invalid. Authorization reads: AWS <AwsAccessKeyId>:<signature>"
        )
    name = "x-amz-date" if "x-amz-date" in request.headers else "date"
    return Claim("header-v2", match["key"], match["signature"], stamp=request.headers.get(name))


def _claim_in_query(request: Request) -> Claim:
    scope = _SCOPE.fullmatch(request.parameter("X-Amz-Credential"))
    expires = request.parameter("X-Amz-Expires")
    names = request.parameter("X-Amz-SignedHeaders")
    if request.parameter("X-Amz-Algorithm") != ALGORITHM or scope is None or not names or not expires:
        raise errors.bad_query_signature(
            f"Query-string authentication needs X-Amz-Algorithm={ALGORITHM}, X-Amz-Credential, X-Amz-Date, "
            "X-Amz-Expires, X-Amz-SignedHeaders and X-Amz-Signature."
        )
    return Claim(
        "query",
        scope["key"],
        request.parameter("X-Amz-Signature"),
        scope["region"],
        scope["service"],
        scope["date"],
        request.parameter("X-Amz-Date"),
        read_life(expires),
        tuple(names.split(";")),
        request.parameter("X-Amz-Security-Token"),
    )


def _claim_in_v2_query(request: Request) -> Claim:
    end = read_end(request.parameter("Expires"))
    return Claim("query-v2", request.parameter("AWSAccessKeyId"), request.parameter("Signature"), expires=end)


def claim_in_form(fields: Mapping[str, str]) -> Claim:
    """The claim that an upload form makes, of its fields by their names in lower case; AwsError where one is missing."""
    if "signature" in fields or "awsaccesskeyid" in fields:
        return Claim("form-v2", _field(fields, "AWSAccessKeyId"), _field(fields, "signature"))
    algorithm, credential = _field(fields, "X-Amz-Algorithm"), _field(fields, "X-Amz-Credential")
    scope = _SCOPE.fullmatch(credential)
    if algorithm != ALGORITHM or scope is None or scope["service"] != "s3":
        raise errors.unsupported_authorization(
            f"An upload form has X-Amz-Algorithm {ALGORITHM} and X-Amz-Credential "
            f"<key>/<date>/<region>/s3/aws4_request. Found: {algorithm[:40]!r}, {credential[:200]!r}"
        )
    stamp, signature = _field(fields, "X-Amz-Date"), _field(fields, "X-Amz-Signature")
    return Claim("form", scope["key"], signature, scope["region"], "s3", scope["date"], stamp)


def missing_field(name: str) -> AwsError:
    """A form has not got a field that it cannot do without."""
    message = f"Bucket POST must contain a field named '{name}'. If it is specified, please check the order of the fields."
    return invalid_argument(message, name, "")


def _field(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name.lower())
    if not value:
        raise missing_field(name)
    return value


def _shown(authorization: str) -> str:
    return re.sub("Signature=[^,]*", "Signature=…", authorization)[:200]
