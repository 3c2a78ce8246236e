"""Errors in AWS's words.

The protocols spell the same error differently (``AccessDeniedException`` 400 in JSON, ``AccessDenied`` 403 in S3), and
a service may model a spelling of its own (``ValidationError`` in the SageMaker runtime). Whoever raises an error does not
care: the functions here make an error of a *kind*, and ``spoken`` picks code and status when the answer is written.
Source: a2i-facts ``api.md`` section 1, and the error lists of S3, IAM and STS.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

_SERVER_FAULT = 500
_KNOWN_BY_STATUS = frozenset({413, 415})


@dataclass(frozen=True)
class Kind:
    """How each protocol spells one kind of error: ``(code, HTTP status)``; a name in ``modelled`` wins where a service has it."""

    json: tuple[str, int]
    rest_json: tuple[str, int]
    query: tuple[str, int]
    rest_xml: tuple[str, int]
    modelled: tuple[str, ...] = ()

    def spelling(self, protocol: str) -> tuple[str, int]:
        """Code and status in ``protocol``."""
        spelling: tuple[str, int] = getattr(self, protocol.replace("-", "_"))
        return spelling


class AwsError(Exception):
    """An error that a client is told: code, message, HTTP status, and further modelled members."""

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 400,
        members: Mapping[str, Any] | None = None,
        *,
        kind: Kind | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.members = dict(members or {})
        self.kind = kind

    def spoken(
        self, protocol: str, modelled: Mapping[str, int | None], listed: Collection[str] = ()
    ) -> tuple[str, int]:
        """Code and status for ``protocol``; ``modelled`` maps the service's own error codes to their statuses, and those that
        the operation lists go first: Textract has ValidationException for other operations than AnalyzeDocument.

        JSON 1.x carries every client error as 400: the model's HTTP statuses are for the REST protocols.
        """
        code, status = self.kind.spelling(protocol) if self.kind else (self.code, self.status)
        own = (code, *(self.kind.modelled if self.kind else ()))
        code = next((name for codes in (listed, modelled) for name in reversed(own) if name in codes), code)
        status = modelled.get(code) or status
        if protocol == "json" and status < _SERVER_FAULT and status not in _KNOWN_BY_STATUS:
            return code, 400
        return code, status


def _kind(
    code: str, status: int, short: str, short_status: int, s3: str, s3_status: int, *modelled: str
) -> Kind:
    return Kind((code, status), (code, short_status), (short, short_status), (s3, s3_status), modelled)


_VALIDATION = Kind(
    ("ValidationException", 400),
    ("ValidationException", 400),
    ("ValidationError", 400),
    ("InvalidArgument", 400),
    ("InvalidParameterException", "ValidationError", "ValidationException"),
)
_MALFORMED = Kind(
    ("SerializationException", 400),
    ("SerializationException", 400),
    ("MalformedInput", 400),
    ("MalformedXML", 400),
)
_DENIED = _kind("AccessDeniedException", 400, "AccessDenied", 403, "AccessDenied", 403)
_NO_TOKEN = _kind(
    "MissingAuthenticationTokenException", 400, "MissingAuthenticationToken", 403, "AccessDenied", 403
)
_SIGNATURE = _kind(
    "InvalidSignatureException", 400, "SignatureDoesNotMatch", 403, "SignatureDoesNotMatch", 403
)
_INCOMPLETE = Kind(
    ("IncompleteSignatureException", 400),
    ("IncompleteSignatureException", 400),
    ("IncompleteSignature", 400),
    ("AuthorizationHeaderMalformed", 400),
)
_NO_DATE = Kind(
    ("IncompleteSignatureException", 400),
    ("IncompleteSignatureException", 400),
    ("IncompleteSignature", 400),
    ("AccessDenied", 403),
)
_NOT_SPOKEN = Kind(
    ("IncompleteSignatureException", 400),
    ("IncompleteSignatureException", 400),
    ("IncompleteSignature", 400),
    ("InvalidArgument", 400),
)
_BAD_QUERY = Kind(
    ("IncompleteSignatureException", 400),
    ("IncompleteSignatureException", 400),
    ("IncompleteSignature", 400),
    ("AuthorizationQueryParametersError", 400),
)
_UNKNOWN_KEY = _kind(
    "UnrecognizedClientException", 400, "InvalidClientTokenId", 403, "InvalidAccessKeyId", 403
)
_SKEWED = _kind("InvalidSignatureException", 400, "SignatureDoesNotMatch", 403, "RequestTimeTooSkewed", 403)
_EXPIRED_LINK = _kind("InvalidSignatureException", 400, "SignatureDoesNotMatch", 403, "AccessDenied", 403)
_INTERNAL = Kind(
    ("InternalFailure", 500),
    ("InternalFailure", 500),
    ("InternalFailure", 500),
    ("InternalError", 500),
    ("InternalServerError", "InternalServerException"),
)
_UNAVAILABLE = Kind(
    ("ServiceUnavailableException", 503),
    ("ServiceUnavailableException", 503),
    ("ServiceUnavailable", 503),
    ("ServiceUnavailable", 503),
    ("ServiceUnavailable",),
)
_UNKNOWN_OPERATION = Kind(
    ("UnknownOperationException", 400),
    ("UnknownOperationException", 404),
    ("InvalidAction", 400),
    ("MethodNotAllowed", 405),
)
_NOT_SERVED = Kind(
    ("UnknownOperationException", 400),
    ("UnknownOperationException", 404),
    ("InvalidAction", 400),
    ("NotImplemented", 501),
)
_MEDIA_TYPE = Kind(
    ("UnsupportedMediaTypeException", 415),
    ("UnsupportedMediaTypeException", 415),
    ("UnsupportedMediaType", 415),
    ("UnsupportedMediaType", 415),
)
_TOO_LARGE = Kind(
    ("RequestEntityTooLargeException", 413),
    ("RequestEntityTooLargeException", 413),
    ("RequestEntityTooLarge", 413),
    ("EntityTooLarge", 400),
)


def _error(kind: Kind, message: str, members: Mapping[str, Any] | None = None) -> AwsError:
    code, status = kind.json
    return AwsError(code, message, status, members, kind=kind)


def validation(message: str) -> AwsError:
    """Input that breaks a constraint or names something that cannot be used."""
    return _error(_VALIDATION, message)


def malformed(message: str) -> AwsError:
    """A body that cannot be read as what the operation takes."""
    return _error(_MALFORMED, message)


def access_denied(message: str = "Access Denied") -> AwsError:
    """A known caller may not do this."""
    return _error(_DENIED, message)


def missing_authentication() -> AwsError:
    """No signature at all."""
    return _error(_NO_TOKEN, "Missing Authentication Token")


def signature_mismatch(
    message: str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key and signing method. Consult the service documentation for details.",
    members: Mapping[str, Any] | None = None,
) -> AwsError:
    """The signature is not the one that this key makes for this request."""
    return _error(_SIGNATURE, message, members)


def incomplete_signature(message: str) -> AwsError:
    """An Authorization header that cannot be read."""
    return _error(_INCOMPLETE, message)


def invalid_date(message: str) -> AwsError:
    """A signature that does not say when it was made."""
    return _error(_NO_DATE, message)


def unsupported_authorization(message: str) -> AwsError:
    """An Authorization header of another scheme than AWS's, or whose scheme nothing fits."""
    return _error(_NOT_SPOKEN, message)


