"""A container: all that an instance needs to run, taken from the package when an endpoint is made.

Kept as JSON in the endpoint's row. Nothing in it is looked up again: a model, package or product that is changed or taken
away leaves running endpoints alone [hosting.md].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from secondlook.hosting.catalog import Artifact
from secondlook.hosting.model_data import ModelData


@dataclass(frozen=True, slots=True)
class Container:
    """`environment` is the package's, overlaid by the model's."""

    product: str  # a product's id; empty for an image of one's own
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
    model_data: ModelData | None = None  # the model's files in the object store
    source: ModelData | None = None  # its script, where that is an archive beside them
    confined: bool = False  # it runs code or files of whoever made the model, and must not run where they cannot be confined

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
        """The product, and the beginning of the hash of its model where that is known; of one's own, where its files lie and
        the beginning of their version.
        """
        if self.model_data is not None:
            return f"{self.model_data.uri}@{(self.model_data.version or '')[:16]}"
        name = self.product or self.image
        return f"{name}@{self.artifact.sha256[:16]}" if self.artifact else name

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """From an endpoint's row."""
        files = {
            name: kind(**values[name])
            for name, kind in (("artifact", Artifact), ("model_data", ModelData), ("source", ModelData))
            if values.get(name)
        }
        return cls(**{**values, "needs": tuple(values["needs"]), **files})

    def as_json(self) -> dict[str, Any]:
        """For an endpoint's row."""
        return asdict(self)
