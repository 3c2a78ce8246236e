"""Whether a document of S3 has all that its operation reads. What its values may be, each operation says itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import malformed_xml
from secondlook.wire.specs import Operation, Shape


def check_complete(operation: Operation, params: Mapping[str, Any]) -> None:
    """Raise MalformedXML for an element that the model requires and that is not there, at any depth.

    MissingRequestBodyError without a document.
    """
    shape = operation.input
    if shape is None or shape.payload is None or shape.has_raw_payload:
        return
    document = params.get(shape.payload)
    if document is not None:
        payload = shape.members[shape.payload]
        _check(payload, document, _element(payload, shape.payload))
    elif shape.payload in shape.required:
        raise AwsError("MissingRequestBodyError", "Request Body is empty", 400)


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


def _element(shape: Shape, otherwise: str) -> str:
    """The name of an element as a document writes it."""
    return shape.wire_name or otherwise
