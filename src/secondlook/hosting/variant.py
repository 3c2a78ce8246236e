"""A production variant as its endpoint's row has it: nothing in it has to be looked up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from secondlook.hosting import contract
from secondlook.hosting.container import Container


@dataclass(frozen=True, slots=True)
class VariantSettings:
    """What runs, how often, and which share of the calls it gets."""

    name: str
    weight: float
    count: int  # of instances
    startup: float | None  # seconds until the first ping must have passed, if the endpoint config says so
    container: Container
    serverless: Mapping[str, int] | None = None  # ServerlessConfig
    download: float | None = (
        None  # seconds until the model's files must be here, if the endpoint config says so
    )
    generation: int = 0  # the number of the update that brought it; 0: it has been there from the beginning

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """From an endpoint's row."""
        return cls(
            name=values["VariantName"],
            weight=values["Weight"],
            count=values["InstanceCount"],
            startup=values["StartupSeconds"],
            container=Container.from_json(values["Container"]),
            serverless=values.get("Serverless"),
            download=values.get("DownloadSeconds"),
            generation=values.get("Generation", 0),
        )

    def as_json(self) -> dict[str, Any]:
        """For an endpoint's row."""
        return {
            "VariantName": self.name,
            "Weight": self.weight,
            "InstanceCount": self.count,
            "StartupSeconds": self.startup,
            "DownloadSeconds": self.download,
            "Container": self.container.as_json(),
            "Generation": self.generation,
            **({"Serverless": dict(self.serverless)} if self.serverless else {}),
        }

    @property
    def startup_seconds(self) -> float:
        return self.startup or contract.STARTUP_SECONDS

    @property
    def download_seconds(self) -> float:
        return self.download or contract.DOWNLOAD_SECONDS
