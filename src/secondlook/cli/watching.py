"""Waiting for things that the server does in its own time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from secondlook.cli.errors import CommandError
from secondlook.client.looking import FINAL, SOON, looks

Say = Callable[[str], None]


def until_final(own: Any, loop: str, say: Say) -> dict[str, Any]:
    """What DescribeLoop answers once the loop has ended; `say` hears how far it is."""
    response: dict[str, Any] = {}
    for response in looks(lambda: own.describe_loop(HumanLoopName=loop)):
        if response["Loop"]["HumanLoopStatus"] in FINAL:
            break
        say(_where(response))
    return response


def until_in_service(sagemaker: Any, endpoint: str, say: Say) -> None:
    """Return when the endpoint answers. Raises CommandError with the server's reason if it never will."""
    for response in looks(lambda: sagemaker.describe_endpoint(EndpointName=endpoint)):
        if response["EndpointStatus"] == "Failed":
            raise CommandError(
                f"The endpoint {endpoint} failed: {response.get('FailureReason', 'no reason was given')}"
            )
        if response["EndpointStatus"] == "InService":
            return
        say(response["EndpointStatus"])


def until_updated(sagemaker: Any, endpoint: str, say: Say) -> None:
    """Return when an update has ended. Raises CommandError with the server's reason if the endpoint is what it was before."""
    until_in_service(sagemaker, endpoint, say)
    reason = sagemaker.describe_endpoint(EndpointName=endpoint).get("FailureReason")
    if reason:
        raise CommandError(f"{endpoint} goes on as it was; the update failed: {reason}")


def until_active(sagemaker: Any, flow: str, say: Say) -> None:
    """Return when the flow definition takes loops; raises CommandError if it never will."""
    for response in looks(lambda: sagemaker.describe_flow_definition(FlowDefinitionName=flow)):
        if response["FlowDefinitionStatus"] == "Failed":
            raise CommandError(
                f"The flow definition {flow} failed: {response.get('FailureReason', 'no reason was given')}"
            )
        if response["FlowDefinitionStatus"] == "Active":
            return
        say(response["FlowDefinitionStatus"])


def until_taken(take: Callable[[], int | None], own: Any, loop: str) -> int:
    """The number of the task, once it can be taken: a loop is offered when its page has been tried [lifecycle.md].

    Raises CommandError when the loop ends first.
    """
    while (number := take()) is None:
        loop_now = own.describe_loop(HumanLoopName=loop)["Loop"]
        if loop_now["HumanLoopStatus"] in FINAL:
            raise CommandError(
                f"{loop} is {loop_now['HumanLoopStatus']}: {loop_now.get('FailureReason') or 'somebody stopped it'}"
            )
        time.sleep(SOON)
    return number


def progress(loop: dict[str, Any]) -> str:
    """`1 of 3 answers, 2 at work`."""
    answers = f"{loop['Answers']} of {loop['TaskCount']} answer{'s' if loop['TaskCount'] > 1 else ''}"
    return f"{answers}, {loop['Working']} at work" if loop.get("Working") else answers


def _where(response: dict[str, Any]) -> str:
    """Who is at it, or what it waits for, and what it may wait for in vain."""
    return "; ".join([_who(response), *response["Loop"].get("Warnings", ())])


def _who(response: dict[str, Any]) -> str:
    loop = response["Loop"]
    at_work = [holder for holder in response["Holders"] if holder["State"] == "active"]
    if at_work:
        return f"{', '.join(holder['Email'] for holder in at_work)} is at work on it"
    paused = [holder["Email"] for holder in response["Holders"] if holder["State"] == "paused"]
    if paused:
        return f"{', '.join(paused)} will resume it later"
    if loop["Answers"] >= loop["TaskCount"]:
        return "answered; writing the output"
    return f"{loop['HumanLoopStatus']}, nobody has taken it yet"
