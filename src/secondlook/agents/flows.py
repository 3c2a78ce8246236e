"""Flow definitions: which ones agents may ask, and what their pages read. Blocking calls."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import urllib3
from botocore.exceptions import ClientError

from secondlook.agents.problems import NotPossible, will_pass
from secondlook.agents.records import Flow, FlowDetails, Flows, TemplateInput
from secondlook.agents.template_inputs import inputs
from secondlook.client.failures import is_denied
from secondlook.client.service import Service

LARGEST_TEMPLATE = 1024 * 1024
"""Bytes; A2I's limit is an eighth of it."""

SHOWN_TEMPLATE = 30_000
"""Characters of a page that an agent is shown."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is known of a worker task template that secondlook comes with."""

    input: dict[str, Any]
    answer_schema: dict[str, Any]


Examples = Mapping[str, Example]
"""By the SHA-256 of the template, in hex."""


class Permitted:
    """The flow definitions that agents may ask: those that are named, or all."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self.names = tuple(dict.fromkeys(names))

    def __contains__(self, flow: str) -> bool:
        return not self.names or flow in self.names

    def check(self, flow: str) -> None:
        """Raises NotPossible naming those that are permitted."""
        if flow not in self:
            raise NotPossible(
                f"flow: {flow!r} is not open to this tool, which may ask {', '.join(self.names)} only."
            )


def arn(service: Service, flow: str) -> str:
    """The ARN of a flow definition of this account, whether there is one or not: any key may ask for its account."""
    account = service.client("sts").get_caller_identity()["Account"]
    return f"arn:aws:sagemaker:{service.access.region}:{account}:flow-definition/{flow}"


def name_of(flow_arn: str) -> str:
    return flow_arn.rpartition("/")[2]


def listed(service: Service, permitted: Permitted, name_contains: str | None, limit: int) -> Flows:
    """The newest first. A key that may not look at flow definitions sees the names that were permitted by name."""
    found: list[Flow] = []
    try:
        for summary in service.every("sagemaker", "list_flow_definitions", "FlowDefinitionSummaries"):
            name = summary["FlowDefinitionName"]
            if name in permitted and (name_contains or "") in name:
                if len(found) == limit:
                    return Flows(flows=found, more=True)
                found.append(_brief(service, name))
    except ClientError as error:
        if not (is_denied(error) and permitted.names):
            raise
        found = [_unknown(name) for name in permitted.names if (name_contains or "") in name]
    return Flows(flows=found[:limit], more=len(found) > limit)


def described(service: Service, permitted: Permitted, flow: str, examples: Examples) -> FlowDetails:
    """One flow definition with its page. Raises NotPossible for one that is not permitted."""
    permitted.check(flow)
    definition = service.client("sagemaker").describe_flow_definition(FlowDefinitionName=flow)
    template = _template(service, definition)
    example = examples.get(sha256(template.encode()).hexdigest()) if template is not None else None
    return FlowDetails(
        **_members(definition, template),
        template=_shown(template),
        example_input=example.input if example else None,
        answer_schema=example.answer_schema if example else None,
    )


def _brief(service: Service, flow: str) -> Flow:
    definition = service.client("sagemaker").describe_flow_definition(FlowDefinitionName=flow)
    return Flow(**_members(definition, _template(service, definition)))


def _members(definition: Mapping[str, Any], template: str | None) -> dict[str, Any]:
    how = definition.get("HumanLoopConfig", {})
    read = inputs(template) if template is not None else None
    return {
        "name": definition["FlowDefinitionName"],
        "status": definition["FlowDefinitionStatus"],
        "title": how.get("TaskTitle"),
        "description": how.get("TaskDescription"),
        "answers_per_review": how.get("TaskCount"),
        "inputs": None if read is None else [_input(path, kind) for path, kind in read.items()],
    }


def _input(path: str, kind: str) -> TemplateInput:
    return TemplateInput.model_validate({"path": path, "kind": kind})


def _unknown(name: str) -> Flow:
    return Flow(name=name, status=None, title=None, description=None, answers_per_review=None, inputs=None)


def _template(service: Service, definition: Mapping[str, Any]) -> str | None:
    """The text of its page, which travels by a signed link; None where the page was deleted or cannot be had."""
    page = name_of(definition.get("HumanLoopConfig", {}).get("HumanTaskUiArn", ""))
    try:
        url = service.client("sagemaker").describe_human_task_ui(HumanTaskUiName=page)["UiTemplate"]["Url"]
    except ClientError as error:
        if will_pass(error):
            raise
        return None
    bundle = service.access.ca_bundle
    with urllib3.PoolManager(ca_certs=str(bundle) if bundle else None, timeout=10) as http:
        response = http.request("GET", url, redirect=False, retries=False, preload_content=False)
        body = response.read(LARGEST_TEMPLATE)
        response.release_conn()
    return body.decode("utf-8", "replace") if response.status == HTTPStatus.OK else None


def _shown(template: str | None) -> str | None:
    if template is None or len(template) <= SHOWN_TEMPLATE:
        return template
    return f"{template[:SHOWN_TEMPLATE]}… ({len(template) - SHOWN_TEMPLATE:,} characters more)"
