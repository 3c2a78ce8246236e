"""Statements that are built once: building one costs more than having SQLite do it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from inspect import signature
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.sql.base import Executable

Prepared = tuple[Any, dict[str, Any]]
"""A statement and what is bound to its parameters: `cx.execute(*prepared)`."""


def prepared(build: Callable[..., Executable]) -> Callable[..., Prepared]:
    """`build` is called once, with a bound parameter in place of each argument; afterwards the arguments alone are new.

    So `build` compares its arguments with columns, and does not look at them.
    """
    names = tuple(signature(build).parameters)

    @cache
    def statement() -> Executable:
        return build(*(bindparam(name) for name in names))

    @wraps(build)
    def with_arguments(*arguments: Any) -> Prepared:
        return statement(), dict(zip(names, arguments, strict=True))

    return with_arguments
