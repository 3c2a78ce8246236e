"""What workshops and memory refuse, in AWS's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from secondlook.hosting import errors as hosting
from secondlook.review import errors as review
from secondlook.store.availability import Unavailable
from secondlook.store.refusals import Refused
from secondlook.wire import errors
from secondlook.wire.errors import AwsError
from secondlook.wire.specs import Service

Words = Callable[[Any, Service | None], AwsError]


def explained(refusal: Exception, service: Service | None) -> AwsError | None:
    """The error that a client is told, or None when this was no refusal but a fault of ours."""
    if isinstance(refusal, AwsError):
        return refusal
    return next((words(refusal, service) for kind, words in _WORDS if isinstance(refusal, kind)), None)


def _not_found(refusal: review.NotFound, service: Service | None) -> AwsError:
    return _modelled(service, str(refusal), "ResourceNotFound", ("ResourceNotFoundException", 404))


def _in_use(refusal: Exception, service: Service | None) -> AwsError:
    return _modelled(service, str(refusal), "ResourceInUse", ("ValidationException", 400))


def _limit_exceeded(refusal: review.LimitExceeded, service: Service | None) -> AwsError:
    return _modelled(service, str(refusal), "ResourceLimitExceeded", ("ValidationException", 400))


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
    (review.Conflict, lambda refusal, _: AwsError("ConflictException", str(refusal), 409)),
    (review.Refusal, lambda refusal, _: errors.validation(str(refusal))),
    (hosting.Invalid, lambda refusal, _: errors.validation(str(refusal))),
    (hosting.NotInvokable, lambda refusal, _: AwsError("ValidationError", str(refusal), 400)),
    (hosting.NotReady, lambda refusal, _: AwsError("ModelNotReadyException", str(refusal), 429)),
    (hosting.ModelFailed, _model_failed),
    (Unavailable, lambda refusal, _: errors.service_unavailable(str(refusal))),
    (Refused, lambda refusal, _: AwsError(refusal.code, str(refusal), refusal.status, refusal.members)),
)
"""The first kind that fits says how a refusal is worded, so a special one stands before its general one."""
