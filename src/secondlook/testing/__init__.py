"""Testing review flows: a whole server inside the test's process, time that is moved, reviewers that are scripts.

    def test_a_doubtful_answer_is_looked_at(secondlook_server):
        flow = secondlook_server.flow("check-totals")
        loop = flow.start({"total": "113.40"})
        secondlook_server.reviewer(lambda task: {"total": "118.40"}).work()
        assert loop.answers == [{"total": "118.40"}]

The fixtures come with the package (`testing.plugin`); elsewhere `with Server.started(directory) as server:` does the same. It is a real
server: boto3 reaches it by HTTP, reviewers come through the pages of workers. Nothing of it is for production.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from secondlook.reviewer import CannotAccept, PortalError, ReviewerError
    from secondlook.testing.clock import Clock, Unsettled
    from secondlook.testing.flows import Flow
    from secondlook.testing.loops import Loop
    from secondlook.testing.models import Endpoint
    from secondlook.testing.reviewers import Reviewer
    from secondlook.testing.server import Server
    from secondlook.testing.tasks import Task

__all__ = [
    "CannotAccept",
    "Clock",
    "Endpoint",
    "Flow",
    "Loop",
    "PortalError",
    "Reviewer",
    "ReviewerError",
    "Server",
    "Task",
    "Unsettled",
]

_MODULES = {
    "CannotAccept": "secondlook.reviewer",
    "Clock": "secondlook.testing.clock",
    "Endpoint": "secondlook.testing.models",
    "Flow": "secondlook.testing.flows",
    "Loop": "secondlook.testing.loops",
    "PortalError": "secondlook.reviewer",
    "Reviewer": "secondlook.testing.reviewers",
    "ReviewerError": "secondlook.reviewer",
    "Server": "secondlook.testing.server",
    "Task": "secondlook.testing.tasks",
    "Unsettled": "secondlook.testing.clock",
}


def __getattr__(name: str) -> Any:
    """Loaded when it is first used: pytest imports the plugin in every run, also where nothing here is wanted."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
