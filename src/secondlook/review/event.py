"""The event that a human loop has ended, as EventBridge carries it. Pure [events.md]."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from secondlook.names import Place, milliseconds, seconds

SOURCE = "aws.sagemaker"
DETAIL_TYPE = "SageMaker A2I HumanLoop Status Change"


def loop_status_change(
    place: Place,
    *,
    loop_name: str,
    flow_name: str,
    status: str,
    failure_code: str | None,
    failure_reason: str | None,
    created_at: datetime,
    output_uri: str,
    now: datetime,
) -> dict[str, Any]:
    """The whole document. Made once, when it is owed, and sent unchanged however often.

    `status` is Completed, Failed or Stopped; keys of `detail` are camelCase and what is null is present. The
    id follows from the loop and its creation time: a loop ends once, and its name may be used again later.
    """
    arn = place.arn("human-loop", loop_name)
    return {
        "version": "0",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{arn} {created_at.isoformat()}")),
        "detail-type": DETAIL_TYPE,
        "source": SOURCE,
        "account": place.account,
        "time": seconds(now),
        "region": place.region,
        "resources": [arn],
        "detail": {
            "creationTime": milliseconds(created_at),
            "failureCode": failure_code,
            "failureReason": failure_reason,
            "flowDefinitionArn": place.arn("flow-definition", flow_name),
            "humanLoopArn": arn,
            "humanLoopName": loop_name,
            "humanLoopOutput": {"outputS3Uri": output_uri},
            "humanLoopStatus": status,
        },
    }
