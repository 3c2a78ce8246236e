"""Members that REST protocols put into path, query string, headers and payload."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from secondlook.wire import errors, scalars
from secondlook.wire.http import Request
from secondlook.wire.parse import jsonbody, xmlbody
from secondlook.wire.specs import Shape

_QUOTED_OR_PLAIN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)')


def read(shape: Shape, protocol: str, request: Request, params: Mapping[str, str]) -> dict[str, Any]:
    """All members of a REST input."""
    members = {}
    for name, member in shape.located_members.items():
        value = _locate(name, member, request, params) if member.type != "map" else _gather(member, request)
        if value is not None:
            members[name] = value
    return {**members, **_read_body(shape, protocol, request)}


def _read_body(shape: Shape, protocol: str, request: Request) -> dict[str, Any]:
    if shape.payload:
        value = _read_payload(shape.members[shape.payload], protocol, request.body)
        return {} if value is None else {shape.payload: value}
    if not shape.body_members:
        return {}
    if protocol == "rest-json":
        return jsonbody.read_members(shape.body_members, jsonbody.load(request.body), "")
    return xmlbody.read_members(shape.body_members, xmlbody.load_body(request.body)) if request.body else {}


def _read_payload(member: Shape, protocol: str, body: bytes | None) -> Any:
    if not body:
        return None
    if member.type == "blob":
        return body
    if member.type == "string":
        return body.decode("utf-8", "replace")
    if protocol == "rest-json":
        return jsonbody.read(member, jsonbody.load(body), "")
    return xmlbody.read(member, xmlbody.load_body(body))


def _locate(name: str, shape: Shape, request: Request, params: Mapping[str, str]) -> Any:
    wire_name = shape.wire_name or name
    try:
        if shape.location == "uri":
            return scalars.read(shape, params[wire_name], "iso8601")
        if shape.location == "querystring":
            return _read_parameters(shape, wire_name, request)
        if shape.location == "header" and wire_name in request.headers:
            return _read_header(shape, request.headers.get(wire_name))
    except ValueError as error:
        raise errors.validation(f"{wire_name}: {error}.") from error
    return None


def _read_parameters(shape: Shape, wire_name: str, request: Request) -> Any:
    values = [value for name, value in request.parameters if name == wire_name]
    if not values:
        return None
    if shape.type == "list":
        return [scalars.read(shape.member, value, "iso8601") for value in values]
    return scalars.read(shape, values[0], "iso8601")


def _gather(member: Shape, request: Request) -> dict[str, Any] | None:
    """A map: of the headers with its prefix, or of all query parameters, those of named members too."""
    if member.location == "headers":
        prefix = (member.wire_name or "").lower()
        names = {name for name, _ in request.headers if name.startswith(prefix)}
        return {name[len(prefix) :]: request.headers.get(name) for name in sorted(names)} or None
    entries: dict[str, Any] = {}
    for name, value in request.parameters:
        if member.value.type == "list":
            entries.setdefault(name, []).append(scalars.read(member.value.member, value, "iso8601"))
        else:
            entries.setdefault(name, scalars.read(member.value, value, "iso8601"))
    return entries or None


def _read_header(shape: Shape, text: str) -> Any:
    if shape.traits.get("jsonvalue"):
        return json.loads(scalars.read_blob(text))
    if shape.type == "list":
        return [scalars.read(shape.member, item, "rfc822") for item in _split(shape.member, text)]
    return scalars.read(shape, text, "rfc822")


def _split(member: Shape, text: str) -> list[str]:
    if member.type == "timestamp" and member.timestamp_format in {None, "rfc822"}:
        # "Mon, 16 Dec 2019 23:48:18 GMT, …": every second comma separates.
        halves = text.split(",")
        return [",".join(pair).strip() for pair in zip(halves[::2], halves[1::2], strict=False)]
    items, position = [], 0
    while position < len(text):
        match = _QUOTED_OR_PLAIN.match(text, position)
        if match is None:
            raise ValueError("expected values separated by commas")
        quoted, plain = match.groups()
        items.append(re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain.strip())
        position = match.end()
    return items
