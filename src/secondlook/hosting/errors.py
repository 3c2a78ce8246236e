"""What this workshop says when it cannot do what was asked. The door for programs gives these AWS's names."""

from __future__ import annotations


class Invalid(Exception):
    """What was asked cannot be done; the message is the one that AWS gives (`ValidationException`)."""


class NotFound(Invalid):
    """There is no such thing. SageMaker's control plane reports this as ValidationException too."""


class InUse(Exception):
    """It exists and is in use, or exists already (`ResourceInUse`)."""


class NotInvokable(Exception):
    """InvokeEndpoint cannot reach a model: unknown endpoint or variant, not in service (`ValidationError`, 400)."""


class ModelFailed(Exception):
    """The model answered with an error, broke off or took too long (`ModelError`, 424).

    `original_status` is the container's HTTP status, 0 when there was none; `log` names where its log is.
    """

    def __init__(self, message: str, original_status: int, original_message: str, log: str) -> None:
        super().__init__(message)
        self.original_status = original_status
        self.original_message = original_message
        self.log = log
