"""What this workshop says when it cannot do what was asked. The door for programs gives these AWS's names."""

from __future__ import annotations

import errno

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE})
"""What a system says that has no room for one more byte, process or open file just now."""


class Invalid(Exception):
    """What was asked cannot be done; the message is AWS's where one is known (`ValidationException`)."""


class NotFound(Invalid):
    """There is no such thing. SageMaker's control plane reports this as ValidationException too [hosting.md]."""


class InUse(Exception):
    """It cannot change now (`ResourceInUse`)."""


class Conflict(Exception):
    """It would contradict what is there already (`ConflictException`)."""


class NotInvokable(Exception):
    """InvokeEndpoint reaches no model: unknown endpoint or variant, not in service (`ValidationError`, 400)."""


class NotReady(Exception):
    """The endpoint is in service, but no instance of it answers just now (`ModelNotReadyException`, 429)."""


class Throttled(Exception):
    """A serverless variant has as many calls under way as it takes (`ThrottlingException`, 400, which SDKs try again)."""


class ModelFailed(Exception):
    """The model answered with an error, broke off or took too long (`ModelError`, 424).

    `original_status` is the container's HTTP status, 0 when there was none; `log_arn` names its log as AWS would.
    """

    def __init__(self, message: str, original_status: int, original_message: str, log_arn: str) -> None:
        super().__init__(message)
        self.original_status = original_status
        self.original_message = original_message
        self.log_arn = log_arn


class ModelBrokeOff(ModelFailed):
    """The model ended its connection before it had answered: it died, be it of this call or of another."""


class StreamFailed(Exception):
    """The model's answer broke off after its first piece (`ModelStreamError`).

    `code` is ModelInvocationTimeExceeded or StreamBroken.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class StartFailed(Exception):
    """The instance did not become ready; the message says why, with the last line of its log."""


class NotPrepared(StartFailed):
    """The instance could not even be started: something it needs is missing, or not allowed."""


class Refused(NotPrepared):
    """The instance cannot be started, however often it is tried: what it is to run is not taken here."""


class OutOfReach(NotPrepared):
    """The instance could not be started just now: where it has to ask did not answer, and may a little later."""


def may_pass(failure: StartFailed) -> bool:
    """Whether what kept an instance from its start may be over a little later: it is out of reach, or this machine had no room."""
    if isinstance(failure, Refused):
        return False
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, OutOfReach) or (isinstance(cause, OSError) and cause.errno in NO_ROOM):
            return True
        cause = cause.__cause__
    return False
