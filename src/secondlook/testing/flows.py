"""What a loop needs before it can be started: a work team, a template, a flow definition."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from secondlook.cli import examples
from secondlook.testing.loops import Loop
from secondlook.testing.options import check
from secondlook.testing.reach import Reach

TEAM = "reviewers"
"""The work team of whoever names none."""

ROLE = "arn:aws:iam::123456789012:role/service-role/secondlook-test"

_KINDS = Path(__file__).parent / "templates"


def make_team(reach: Reach, name: str, members: Sequence[str]) -> str:
    """The ARN of a work team with these addresses in it, beside those that are there; made where there is none."""
    invited = {"Invite": list(members)} if members else {}
    return str(reach.own.create_team(TeamName=name, **invited)["WorkteamArn"])


def make_template(reach: Reach, name: str, text: str) -> str:
    """The ARN of a human task UI; `text` is the template itself, or the name of one that comes with the package."""
    content = text if "<" in text else _coming_with_the_package(text)
    made = reach.sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": content})
    return str(made["HumanTaskUiArn"])


def _coming_with_the_package(name: str) -> str:
    """Raises CommandError naming one that is called alike."""
    kind = _KINDS / f"{name}.html"
    path = kind if kind.is_file() else examples.find(name).template
    return path.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow definition that takes loops."""

    reach: Reach = field(repr=False, compare=False)
    name: str
    arn: str
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False, compare=False)

    def start(self, content: Any, name: str | None = None, *, classifiers: Sequence[str] = ()) -> Loop:
        """Start a human loop about `content`, by StartHumanLoop; unless it gets a name it is called `<flow>-1`, `<flow>-2` …

        `classifiers` are DataAttributes.ContentClassifiers.
        """
        name = name or f"{self.name}-{next(self.numbers)}"
        attributes = {"DataAttributes": {"ContentClassifiers": list(classifiers)}} if classifiers else {}
        self.reach.client("sagemaker-a2i-runtime").start_human_loop(
            HumanLoopName=name,
            FlowDefinitionArn=self.arn,
            HumanLoopInput={"InputContent": json.dumps(content)},
            **attributes,
        )
        return Loop(self.reach, name)


class FlowOptions(TypedDict, total=False):
    """What a flow definition may be told; each has a default."""

    template: str
    """A worker task template, or the name of one that comes with the package (`make_template`); `any` unless given."""
    team: str
    """The name of its work team, which is made where there is none; `reviewers` unless given."""
    task_count: int
    """How many answers a loop needs; 1 unless given."""
    title: str
    description: str
    time_limit: int
    """TaskTimeLimitInSeconds."""
    lifetime: int
    """TaskAvailabilityLifetimeInSeconds."""
    undo_seconds: int
    """For how long an answer can be taken back."""
    conditions: Mapping[str, Any] | str
    """HumanLoopActivationConditions."""
    source: str
    """AwsManagedHumanLoopRequestSource."""


def make_flow(reach: Reach, name: str, output: str, options: FlowOptions) -> Flow:
    """A flow definition, with a human task UI of its own, that writes below `output`."""
    check(options, FlowOptions, "flow definition")
    human: dict[str, Any] = {
        "WorkteamArn": make_team(reach, options.get("team", TEAM), ()),
        "HumanTaskUiArn": make_template(reach, name, options.get("template", "any")),
        "TaskTitle": options.get("title", "Look again"),
        "TaskDescription": options.get("description", "Correct what the model got wrong"),
        "TaskCount": options.get("task_count", 1),
    }
    if "time_limit" in options:
        human["TaskTimeLimitInSeconds"] = options["time_limit"]
    if "lifetime" in options:
        human["TaskAvailabilityLifetimeInSeconds"] = options["lifetime"]
    made = reach.sagemaker.create_flow_definition(
        FlowDefinitionName=name,
        RoleArn=ROLE,
        HumanLoopConfig=human,
        OutputConfig={"S3OutputPath": output},
        **_activation(options),
    )
    if "undo_seconds" in options:
        reach.own.update_flow(FlowDefinitionName=name, UndoSeconds=options["undo_seconds"])
    return Flow(reach, name, made["FlowDefinitionArn"])


def _activation(options: FlowOptions) -> dict[str, Any]:
    """When loops start by themselves."""
    request: dict[str, Any] = {}
    if "source" in options:
        request["HumanLoopRequestSource"] = {"AwsManagedHumanLoopRequestSource": options["source"]}
    if "conditions" in options:
        conditions = options["conditions"]
        text = conditions if isinstance(conditions, str) else json.dumps(conditions)
        request["HumanLoopActivationConfig"] = {
            "HumanLoopActivationConditionsConfig": {"HumanLoopActivationConditions": text}
        }
    return request
