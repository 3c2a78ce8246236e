"""Members that REST protocols put into path, query string, headers and payload."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from secondlook.wire import errors, scalars
from secondlook.wire.http import Request
from secondlook.wire.parse import jsonbody, xmlbody
from secondlook.wire.specs import Shape

T = TypeVar("T")

_QUOTED_OR_PLAIN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)')


class _Binding(NamedTuple):
    """A member that stands for itself in the path, the query string or a header field."""

    name: str
    wire_name: str
    shape: Shape


class _Bindings(NamedTuple):
    """The members of an input outside its document: those of headers by field in lower case, those of the query by parameter."""

    labels: Sequence[_Binding]
    parameters: Mapping[str, _Binding]
    fields: Mapping[str, _Binding]
    maps: Sequence[tuple[str, Shape]]


def read(shape: Shape, protocol: str, request: Request, params: Mapping[str, str]) -> dict[str, Any]:
    """All members of a REST input. It looks at what is there, because most members are not."""
    bindings = _bindings(shape)
    members: dict[str, Any] = {}
    for label in bindings.labels:
        members[label.name] = _read(_read_label, label, params[label.wire_name])
    if bindings.parameters:
        for name in dict.fromkeys(name for name, _ in request.parameters):
            if parameter := bindings.parameters.get(name):
                values = [value for key, value in request.parameters if key == name]
                members[parameter.name] = _read(_read_parameter, parameter, values)
    if bindings.fields:
        for name in request.headers.names:
            if field := bindings.fields.get(name):
                members[field.name] = _read(_read_header, field, request.headers.get(name))
    for name, member in bindings.maps:
        if (entries := _gather(member, request)) is not None:
            members[name] = entries
    return {**members, **_read_body(shape, protocol, request)}


@cache
def _bindings(shape: Shape) -> _Bindings:
    plain = [
        _Binding(name, member.wire_name or name, member)
        for name, member in shape.located_members.items()
        if member.type != "map"
    ]
    return _Bindings(
        [binding for binding in plain if binding.shape.location == "uri"],
        {binding.wire_name: binding for binding in plain if binding.shape.location == "querystring"},
        {binding.wire_name.lower(): binding for binding in plain if binding.shape.location == "header"},
        [(name, member) for name, member in shape.located_members.items() if member.type == "map"],
    )


def _read(reader: Callable[[Shape, T], Any], binding: _Binding, raw: T) -> Any:
    try:
        return reader(binding.shape, raw)
    except ValueError as error:
        raise errors.validation(f"{binding.wire_name}: {error}.") from error


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


def _read_label(shape: Shape, text: str) -> Any:
    return scalars.read(shape, text, "iso8601")


def _read_parameter(shape: Shape, values: Sequence[str]) -> Any:
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
