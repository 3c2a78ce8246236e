"""People behind machine predictions: an open, self-hosted system that speaks Amazon A2I's protocols.

For Python programs and notebooks (docs/notebooks.md): `connect` finds a server; `ask` puts an input before a model and people,
`wait` waits for them, `results` is the table of what came of it; `run_batch` asks about all objects of a bucket;
`export` writes what came of it in formats of the field (docs/export.md). Each is imported when it is first used, so that `import
secondlook` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secondlook.client.asking import ask as ask
    from secondlook.client.batch import run_batch as run_batch
    from secondlook.client.connection import Connection as Connection
    from secondlook.client.connection import connect as connect
    from secondlook.client.errors import SecondlookError as SecondlookError
    from secondlook.client.exporting.export import export as export
    from secondlook.client.results import results as results
    from secondlook.client.review import Review as Review
    from secondlook.client.waiting import wait as wait

__version__ = "0.2.0.dev0"

_PLACES = {
    "Connection": "connection",
    "Review": "review",
    "SecondlookError": "errors",
    "ask": "asking",
    "connect": "connection",
    "export": "exporting.export",
    "results": "results",
    "run_batch": "batch",
    "wait": "waiting",
}
"""Name → the module of `secondlook.client` that has it."""


def __getattr__(name: str) -> object:
    if name in _PLACES:
        return getattr(import_module(f"secondlook.client.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'secondlook' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES])
