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
    if ("logGroupName" in params) == ("logGroupIdentifier" in params):
        raise invalid("Give either logGroupName or logGroupIdentifier.")
    group = (
        str(params["logGroupName"]) if "logGroupName" in params else named(call, params["logGroupIdentifier"])
    )
    try:
        return group, logs(call).streams(group)
    except LookupError:
        raise not_found("The specified log group does not exist.") from None


def named(call: Call, identifier: str) -> str:
    """The name of the group that is meant: by its name, or its ARN in this account and Region. Raises InvalidParameterException."""
    if not identifier.startswith("arn:"):
        return identifier
    here = arn(call, "")
    if not identifier.startswith(here):
        raise invalid(f"{identifier} is no log group of this account and Region: right is {here}NAME.")
    return identifier.removeprefix(here)


def arn(call: Call, group: str) -> str:
    """That which takes no `:*` at its end."""
    return f"arn:aws:logs:{call.place.region}:{call.place.account}:log-group:{group}"


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message, 400)


def not_found(message: str) -> AwsError:
    return AwsError("ResourceNotFoundException", message, 400)
