"""What workshops and memory refuse, in AWS's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from secondlook.hosting import errors as hosting
from secondlook.review import errors as review
from secondlook.store.availability import Unavailable
from secondlook.store.errors import ObjectError
from secondlook.wire import errors
from secondlook.wire.errors import AwsError
from secondlook.wire.specs import Service

Words = Callable[[Any, Service | None], AwsError]


def explained(error: Exception, service: Service | None) -> AwsError | None:
    """The error that a client is told, or None when this was no error but a fault of ours."""
    if isinstance(error, AwsError):
        return error
    return next((words(error, service) for kind, words in _WORDS if isinstance(error, kind)), None)


def _not_found(error: review.NotFound, service: Service | None) -> AwsError:
    return _modelled(service, str(error), "ResourceNotFound", ("ResourceNotFoundException", 404))


def _in_use(error: Exception, service: Service | None) -> AwsError:
    return _modelled(service, str(error), "ResourceInUse", ("ValidationException", 400))


def _limit_exceeded(error: review.LimitExceeded, service: Service | None) -> AwsError:
    return _modelled(service, str(error), "ResourceLimitExceeded", ("ValidationException", 400))


def _model_failed(failed: hosting.ModelFailed, _service: Service | None) -> AwsError:
    members = {
        "OriginalStatusCode": failed.original_status,
        "OriginalMessage": failed.original_message,
        "LogStreamArn": failed.log_arn,
    }
    return AwsError("ModelError", str(failed), 424, members)


def _modelled(service: Service | None, message: str, code: str, otherwise: tuple[str, int]) -> AwsError:
    """The service's own spelling of the code, where it has one."""
    if service is not None and code in service.error_statuses:
        return AwsError(code, message, service.error_statuses[code] or 400)
    return AwsError(otherwise[0], message, otherwise[1])


_WORDS: tuple[tuple[type[Exception], Words], ...] = (
    (review.NotFound, _not_found),
    (review.InUse, _in_use),
    (review.LimitExceeded, _limit_exceeded),
    (hosting.InUse, _in_use),
    (hosting.Conflict, lambda error, _: AwsError("ConflictException", str(error), 400)),
    (review.Conflict, lambda error, _: AwsError("ConflictException", str(error), 409)),
    (review.ReviewError, lambda error, _: errors.validation(str(error))),
    (hosting.Invalid, lambda error, _: errors.validation(str(error))),
    (hosting.NotInvokable, lambda error, _: AwsError("ValidationError", str(error), 400)),
    (hosting.NotReady, lambda error, _: AwsError("ModelNotReadyException", str(error), 429)),
    (hosting.Throttled, lambda error, _: AwsError("ThrottlingException", str(error), 400)),
    (hosting.ModelFailed, _model_failed),
    (Unavailable, lambda error, _: errors.service_unavailable(str(error))),
    (ObjectError, lambda error, _: AwsError(error.code, str(error), error.status, error.members)),
)
"""The first kind that fits says how a error is worded, so a special one stands before its general one."""
