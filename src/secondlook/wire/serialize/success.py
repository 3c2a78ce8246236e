"""An operation's result → its response, in each protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.wire.http import Response
from secondlook.wire.serialize import bindings, jsonbody, s3, xmlbody
from secondlook.wire.specs import Operation, Shape

_NO_MEMBERS: Mapping[str, Shape] = {}


def serialize(
    operation: Operation, protocol: str, result: Mapping[str, Any], request_id: str = ""
) -> Response:
    """The response for ``result``: the model's member names → Python values, ``None`` meaning absent.

    A payload of the raw kind is bytes or text. Raises ``TypeError`` for a member that the model does not have: that is a mistake of ours,
    not of the client.
    """
    _refuse_strangers(operation, result)
    if protocol == "json":
        response = _json(operation, result)
    elif protocol == "query":
        response = _query(operation, result, request_id)
    else:
        response = _rest(operation, protocol, result)
    response.headers.extend(identification(operation.service.name, request_id))
    return response


def identification(service: str, request_id: str) -> list[tuple[str, str]]:
    """The headers that name the request; S3 has names of its own."""
    if service == "s3":
        return [("x-amz-request-id", request_id), ("x-amz-id-2", s3.host_id(request_id))]
    return [("x-amzn-RequestId", request_id)]


def _json(operation: Operation, result: Mapping[str, Any]) -> Response:
    members = operation.output.members if operation.output else _NO_MEMBERS
    content_type = f"application/x-amz-json-{operation.service.json_version}"
    return Response(
        200, [("Content-Type", content_type)], jsonbody.dump(jsonbody.write_members(members, result))
    )


def _query(operation: Operation, result: Mapping[str, Any], request_id: str) -> Response:
    shape = operation.output
    inner = ""
    if shape is not None:
        wrapper = shape.traits.get("resultWrapper", f"{operation.name}Result")
        inner = xmlbody.element(wrapper, xmlbody.write_members(shape.members, result))
    metadata = xmlbody.element("ResponseMetadata", xmlbody.element("RequestId", xmlbody.escape(request_id)))
    attributes = xmlbody.namespace(operation.service.xml_namespace)
    body = xmlbody.element(f"{operation.name}Response", inner + metadata, attributes)
    return Response(200, [("Content-Type", "text/xml")], body.encode())


def _rest(operation: Operation, protocol: str, result: Mapping[str, Any]) -> Response:
    shape = operation.output
    if shape is None:
        return Response(operation.status, [])
    status, headers = bindings.write(shape, result)
    response = Response(status or operation.status, headers)
    if shape.has_raw_payload:
        _put_raw_payload(shape, result, response)
    elif operation.method != "HEAD":
        content_type, response.body = _document(operation, shape, protocol, result)
        if content_type:
            response.headers.append(("Content-Type", content_type))
    return response


def _put_raw_payload(shape: Shape, result: Mapping[str, Any], response: Response) -> None:
    payload = result.get(shape.payload or "")
    kind = "application/octet-stream"
    if payload is None:
        return
    if isinstance(payload, str):
        response.body, kind = payload.encode(), "text/plain"
    else:
        response.body = bytes(payload)
    if all(name.lower() != "content-type" for name, _ in response.headers):
        response.headers.append(("Content-Type", kind))


def _document(
    operation: Operation, shape: Shape, protocol: str, result: Mapping[str, Any]
) -> tuple[str, bytes]:
    payload = shape.members[shape.payload] if shape.payload else None
    value = result.get(shape.payload) if shape.payload else result
    if protocol == "rest-json":
        if payload is None:
            return "application/json", jsonbody.dump(jsonbody.write_members(shape.body_members, result))
        return (
            ("application/json", jsonbody.dump(jsonbody.write(payload, value)))
            if value is not None
            else ("", b"")
        )
    if value is None or (payload is None and not shape.body_members):
        return "", b""
    written = payload or shape
    root = s3.root(operation) or written.root_name
    body = s3.body(operation, result) or xmlbody.write_root(
        root,
        written,
        value,
        written.members if payload else shape.body_members,
        s3.namespace(operation.service),
    )
    return "application/xml", b'<?xml version="1.0" encoding="UTF-8"?>\n' + body.encode()


def _refuse_strangers(operation: Operation, result: Mapping[str, Any]) -> None:
    known = operation.output.members if operation.output else _NO_MEMBERS
    strangers = [name for name in result if name not in known]
    if strangers:
        raise TypeError(
            f"{operation.service.name}.{operation.name} has no output member {', '.join(strangers)}"
        )
