"""The functions of a script that the toolkit calls: which there are, what each takes, and which of them ask for a context.

As in the toolkit's `transformer.py`: a function with room for one argument more than it is given gets the context as its last one.
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

STEPS = ("input_fn", "predict_fn", "output_fn")
"""What `transform_fn` takes the place of."""


def handlers(script: ModuleType) -> dict[str, Handler]:
    """The functions that a script has, by name. Raises SystemExit for some that cannot be called, or not together."""
    there = {name: getattr(script, name) for name in TAKES if getattr(script, name, None) is not None}
    steps = [name for name in STEPS if name in there]
    if "transform_fn" in there and steps:
        raise SystemExit(
            f"{_file(script)} has transform_fn together with {', '.join(steps)}: transform_fn takes their place, so have it alone"
        )
    return {name: _handler(script, name, function) for name, function in there.items()}


def _handler(script: ModuleType, name: str, function: Callable[..., Any]) -> Handler:
    given = TAKES[name]
    room = _room(function)
    if room == len(given) + 1:
        return partial(_with_context, function)
    if room == len(given) or _accepts(function, len(given)):
        return partial(_without_context, function)
    raise SystemExit(
        f"{_file(script)}: {name} takes {room} arguments; right is {name}({', '.join(given)}) "
        f"or {name}({', '.join(given)}, context)"
    )


def _with_context(function: Callable[..., Any], context: Context, *arguments: Any) -> Any:
    return function(*arguments, context)


def _without_context(function: Callable[..., Any], _: Context, *arguments: Any) -> Any:
    return function(*arguments)


def _room(function: Callable[..., Any]) -> int:
    """How many arguments there is room for by position; `*args` counts as one, as in the toolkit."""
    keyword_only = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    return sum(
        parameter.kind not in keyword_only for parameter in inspect.signature(function).parameters.values()
    )


def _accepts(function: Callable[..., Any], count: int) -> bool:
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    return True


def _file(script: ModuleType) -> str:
    return f"{script.__name__}.py"
