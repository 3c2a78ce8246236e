"""A container: all that an instance needs to run, taken from the package when an endpoint is made.

Kept as JSON in the endpoint's row. Nothing in it is looked up again: a model, package or product that is changed or taken
away leaves running endpoints alone [hosting.md].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from secondlook.hosting.catalog import Artifact


@dataclass(frozen=True, slots=True)
class Container:
    """`environment` is the package's, overlaid by the model's."""

    product: str  # a product's id
    image: str
    runtime: str  # a module of hosting.runtimes, or "remote"
    environment: Mapping[str, str]
    needs: tuple[str, ...] = ()  # modules that must be importable where it runs
    artifact: Artifact | None = (
        None  # the model's files, else each server copies those of the product before the first start
    )
    url: str | None = None  # of the remote server
    server_url: str | None = None  # of the server that the runtime asks, in another protocol
    token_file: str | None = None  # with the token that this server asks for
    copy: str = ""  # names that copy
    instances: str = "local"  # or "ray": where they run, unless there is a `url`
    confined: bool = False  # whether its code is a stranger's, and must not run where it cannot be confined

    @property
    def kind(self) -> str:
        """The module of hosting.instances that it runs by."""
        return "remote" if self.url is not None else self.instances

    @property
    def runs_here(self) -> bool:
        """Whether each of its instances is a process of this server's."""
        return self.kind == "local"

    @property
    def model_version(self) -> str:
        """The product, and the beginning of the hash of its model where that is known."""
        return f"{self.product}@{self.artifact.sha256[:16]}" if self.artifact else self.product

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """From an endpoint's row."""
        artifact = values["artifact"] and Artifact(**values["artifact"])
        return cls(**{**values, "needs": tuple(values["needs"]), "artifact": artifact})

    def as_json(self) -> dict[str, Any]:
        """For an endpoint's row."""
        return asdict(self)
