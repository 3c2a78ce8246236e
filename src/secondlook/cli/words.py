"""What is wrong with a call, before it is made, in the words of the command line.

Nobody has typed `teamName`: a parameter that cannot be is named by the argument or option of the running command that has its
value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from secondlook.client import parameters
from secondlook.client.errors import WrongParameter


def check(params: Mapping[str, Any], model: Any, **context: Any) -> None:
    """Raise click's BadParameter for the first parameter that cannot be, WrongParameter where nobody typed it."""
    try:
        parameters.check(params, model, **context)
    except WrongParameter as error:
        typed = _typed(error.value)
        if typed is None:
            raise
        raise click.BadParameter(
            f"{error.violation}.", ctx=click.get_current_context(), param=typed
        ) from None


def _typed(value: Any) -> click.Parameter | None:
    """The argument or option of the running command that this value stands in."""
    ctx = click.get_current_context(silent=True)
    if ctx is None:
        return None
    return next(
        (param for param in ctx.command.params if _holds(ctx.params.get(str(param.name)), value)), None
    )


def _holds(argument: Any, value: Any) -> bool:
    values = [argument, *(argument if isinstance(argument, tuple) else ())]
    return value in values or value == values[1:]
