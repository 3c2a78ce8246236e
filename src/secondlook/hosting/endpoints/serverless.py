"""ServerlessConfig of a production variant: what it may say. Pure [hosting.md, Serverless]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.hosting.errors import Invalid
from secondlook.hosting.variant import VariantSettings

MEMORY_STEP = 1024
"""MemorySizeInMB is a multiple of it."""


def check(variant: Mapping[str, Any]) -> None:
    """Raises Invalid for a variant, as CreateEndpointConfig has it, whose ServerlessConfig cannot be."""
    name, config = variant["VariantName"], variant["ServerlessConfig"]
    for member in ("InstanceType", "InitialInstanceCount"):
        if member in variant:
            raise Invalid(
                f"Production variant {name} has ServerlessConfig, which goes without {member}: leave out one."
            )
    if config["MemorySizeInMB"] % MEMORY_STEP:
        raise Invalid(
            f"MemorySizeInMB of production variant {name} is {config['MemorySizeInMB']}; right is 1024, 2048, 3072, 4096, 5120 or 6144."
        )
    _check_concurrency(name, config)


def updated(variant: VariantSettings, update: Mapping[str, int]) -> Mapping[str, int]:
    """The ServerlessConfig of a variant after a ServerlessUpdateConfig. Raises Invalid."""
    if variant.serverless is None:
        raise Invalid(
            f"Production variant {variant.name} is not serverless: ServerlessUpdateConfig changes nothing of it."
        )
    config = {**variant.serverless, **update}
    _check_concurrency(variant.name, config)
    return config


def _check_concurrency(name: str, config: Mapping[str, int]) -> None:
    if config.get("ProvisionedConcurrency", 0) > config["MaxConcurrency"]:
        raise Invalid(
            f"ProvisionedConcurrency of production variant {name} is {config['ProvisionedConcurrency']}, and may be "
            f"its MaxConcurrency, {config['MaxConcurrency']}, at most."
        )
