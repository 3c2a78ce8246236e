"""What S3 checks of all that a request asks, before its operation looks at it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.api.s3.members import check_conditions, check_members
from secondlook.api.s3.schema import check_schema
from secondlook.wire.http import Request
from secondlook.wire.specs import Operation


def check_params(operation: Operation, params: Mapping[str, Any], request: Request) -> None:
    """Raises AwsError for what the operation does not take. S3 words the constraints of its model itself."""
    check_members(operation.name, params)
    check_conditions(operation.name, request)
    check_schema(operation, params)
