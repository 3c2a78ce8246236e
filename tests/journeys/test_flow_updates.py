"""For how long an answer can be taken back, over plain boto3, the command line and the portal."""

from __future__ import annotations

from tests.running import Server

from .client_errors import refused
from .reviewing import Review


def test_a_flow_definition_says_how_long_an_answer_can_be_taken_back(server: Server, name: str) -> None:
    own = server.client("secondlook")
    Review(server, name)

    assert 10 == own.describe_flow(FlowDefinitionName=name)["Flow"]["UndoSeconds"]
    assert 0 == own.update_flow(FlowDefinitionName=name, UndoSeconds=0)["Flow"]["UndoSeconds"]
    assert 0 == own.describe_flow(FlowDefinitionName=name)["Flow"]["UndoSeconds"]


def test_what_it_cannot_say_is_refused(server: Server, name: str) -> None:
    own = server.client("secondlook")
    Review(server, name)

    refused("ResourceNotFound", "nope", own.update_flow, FlowDefinitionName="nope", UndoSeconds=1)
    refused(
        "ValidationException",
        "less than or equal to 300",
        own.update_flow,
        FlowDefinitionName=name,
        UndoSeconds=301,
    )
