"""What is done through the server, or in the data directory itself while no server holds it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from botocore.exceptions import EndpointConnectionError

from secondlook.cli import service
from secondlook.cli.errors import explain
from secondlook.cli.step import Step
from secondlook.client import access, client_file
from secondlook.client.service import Service
from secondlook.review.errors import ReviewError
from secondlook.settings import Settings

explain(ReviewError)

T = TypeVar("T")


def either(
    data: Path | None, through: Callable[[Service], T], directly: Callable[[Any, Settings], T], act: str
) -> T:
    """`through` the server that is meant; `directly` where it does not run and its directory is here.

    `directly` is given `secondlook.app.offline`, which is imported only then: whoever has a server does not wait for that.
    `act` is what is done then, as in `the key is made`.
    """
    folder = access.directory(data)
    if folder is not None and not (folder / client_file.NAME).exists():
        return _directly(folder, directly, act)
    try:
        return through(service.reach(data))
    except EndpointConnectionError:
        if folder is None:
            raise
        return _directly(folder, directly, act)


def _directly(folder: Path, do: Callable[[Any, Settings], T], act: str) -> T:
    import_module("secondlook.cli.storage").explain_all()
    with Step(f"No server is running, so {act} in {folder} itself"):
        return do(import_module("secondlook.app.offline"), Settings.load({"data": folder}))
