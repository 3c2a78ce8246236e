"""Errors → responses, in each protocol's envelope. Source: a2i-facts ``api.md`` section 1."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from secondlook.wire.errors import AwsError
from secondlook.wire.http import RETRY_SECONDS, Response
from secondlook.wire.serialize import bindings, jsonbody, s3, xmlbody
from secondlook.wire.serialize.success import identification
from secondlook.wire.specs import Operation, Service, Shape

_NO_MEMBERS: Mapping[str, Shape] = {}
_ENVELOPES = frozenset({"json", "rest-json", "rest-xml", "query"})


def serialize_error(
    service: Service | None,
    protocol: str,
    operation: Operation | None,
    error: AwsError,
    request_id: str = "",
    resource: str = "",
) -> Response:
    """The response that tells ``error``; ``service`` is ``None`` where routing itself failed.

    ``resource`` is the path of an S3 request. A HEAD is answered without a body.
    """
    # A protocol that is not spoken here is refused in the most common one.
    protocol = protocol if protocol in _ENVELOPES else "json"
    listed = operation.error_codes if operation else frozenset()
    code, status = error.spoken(protocol, service.error_statuses if service else {}, listed)
    shape = service.error(code) if service else None
    message = {_message_member(service, shape, protocol): error.message} if error.message else {}
    members = {**message, **error.members}
    if protocol == "query":
        response = _query(service, shape, code, status, members, request_id)
    elif protocol == "rest-xml":
        response = _rest_xml(service, shape, code, status, members, request_id, resource)
    else:
        response = _json(protocol, service, shape, code, status, members)
    response.headers.extend(identification("s3" if protocol == "rest-xml" else "", request_id))
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers.append(("Retry-After", str(RETRY_SECONDS)))
    if operation is not None and operation.method == "HEAD":
        response.body = b""
    return response


def _message_member(service: Service | None, shape: Shape | None, protocol: str) -> str:
    """How the service spells ``Message``: as this error's model does, else as its other errors do."""
    if protocol in {"query", "rest-xml"}:
        return "Message"
    for model in (shape, *(service.error(code) for code in service.error_statuses)) if service else ():
        for name in model.members if model else ():
            if name.lower() == "message":
                return name
    return "Message"


def _json(
    protocol: str,
    service: Service | None,
    shape: Shape | None,
    code: str,
    status: int,
    members: dict[str, Any],
) -> Response:
    known = shape.members if shape else _NO_MEMBERS
    inner = {name: member for name, member in known.items() if member.location is None}
    document = {name: value for name, value in members.items() if name not in known}
    document |= jsonbody.write_members(inner, members)
    if protocol == "rest-json":
        located = bindings.write(shape, members)[1] if shape else []
        headers = [("Content-Type", "application/json"), ("x-amzn-ErrorType", code), *located]
        return Response(status, headers, jsonbody.dump(document))
    version = service.json_version if service else "1.1"
    headers = [("Content-Type", f"application/x-amz-json-{version}")]
    return Response(status, headers, jsonbody.dump({"__type": code, **document}))


def _query(
    service: Service | None,
    shape: Shape | None,
    code: str,
    status: int,
    members: dict[str, Any],
    request_id: str,
) -> Response:
    kind = "Sender" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "Receiver"
    inner = (
        xmlbody.element("Type", kind) + xmlbody.element("Code", xmlbody.escape(code)) + _xml(shape, members)
    )
    content = xmlbody.element("Error", inner) + xmlbody.element("RequestId", xmlbody.escape(request_id))
    attributes = xmlbody.namespace(service.xml_namespace if service else None)
    body = xmlbody.element("ErrorResponse", content, attributes)
    return Response(status, [("Content-Type", "text/xml")], body.encode())


def _rest_xml(
    service: Service | None,
    shape: Shape | None,
    code: str,
    status: int,
    members: dict[str, Any],
    request_id: str,
    resource: str,
) -> Response:
    if service is not None and service.name != "s3":
        response = _query(service, shape, code, status, members, request_id)
        response.headers = [("Content-Type", "application/xml")]
    else:
        content = xmlbody.element("Code", xmlbody.escape(code)) + _xml(shape, members)
        content += xmlbody.element("Resource", xmlbody.escape(resource)) if resource else ""
        content += xmlbody.element("RequestId", xmlbody.escape(request_id))
        content += xmlbody.element("HostId", s3.host_id(request_id))
        body = '<?xml version="1.0" encoding="UTF-8"?>\n' + xmlbody.element("Error", content)
        response = Response(status, [("Content-Type", "application/xml")], body.encode())
    if shape is not None:
        response.headers += bindings.write(shape, members)[1]
    return response


def _xml(shape: Shape | None, members: Mapping[str, Any]) -> str:
    known = shape.members if shape else _NO_MEMBERS
    plain = {name: value for name, value in members.items() if name not in known}
    inner = {name: member for name, member in known.items() if member.location is None}
    return "".join(
        xmlbody.element(name, xmlbody.escape_lines(str(value))) for name, value in plain.items()
    ) + xmlbody.write_members(inner, members)
