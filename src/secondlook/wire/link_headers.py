"""Headers that a presigned link carries in its query string, because whoever opens a link need not know them.

SDKs move every `x-amz-` header of the signed request there (botocore with SigV2; those for JavaScript, Java and Ruby with
SigV4), and S3 takes them from there: tags were seen to be applied (floci-io/floci issue 3608), checksums to be ignored, which
SDKs make of a body that nobody has yet (localstack/localstack issue 12169).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from secondlook.wire.claim import Claim
from secondlook.wire.http import Headers, Request, is_amazons, is_field_value
from secondlook.wire.s3_errors import invalid_argument

_OF_THE_SIGNATURE = frozenset(
    """
    x-amz-algorithm x-amz-content-sha256 x-amz-credential x-amz-date x-amz-expires x-amz-security-token
    x-amz-signature x-amz-signedheaders
    """.split()  # noqa: SIM905 - a list of words reads as one
)
_OF_THE_BODY = ("x-amz-checksum-", "x-amz-sdk-checksum-", "x-amz-trailer", "x-amz-decoded-content-length")


def unfolded(request: Request, claim: Claim) -> Request:
    """The request with the headers that its link carries; AwsError where one could be none."""
    carried_headers = carried(request, claim)
    if not carried_headers:
        return request
    for name, value in carried_headers.items():
        if not is_field_value(value):
            raise invalid_argument(
                f"The parameter {name} has a line break or another control character.", name
            )
    headers = [(name, value) for name, value in request.headers if name not in carried_headers]
    return replace(request, headers=Headers([*headers, *carried_headers.items()]))


def carried(request: Request, claim: Claim) -> Mapping[str, str]:
    """Names in lower case, and values as a header has them, of the headers that hold as the signed query says.

    SigV2 signs them as headers, so one that was sent as such is what counts. SigV4 signs the query, and of headers only those
    that it names.
    """
    if claim.service != "s3" or claim.kind not in {"query", "query-v2"}:
        return {}
    headers: dict[str, str] = {}
    for parameter, value in request.parameters:
        name = parameter.lower()
        if is_amazons(name) and name not in _OF_THE_SIGNATURE and not _is_settled(name, request, claim):
            headers.setdefault(name, value.strip().encode().decode("latin-1"))
    return headers


def _is_settled(name: str, request: Request, claim: Claim) -> bool:
    """Whether a parameter of this name says nothing of its header."""
    if claim.kind == "query":
        return name in claim.signed_headers or name.startswith(_OF_THE_BODY)
    return name in request.headers
