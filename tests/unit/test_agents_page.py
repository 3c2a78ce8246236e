"""docs/agents.md: the tools it lists, the configurations it gives, the calls it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import jsonschema

from secondlook.agents import server
from secondlook.agents.flows import Permitted
from secondlook.agents.records import Answer, Review
from secondlook.cli.commands.mcp import mcp

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/agents.md").read_text()
APPROVAL = ROOT / "examples/templates/agent-action-approval"
JSON = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def tools() -> dict[str, Any]:
    made = server.make(None, Permitted(), {})
    return {tool.name: tool for tool in made._tool_manager.list_tools()}


def test_the_page_lists_the_tools_in_their_order():
    assert list(tools()) == re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)


def test_a_host_that_is_configured_so_starts_the_command():
    configurations = [block["mcpServers"]["secondlook"] for block in JSON if "mcpServers" in block]

    assert 2 == len(configurations)
    for configuration in configurations:
        command, *arguments = [configuration["command"], *configuration["args"]]
        assert ["secondlook", "mcp"] == [command, arguments[0]]
        with click.Context(mcp) as ctx:
            mcp.parse_args(ctx, arguments[1:])
        assert ("agent-approval",) == ctx.params["flows"]


def test_the_dialogue_is_one_that_the_tools_and_the_template_take():
    (call,) = [block for block in JSON if "tool" in block]
    (reply,) = [block for block in JSON if "answers" in block]
    arguments = call["arguments"]
    sample = json.loads((APPROVAL / "input.json").read_text())

    assert set(arguments) <= set(tools()[call["tool"]].parameters["properties"])
    assert sample.keys() == arguments["input"].keys()
    assert sample["action"].keys() == arguments["input"]["action"].keys()
    assert set(reply) <= set(Review.model_fields)
    (answer,) = reply["answers"]
    Answer.model_validate(answer)
    jsonschema.validate(answer["content"], json.loads((APPROVAL / "answer.schema.json").read_text()))


def test_the_limits_that_the_page_names_are_those_of_the_tools():
    wait = tools()["wait_for_review"].parameters["properties"]["timeout_seconds"]

    assert (600, 45) == (wait["maximum"], wait["default"])
    assert "up to ten minutes, by default 45 seconds" in PAGE
