"""What a model says of how a transform job should ask it, where the job leaves that open: GET /execution-parameters.

Source: the guide "Use Your Own Inference Code with Batch Transform": `{"MaxConcurrentTransforms": 8, "BatchStrategy":
"MULTI_RECORD", "MaxPayloadInMB": 6}`. Runtimes of ours take what a job says; a server elsewhere is asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from secondlook.hosting import contract
from secondlook.hosting.transform.definition import MOST_MB
from secondlook.outbound import Limits, Outbound, OutboundError

LIMITS = Limits(connect=contract.PING_SECONDS, total=contract.PING_SECONDS, size=65536)

OK = 200


def execution_parameters(outbound: Outbound, url: str) -> Mapping[str, Any]:
    """The parameters that the server at `url` names and that are usable; none where it has no answer. Blocks."""
    try:
        answer = outbound.request("GET", url.rstrip("/") + contract.EXECUTION_PARAMETERS, limits=LIMITS)
        said = json.loads(answer.body) if answer.status == OK else {}
    except (OutboundError, ValueError, RecursionError):
        return {}
    return usable(said)


def usable(said: Any) -> Mapping[str, Any]:
    """Those of what a model said that a job can go by. Pure."""
    if not isinstance(said, dict):
        return {}
    concurrent, megabytes = said.get("MaxConcurrentTransforms"), said.get("MaxPayloadInMB")
    strategy = said.get("BatchStrategy")
    parameters: dict[str, Any] = {}
    if type(concurrent) is int and 1 <= concurrent <= MOST_MB:
        parameters["MaxConcurrentTransforms"] = concurrent
    if type(megabytes) is int and 0 <= megabytes <= MOST_MB:
        parameters["MaxPayloadInMB"] = megabytes
    if strategy in ("MULTI_RECORD", "SINGLE_RECORD"):
        parameters["BatchStrategy"] = strategy
    return parameters
