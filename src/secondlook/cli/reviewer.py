"""The scripted reviewer: one task, answered as given or as the page says untouched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from secondlook.cli.acceptance import Page, untouched
from secondlook.cli.errors import CommandError
from secondlook.cli.portal import Portal, Task
from secondlook.client.service import Service
from secondlook.names import last_part


def answer(
    portal: Portal, number: int, content: Mapping[str, Any] | None, warn: Callable[[str], None]
) -> Task:
    """Submit `given`, or accept the page; the task that was answered.

    A task that cannot be answered is given back before CommandError is raised.
    """
    try:
        task = portal.task(number)
        portal.submit(number, content if content is not None else accepted(portal, task, warn))
    except CommandError:
        portal.release(number)
        raise
    return task


def accepted(portal: Portal, task: Task, warn: Callable[[str], None]) -> dict[str, Any]:
    """The answer of the task's page untouched. `warn` hears what may make it differ from a browser's."""
    if Page(task.html).has_scripts:
        warn(f"The page of {task.loop} has scripts of its own, which a scripted reviewer does not run.")
    return untouched(task.html, lambda src: portal.picture_size(urljoin(task.url, src)))


def team_of(server: Service, flow: str) -> str:
    """The work team of a flow definition."""
    response = server.client("sagemaker").describe_flow_definition(FlowDefinitionName=flow)
    return last_part(response["HumanLoopConfig"]["WorkteamArn"])
