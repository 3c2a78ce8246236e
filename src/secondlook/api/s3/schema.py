"""Whether a request of S3 has all that its operation reads, query parameters and elements of its document, and says in them
nothing but words that S3 knows. Pure.

What their values may be beyond that, and which headers must be there, each operation says itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.wire.s3_errors import invalid_argument, malformed_xml, missing_body
from secondlook.wire.specs import Operation, Shape

OTHERWISE_WORDED = ("Event", "LocationConstraint", "Permission")
"""Elements for whose words S3 has other errors than MalformedXML, which their operations tell."""


def check_schema(operation: Operation, params: Mapping[str, Any]) -> None:
    """Raise MalformedXML for an element that the model requires and that is not there, and for a word that is none of those
    that it lists, at any depth.

    InvalidArgument for a query parameter, MissingRequestBodyError without a document.
    """
    shape = operation.input
    if shape is None:
        return
    for name in shape.required:
        member = shape.members[name]
        if member.location == "querystring" and name not in params:
            parameter = member.wire_name or name
            raise invalid_argument(f"The query parameter {parameter} is missing.", parameter)
    if shape.payload is not None and not shape.has_raw_payload:
        _check_document(shape, shape.payload, params)


def _check_document(shape: Shape, name: str, params: Mapping[str, Any]) -> None:
    document = params.get(name)
    if document is not None:
        payload = shape.members[name]
        _check(payload, document, _element(payload, name))
    elif name in shape.required:
        raise missing_body()


def _check(shape: Shape, value: Any, element: str) -> None:
    if shape.type == "list":
        for item in value:
            _check(shape.member, item, _element(shape.member, element))
    elif shape.type == "structure":
        for name, member in shape.members.items():
            child = _element(member, name)
            if value.get(name) is not None:
                _check(member, value[name], child)
            elif name in shape.required and not member.traits.get("xmlAttribute"):
                raise malformed_xml(f"each {element} has its {child}")
    elif value not in shape.traits.get("enum", (value,)) and element not in OTHERWISE_WORDED:
        raise malformed_xml(f"{element} is one of {', '.join(shape.traits['enum'])}")


def _element(shape: Shape, otherwise: str) -> str:
    """The name of an element as a document writes it."""
    return shape.wire_name or otherwise
