"""The group and the streams that a call names."""

from __future__ import annotations

from secondlook.api.call import Call
from secondlook.hosting.logs.streams import Logs, Stream
from secondlook.wire.errors import AwsError


def logs(call: Call) -> Logs:
    """Those of this server."""
    return Logs(call.services.settings.data / "logs")


def streams(call: Call) -> tuple[str, list[Stream]]:
    """The group that is named, by its name or ARN, and its streams. Raises ResourceNotFoundException, InvalidParameterException."""
    params = call.params
    if (params.get("logGroupName") is None) == (params.get("logGroupIdentifier") is None):
        raise invalid("Give either logGroupName or logGroupIdentifier.")
    named = str(params.get("logGroupName") or params["logGroupIdentifier"])
    group = named.removesuffix(":*").rpartition(":log-group:")[2]
    try:
        return group, logs(call).streams(group)
    except LookupError:
        raise not_found("The specified log group does not exist.") from None


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message, 400)


def not_found(message: str) -> AwsError:
    return AwsError("ResourceNotFoundException", message, 400)