def bad_query_signature(message: str) -> AwsError:
    """Signature parameters in the query string that cannot be read."""
    return _error(_BAD_QUERY, message)


def unknown_access_key(
    message: str = "The AWS Access Key Id you provided does not exist in our records.",
) -> AwsError:
    """No such access key, or a revoked one."""
    return _error(_UNKNOWN_KEY, message)


def time_too_skewed(message: str) -> AwsError:
    """The request was signed too long ago, or in the future."""
    return _error(_SKEWED, message)


def expired_link(message: str = "Request has expired", members: Mapping[str, Any] | None = None) -> AwsError:
    """A presigned URL past its time."""
    return _error(_EXPIRED_LINK, message, members)


def internal_failure(
    message: str = "The request processing has failed because of an unknown error.",
) -> AwsError:
    """Our own fault."""
    return _error(_INTERNAL, message)


def service_unavailable(message: str) -> AwsError:
    """Not now; botocore tries again."""
    return _error(_UNAVAILABLE, message)


def unknown_operation(message: str) -> AwsError:
    """No such operation in this service."""
    return _error(_UNKNOWN_OPERATION, message)


def not_served(message: str) -> AwsError:
    """A real AWS operation that this server does not serve."""
    return _error(_NOT_SERVED, message)


def unsupported_media_type(message: str) -> AwsError:
    """A protocol that is not served here."""
    return _error(_MEDIA_TYPE, message)


def too_large(message: str) -> AwsError:
    """A body beyond its limit."""
    return _error(_TOO_LARGE, message)
