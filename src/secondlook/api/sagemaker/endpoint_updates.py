"""Updates of endpoints in service [hosting.md, Endpoint configs and endpoints]."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.sagemaker import destinations
from secondlook.api.sagemaker.bringing import pins_of
from secondlook.hosting.endpoints import update


def update_endpoint(call: Call) -> dict[str, Any]:
    destinations.check_config(call, call.params["EndpointConfigName"])
    pins = pins_of(call, call.params["EndpointConfigName"])
    with call.store.write() as cx:
        arn = update.begin(cx, call.services.packages, call.place, call.params, call.now, pins)
    return {"EndpointArn": arn}


def update_endpoint_weights_and_capacities(call: Call) -> dict[str, Any]:
    params = call.params
    with call.store.write() as cx:
        arn = update.begin_capacities(
            cx, call.place, params["EndpointName"], params["DesiredWeightsAndCapacities"], call.now
        )
    return {"EndpointArn": arn}
