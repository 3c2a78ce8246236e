"""Which operations are served: those that the folders beside this module have a function for.

A folder is a service, named as botocore names it, with `_` for `-`. A public function in any of its modules that is named as an
operation of the service's model does that operation; no list says so a second time. A module that has one has no other
public function, so a misspelled name is found. The table of supported operations is made from this.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules, walk_packages
from types import ModuleType
from typing import Any

from secondlook.api.traits import ServiceTraits
from secondlook.wire import specs

Operation = Callable[..., Any]


class Misnamed(Exception):
    """A function stands among operations and is none, or an operation has two."""


def spelled(operation: str) -> str:
    """`CreateHumanTaskUi` as its function is called: `create_human_task_ui`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", operation).lower()


def collected(modules: Iterable[ModuleType], names: Iterable[str]) -> dict[str, Operation]:
    """The functions of `modules` that do the operations called `names`, by operation; raises Misnamed."""
    by_spelling = {spelled(name): name for name in names}
    functions: dict[str, Operation] = {}
    for module in modules:
        candidates = dict(_public_functions(module))
        if not candidates.keys() & by_spelling.keys():
            continue
        for spelling, function in candidates.items():
            name = by_spelling.get(spelling)
            if name is None or name in functions:
                reason = "is done elsewhere too" if name else "is no operation of this service"
                raise Misnamed(f"{module.__name__}.{spelling} {reason}.")
            functions[name] = function
    return functions


def _public_functions(module: ModuleType) -> Iterator[tuple[str, Operation]]:
    """Those that a module names in its table `OPERATIONS`, or those that it defines."""
    if table := getattr(module, "OPERATIONS", None):
        yield from ((spelled(name), function) for name, function in table.items())
        return
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("_") and function.__module__ == module.__name__:
            yield name, function


def _package_of(folder: str) -> list[ModuleType]:
    """A folder's package and all modules in it, imported."""
    package = import_module(f"{__package__}.{folder}")
    inner = walk_packages(package.__path__, f"{package.__name__}.")
    return [package, *(import_module(module.name) for module in inner)]


_PACKAGES = {
    module.name.replace("_", "-"): _package_of(module.name)
    for module in iter_modules([str(Path(__file__).parent)])
    if module.ispkg
}

SERVICES = tuple(_PACKAGES)
"""The names of the services that are served."""


@cache
def served(service: str) -> Mapping[str, Operation]:
    """The functions of a service by the names of their operations. Looks at the service's model, so not before it is needed."""
    return collected(_PACKAGES[service], specs.load(service))


@cache
def traits(service: str) -> ServiceTraits:
    """What is special about the service."""
    package = _PACKAGES[service][0]
    return getattr(package, "TRAITS", _PLAIN)


_PLAIN = ServiceTraits()


@cache
def is_coroutine(function: Operation) -> bool:
    """Whether an operation runs on the event loop."""
    return inspect.iscoroutinefunction(function)
