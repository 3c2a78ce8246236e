"""Which flow definition judges a prediction."""

from __future__ import annotations

from secondlook.api.call import Call
from secondlook.together.human_loop_config import HumanLoopConfig


async def review_config(call: Call) -> HumanLoopConfig | None:
    """What the caller says of a review, in CustomAttributes, else what the endpoint does. Raises Invalid."""
    if config := HumanLoopConfig.in_attributes(call.params.get("CustomAttributes")):
        return config
    flow = await call.services.fleet.invoker.flow(call.params["EndpointName"])
    return HumanLoopConfig(flow) if flow else None
