"""Any role may be named, because access here is decided by access keys, not by roles."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from secondlook.api.call import Call

_SINCE = datetime(2026, 1, 1, tzinfo=UTC)

_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


def get_role(call: Call) -> dict[str, Any]:
    """The role with the asked name, as one that SageMaker may assume."""
    name = call.params["RoleName"]
    return {
        "Role": {
            "Path": "/",
            "RoleName": name,
            "RoleId": "AROA" + hashlib.sha256(name.encode()).hexdigest()[:17].upper(),
            "Arn": f"arn:aws:iam::{call.place.account}:role/{name}",
            "CreateDate": _SINCE,
            "AssumeRolePolicyDocument": json.dumps(_TRUST),
        }
    }
