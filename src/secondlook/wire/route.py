"""Which operation does a request mean?

The service is found by signing name, ``X-Amz-Target``, host and path, never by the body, so that an upload stays a
stream. The protocol is what the *request* speaks: botocore lists CBOR first for some services while boto3 sends JSON.
Source: a2i-facts ``api.md`` section 1, ``sdk-wire-trace.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from secondlook.wire import errors, rest, specs
from secondlook.wire.errors import AwsError
from secondlook.wire.http import UPLOAD_FORM, Request, parameters
from secondlook.wire.sigv4 import signing_name
from secondlook.wire.specs import Operation, Service

PROTOCOLS = ("json", "rest-json", "rest-xml", "query")
"""The protocols spoken here."""

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class ServiceMatcher:
    """What tells the requests of one service from those of all others, without loading its model.

    `path` is the service's alone and with what follows a slash; where a `header` is named, with that header only.
    """

    service: str
    signing_name: str
    target: str = ""
    host: str = ""
    path: str = ""
    header: str = ""

    def matches(self, request: Request) -> bool:
        """Whether host or path say that a request is for this service."""
        if self.host and request.headers.get("host").startswith(self.host):
            return True
        has_path = bool(self.path) and f"{request.resource}/".startswith(f"{self.path}/")
        return has_path and (not self.header or self.header in request.headers)


_S3_CONTROL = ServiceMatcher("s3control", "s3", path="/v20180820", header="x-amz-account-id")

SERVICE_MATCHERS = (
    ServiceMatcher("sagemaker", "sagemaker", target="SageMaker", host="api.sagemaker."),
    ServiceMatcher("sagemaker-a2i-runtime", "sagemaker", host="a2i-runtime.sagemaker.", path="/human-loops"),
    ServiceMatcher("sagemaker-runtime", "sagemaker", host="runtime.sagemaker.", path="/endpoints"),
    _S3_CONTROL,
    ServiceMatcher("s3", "s3", host="s3."),
    ServiceMatcher("sts", "sts", host="sts."),
    ServiceMatcher("iam", "iam", host="iam."),
    ServiceMatcher("textract", "textract", target="Textract", host="textract."),
    ServiceMatcher("rekognition", "rekognition", target="RekognitionService", host="rekognition."),
    ServiceMatcher("logs", "logs", target="Logs_20140328", host="logs."),
    ServiceMatcher("secondlook", "secondlook", target="Secondlook"),
)

_BY_SIGNING_NAME = {
    name: tuple(matcher for matcher in SERVICE_MATCHERS if matcher.signing_name == name)
    for name in {matcher.signing_name for matcher in SERVICE_MATCHERS}
}


class Route(NamedTuple):
    """Where a request goes: ``params`` are the decoded labels of a REST path."""

    service: Service
    operation: Operation
    protocol: str
    params: dict[str, str]


def route(request: Request) -> Route:
    """The operation that ``request`` means.

    In the query protocol that is the ``Action`` in the query string or the body. Raises ``AwsError``: the protocol's own error for an unknown operation, 415 for a protocol not spoken.
    """
    service = service_of(request)
    protocol = protocol_of(request, service)
    if protocol == "json":
        return Route(service, _by_target(service, request), protocol, {})
    if protocol == "query":
        return Route(service, _by_action(service, dict(form_of(request))), protocol, {})
    match = rest.match(service, request)
    if match is None:
        raise errors.unknown_operation(
            f"{service.name} has no operation at {request.method} {request.path[:200]}"
        )
    return Route(service, match.operation, protocol, match.params)


def service_of(request: Request) -> Service:
    """The service that ``request`` is for."""
    signed = signing_name(request)
    matchers = _BY_SIGNING_NAME.get(signed, ()) if signed else SERVICE_MATCHERS
    if not matchers:
        served = ", ".join(sorted({matcher.signing_name for matcher in SERVICE_MATCHERS}))
        raise errors.not_served(f"The service {signed!r} is not served here; signing names served: {served}.")
    matcher = (
        matchers[0] if len(matchers) == 1 else _tell_apart(matchers, request, is_signed=signed is not None)
    )
    return specs.load(matcher.service)


def protocol_of(request: Request, service: Service) -> str:
    """The protocol that ``request`` speaks to ``service``, one of ``PROTOCOLS``."""
    spoken = dialect(request, service)
    served = [protocol for protocol in service.protocols if protocol in PROTOCOLS]
    if spoken not in served:
        raise errors.unsupported_media_type(
            f"The request speaks {spoken}; {service.name} is served here in: {', '.join(served)}."
        )
    return spoken


def dialect(request: Request, service: Service | None = None) -> str:
    """The protocol that ``request`` seems to speak, served or not: how an error can be told before the routing is done.

    A service of REST has one, whatever the type of what is put: that may be any.
    """
    service = service or _seeming(request)
    if service and (rest_protocol := _rest_protocol(service)):
        return rest_protocol
    if request.headers.get("smithy-protocol"):
        return f"smithy-{request.headers.get('smithy-protocol')}"
    if "x-amz-target" in request.headers or _is_json(request):
        return "json"
    if request.path == "/" and _is_query(request):
        return "query"
    return service.protocols[0] if service else "rest-xml"


def form_of(request: Request) -> list[tuple[str, str]]:
    """The parameters of a query-protocol request, of its query string and of its form."""
    body = (request.body or b"").decode("utf-8", "replace") if request.media_type == FORM else ""
    return [*request.parameters, *parameters(body)]


def may_be_s3(request: Request) -> bool:
    """Whether nothing in a request says that it is for another service than S3, whose hosts may begin with a bucket.

    Those of S3 Control, which signs as S3, begin with an account.
    """
    if signing_name(request) not in {None, "s3"} or "x-amz-target" in request.headers:
        return False
    return not _S3_CONTROL.matches(request)


def _tell_apart(matchers: Sequence[ServiceMatcher], request: Request, *, is_signed: bool) -> ServiceMatcher:
    target = request.headers.get("x-amz-target").partition(".")[0]
    for matcher in matchers:
        if target and matcher.target == target:
            return matcher
    for matcher in matchers:
        if matcher.matches(request) and (is_signed or _may_mean(matcher, request)):
            return matcher
    if target:
        raise errors.unknown_operation(f"No service here has the target prefix {target[:100]!r}.")
    by_name = {matcher.service: matcher for matcher in matchers}
    if not is_signed and request.resource == "/" and _is_rpc(request):
        raise errors.missing_authentication()
    return by_name.get("s3", matchers[0])


def _may_mean(matcher: ServiceMatcher, request: Request) -> bool:
    """Whether an unsigned request may be for the service whose host or path it has, and not just for a bucket called so."""
    if request.path == "/":
        return not request.bucket or _is_rpc(request)
    service = specs.load(matcher.service)
    match = rest.match(service, replace(request, bucket="")) if _rest_protocol(service) else None
    # Browsers upload to a bucket; of other services only those that take any bytes take a form.
    return match is not None and (request.media_type != UPLOAD_FORM or match.operation.takes_stream)


def _seeming(request: Request) -> Service | None:
    """The service that a request is for, where that can be told."""
    try:
        return service_of(request)
    except AwsError:
        return None


def _rest_protocol(service: Service) -> str | None:
    return next((name for name in service.protocols if name.startswith("rest-")), None)


def _is_rpc(request: Request) -> bool:
    """Whether a request looks as those do that do not name their operation by method and path."""
    return _is_query(request) or _is_json(request)


def _is_query(request: Request) -> bool:
    return request.media_type == FORM or "Action" in request.names


def _is_json(request: Request) -> bool:
    return request.media_type.startswith("application/x-amz-json")


def _by_target(service: Service, request: Request) -> Operation:
    prefix, _, name = request.headers.get("x-amz-target").rpartition(".")
    if prefix != service.target_prefix or name not in service:
        raise errors.unknown_operation(
            f"{service.name} has no operation {request.headers.get('x-amz-target')[:100]!r}; "
            f"X-Amz-Target reads {service.target_prefix}.<Operation>."
        )
    return service.operation(name)


def _by_action(service: Service, form: Mapping[str, str]) -> Operation:
    action, version = form.get("Action", ""), form.get("Version", service.api_version)
    if action not in service or version != service.api_version:
        raise errors.unknown_operation(
            f"Could not find operation {action[:100]} for version {version[:20]}; "
            f"{service.name} is served in version {service.api_version}."
        )
    return service.operation(action)
