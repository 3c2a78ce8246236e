"""Asking the endpoint that a setting names on behalf of an AWS service whose callers know of no endpoint."""

from __future__ import annotations

from secondlook.api.call import Call
from secondlook.api.pictures import Picture, Rules, invalid
from secondlook.hosting.errors import ModelFailed, NotInvokable, NotReady
from secondlook.hosting.invocation.invoke import Invocation
from secondlook.settings import flag
from secondlook.wire.errors import AwsError

HOW = "docs/built-in-task-types.md has the commands that make one"


def endpoint(call: Call, setting: str) -> str:
    """The name of the endpoint; raises AwsError where the server was started without one."""
    name: str | None = getattr(call.services.settings, setting)
    if name is None:
        raise invalid(
            f"No endpoint does {call.operation} here: make one, and start the server with {flag(setting)} NAME; {HOW}."
        )
    return name


async def prediction(call: Call, setting: str, picture: Picture, accept: str, rules: Rules) -> Invocation:
    """What the endpoint answers; raises AwsError in the service's words."""
    name = endpoint(call, setting)
    try:
        return await call.services.fleet.invoker.invoke(
            name, picture.body, {"Content-Type": picture.media_type, "Accept": accept}
        )
    except NotInvokable as error:
        raise invalid(f"{flag(setting)} {name} cannot be called: {error} ({HOW}.)") from error
    except NotReady as error:
        raise AwsError("ThrottlingException", str(error)) from error
    except ModelFailed as error:
        raise _failed(error, rules) from error


def _failed(error: ModelFailed, rules: Rules) -> AwsError:
    """What a model says of the picture is the caller's affair, all else is ours."""
    codes = {400: rules.bad, 413: rules.too_large, 415: rules.unsupported}
    if code := codes.get(error.original_status):
        return AwsError(code, error.original_message or str(error))
    return AwsError("InternalServerError", str(error), 500)
