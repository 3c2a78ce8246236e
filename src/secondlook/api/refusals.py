"""What workshops and memory refuse, in AWS's words."""

from __future__ import annotations

from typing import Any

from secondlook.hosting import errors as hosting
from secondlook.review import errors as review
from secondlook.store.refusals import Refused
from secondlook.wire import errors
from secondlook.wire.errors import AwsError
from secondlook.wire.specs import Service


def explained(refusal: Exception, service: Service | None) -> AwsError | None:
    """The error that a client is told, or None when this was no refusal but a fault of ours."""
    match refusal:
        case AwsError():
            return refusal
        case review.NotFound():
            return _modelled(service, str(refusal), "ResourceNotFound", ("ResourceNotFoundException", 404))
        case review.InUse() | hosting.InUse():
            return _modelled(service, str(refusal), "ResourceInUse", ("ValidationException", 400))
        case review.Conflict():
            return _modelled(service, str(refusal), "ConflictException", ("ConflictException", 409))
        case review.Refusal() | hosting.Invalid():
            return errors.validation(str(refusal))
        case hosting.NotInvokable():
            return AwsError("ValidationError", str(refusal), 400)
        case hosting.NotReady():
            return AwsError("ModelNotReadyException", str(refusal), 429)
        case hosting.ModelFailed():
            return AwsError("ModelError", str(refusal), 424, _model_error(refusal))
        case Refused():
            return AwsError(refusal.code, str(refusal), refusal.status, refusal.members)
    return None


def _model_error(failed: hosting.ModelFailed) -> dict[str, Any]:
    return {
        "OriginalStatusCode": failed.original_status,
        "OriginalMessage": failed.original_message,
        "LogStreamArn": failed.log_arn,
    }


def _modelled(service: Service | None, message: str, code: str, otherwise: tuple[str, int]) -> AwsError:
    """The service's own spelling of the code, where it has one."""
    if service is not None and code in service.error_statuses:
        return AwsError(code, message, service.error_statuses[code] or 400)
    return AwsError(otherwise[0], message, otherwise[1])
