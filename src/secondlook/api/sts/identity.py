"""Who calls. An access key acts as an assumed role, because the SageMaker SDK asks for one [sdk-wire-trace.md]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call

ROLE = "SecondlookExecutionRole"
"""The role that every access key appears to have assumed."""


def get_caller_identity(call: Call) -> dict[str, Any]:
    return {
        "UserId": f"AROASECONDLOOK:{call.caller.key_id}",
        "Account": call.place.account,
        "Arn": f"arn:aws:sts::{call.place.account}:assumed-role/{ROLE}/{call.caller.key_id}",
    }
