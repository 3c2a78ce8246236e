"""A request's members, read by the service model.

``parse`` gives what a botocore client was called with: Python values under the model's names. Members that the model does
not know are ignored, as AWS does; a raw payload stays out where the request's body is a stream.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.wire import errors
from secondlook.wire.http import Request
from secondlook.wire.parse import bindings, form, jsonbody
from secondlook.wire.route import form_of
from secondlook.wire.specs import Operation

__all__ = ["parse"]


def parse(operation: Operation, protocol: str, request: Request, params: Mapping[str, str]) -> dict[str, Any]:
    """The members of ``operation``'s input; ``AwsError`` says which member cannot be read and what was expected."""
    shape = operation.input
    if shape is None:
        return {}
    try:
        if protocol == "json":
            return jsonbody.read_members(shape.members, jsonbody.load(request.body), "")
        if protocol == "query":
            return form.read(shape, form_of(request))
        return bindings.read(shape, protocol, request, params)
    except RecursionError as error:
        raise errors.malformed("The request is nested too deeply.") from error
