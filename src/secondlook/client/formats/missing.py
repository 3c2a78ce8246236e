"""Packages that only some exports need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from secondlook.client.errors import SecondlookError


class MissingPackage(SecondlookError):
    """A package of the extra `export` is not installed."""


def needed(module: str, package: str, what: str) -> Any:
    """The module; MissingPackage says how to get it, and that `what` needs it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingPackage(
            f"{what} needs {package}, which is not installed: pip install 'secondlook[export]'"
        ) from error
