"""Which operations are served: one function each, found by its name. The supported-operations table is made from this."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from secondlook.api import iam, loops, runtime, s3, s3control, sts
from secondlook.api.sagemaker import (
    endpoint_configs,
    endpoints,
    flows,
    model_packages,
    models,
    tagging,
    task_uis,
    workforces,
    workteams,
)
from secondlook.api.secondlook import (
    accounts,
    catalog,
    events,
    keys,
    progress,
    server,
    teams,
    templates,
    work,
)

Operation = Callable[..., Any]

MODULES: Mapping[str, tuple[ModuleType, ...]] = {
    "sagemaker": (
        task_uis,
        flows,
        workteams,
        workforces,
        tagging,
        model_packages,
        models,
        endpoint_configs,
        endpoints,
    ),
    "sagemaker-a2i-runtime": (loops,),
    "sagemaker-runtime": (runtime,),
    "s3": s3.MODULES,
    "s3control": (s3control,),
    "sts": (sts,),
    "iam": (iam,),
    "secondlook": (server, teams, accounts, catalog, keys, progress, work, events, templates),
}
"""The modules whose public functions are the operations of a service."""


def spelled(operation: str) -> str:
    """`CreateHumanTaskUi` as its function is called: `create_human_task_ui`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", operation).lower()


def _functions(modules: tuple[ModuleType, ...]) -> dict[str, Operation]:
    return {name: function for module in modules for name, function in _functions_of(module)}


def _functions_of(module: ModuleType) -> Iterator[tuple[str, Operation]]:
    """Those that a module names in a table, or its public ones."""
    if table := getattr(module, "OPERATIONS", None):
        yield from ((spelled(name), function) for name, function in table.items())
        return
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("_") and function.__module__ == module.__name__:
            yield name, function


BESIDE_THE_MODELS: Mapping[str, Mapping[str, tuple[Operation, str]]] = {
    "s3": {"PostObject": (s3.forms.read, "PutObject")},
}
"""Service → what it serves although its model does not name it: the function, and the operation whose rights it takes."""

SERVED: Mapping[str, Mapping[str, Operation]] = {
    service: _functions(modules) for service, modules in MODULES.items()
}
"""Service → function name → function."""
