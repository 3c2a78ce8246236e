"""The functions of a script that the toolkit calls: which there are, what each takes, and which of them ask for a context.

As in the toolkit's `transformer.py`: a function with room for one argument more than it is given gets the context as its last one.
One that names `context` after a `*` gets it by that name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any

from secondlook.hosting.runtimes.inference_script.context import Context

Handler = Callable[..., Any]
"""Called with the context first, then its arguments."""

TAKES: Mapping[str, tuple[str, ...]] = {
    "pre_model_fn": ("model_dir",),
    "model_fn": ("model_dir",),
    "model_warmup_fn": ("model_dir", "model"),
    "input_fn": ("input_data", "content_type"),
    "predict_fn": ("data", "model"),
    "output_fn": ("prediction", "accept"),
    "transform_fn": ("model", "input_data", "content_type", "accept"),
}
"""Function → the arguments it is given, by position."""

_ASYNC = (inspect.iscoroutinefunction, inspect.isasyncgenfunction)

ELSEWHERE: Mapping[str, str] = {
    "input_handler": "TensorFlow Serving",
    "output_handler": "TensorFlow Serving",
    "handler": "TensorFlow Serving",
    "handle": "DJL Serving",
}
"""What scripts have that are written for servers of another kind."""

STEPS = ("input_fn", "predict_fn", "output_fn")
"""What `transform_fn` takes the place of."""


def handlers(script: ModuleType) -> dict[str, Handler]:
    """The functions that a script has, by name. Raises SystemExit for some that cannot be called, or not together."""
    there = {name: getattr(script, name) for name in TAKES if getattr(script, name, None) is not None}
    steps = [name for name in STEPS if name in there]
    others = [name for name in ELSEWHERE if not there and hasattr(script, name)]
    if others:
        raise SystemExit(
            f"{_file(script)} has {others[0]}, as scripts for {ELSEWHERE[others[0]]} do, which is not served here; "
            f"right is model_fn with predict_fn or transform_fn"
        )
    if "transform_fn" in there and steps:
        raise SystemExit(
            f"{_file(script)} has transform_fn together with {', '.join(steps)}: transform_fn takes their place, so have it alone"
        )
    return {name: _handler(script, name, function) for name, function in there.items()}


def _handler(script: ModuleType, name: str, function: Any) -> Handler:
    arguments = TAKES[name]
    try:
        return _adapted(function, len(arguments))
    except TypeError as wrong:
        raise SystemExit(
            f"{_file(script)}: {name} {wrong}; right is def {name}({', '.join(arguments)}) "
            f"or def {name}({', '.join(arguments)}, context)"
        ) from None


def _adapted(function: Any, count: int) -> Handler:
    """The function, called as it asks to be. Raises TypeError for one that cannot be called with `count` arguments."""
    signature = _signature(function)
    way: Handler = _without_context
    named: dict[str, object] = {}
    if _names_context(signature):
        way, named = _with_context_by_name, {"context": None}
    elif _room(signature) == count + 1:
        way, count = _with_context, count + 1
    try:
        signature.bind(*range(count), **named)
    except TypeError:
        raise TypeError(f"takes {signature}") from None
    return partial(way, function)


def _signature(function: Any) -> inspect.Signature:
    """Raises TypeError for what is no function, has no signature, or answers only to `await`."""
    if not callable(function):
        raise TypeError(f"is of type {type(function).__name__}, no function")
    if any(is_async(part) for is_async in _ASYNC for part in (function, type(function).__call__)):
        raise TypeError("is async, and nothing here awaits what it answers")
    try:
        return inspect.signature(function)
    except ValueError:
        raise TypeError(
            "does not tell which arguments it takes, as some functions written in C do not"
        ) from None


def _with_context(function: Callable[..., Any], context: Context, *arguments: Any) -> Any:
    return function(*arguments, context)


def _with_context_by_name(function: Callable[..., Any], context: Context, *arguments: Any) -> Any:
    return function(*arguments, context=context)


def _without_context(function: Callable[..., Any], _: Context, *arguments: Any) -> Any:
    return function(*arguments)


def _names_context(signature: inspect.Signature) -> bool:
    parameter = signature.parameters.get("context")
    return parameter is not None and parameter.kind is inspect.Parameter.KEYWORD_ONLY


def _room(signature: inspect.Signature) -> int:
    """How many arguments there is room for by position; `*args` counts as one, as in the toolkit."""
    keyword_only = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    return sum(parameter.kind not in keyword_only for parameter in signature.parameters.values())


def _file(script: ModuleType) -> str:
    return f"{script.__name__}.py"
