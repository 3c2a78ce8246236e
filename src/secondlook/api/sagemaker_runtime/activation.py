"""HumanLoopActivationOutput in the header of a prediction: CustomAttributes, as JSON in ASCII. Pure."""

from __future__ import annotations

import json
from typing import Any

MOST = 6 * 1024
"""Characters: proxies commonly take header fields of 8 KiB in all, and a prediction must not be lost to its explanation."""

REASONS = "HumanLoopActivationReasons"
RESULTS = "HumanLoopActivationConditionsEvaluationResults"


def attributes(output: dict[str, Any], container: str | None) -> str:
    """The header's value. What the `container` itself answered there comes along as the member CustomAttributes.

    Where it would be too long, the results of the conditions are left out, then all reasons but the first: the loop's input
    and the record of the prediction have them.
    """
    whole = {"HumanLoopActivationOutput": output, **({"CustomAttributes": container} if container else {})}
    shorter = {key: value for key, value in output.items() if key != RESULTS}
    shortest = {key: value[:1] if key == REASONS else value for key, value in shorter.items()}
    for said in (output, shorter, shortest):
        text = json.dumps({**whole, "HumanLoopActivationOutput": said}, separators=(",", ":"))
        if len(text) <= MOST:
            break
    return text
