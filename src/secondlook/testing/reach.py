"""What every part of a test's world is handed: clients of the server, its clock, its directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.testing.clients import Clients
from secondlook.testing.clock import Clock


@dataclass(frozen=True, slots=True)
class Reach:
    """One server, from within the test."""

    clients: Clients
    clock: Clock
    data: Path

    def client(self, service: str) -> Any:
        """A boto3 client with an admin's key."""
        return self.clients.client(service, self.clients.admin)

    @property
    def own(self) -> Any:
        """The client of our own service."""
        return self.client("secondlook")

    @property
    def sagemaker(self) -> Any:
        return self.client("sagemaker")
