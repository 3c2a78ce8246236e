"""Members of InvokeEndpoint and its kin that choose a part which no endpoint has here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.hosting.errors import NotInvokable

NOT_THERE = {
    "TargetModel": "is not a multi-model endpoint and does not support target model header.",
    "TargetContainerHostname": "is not a multi-container endpoint and does not support TargetContainerHostname.",
    "InferenceComponentName": "has no inference components and does not support InferenceComponentName.",
    "EnableExplanations": "has no explainer and does not support EnableExplanations.",
}
"""Why not; the first in AWS's words (amazon-sagemaker-examples#1026)."""


def check(params: Mapping[str, Any]) -> None:
    """Raises NotInvokable naming the first."""
    for member, why in NOT_THERE.items():
        if member in params:
            raise NotInvokable(f"Endpoint {params['EndpointName']} {why}")
