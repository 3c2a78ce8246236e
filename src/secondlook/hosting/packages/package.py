"""One model package, wherever it is kept: what SageMaker describes of it, and what a model made from it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection

from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid

APPROVED = "Approved"
PENDING = "PendingManualApproval"

_SUMMARY = (
    "ModelPackageName",
    "ModelPackageGroupName",
    "ModelPackageVersion",
    "ModelPackageArn",
    "ModelPackageDescription",
    "CreationTime",
    "ModelPackageStatus",
    "ModelApprovalStatus",
    "ModelLifeCycle",
    "ModelPackageRegistrationType",
)


@dataclass(frozen=True, slots=True)
class Package:
    """A model package. `described` is DescribeModelPackage's answer; `runs` makes of one of its containers, as described, what
    runs it, and raises Invalid where nothing here can.
    """

    described: Mapping[str, Any]
    runs: Callable[[Mapping[str, Any]], Container]
    offering: str | None = None  # the product that has to be subscribed to

    @property
    def arn(self) -> str:
        arn: str = self.described["ModelPackageArn"]
        return arn

    @property
    def name(self) -> str:
        """What stands behind `model-package/` in the ARN: a name, or a group and a version."""
        return self.arn.partition("/")[2]

    @property
    def approval(self) -> str | None:
        """Of a versioned package; None for all others, which need none."""
        return self.described.get("ModelApprovalStatus")

    @property
    def container(self) -> Container:
        """What its models run unless they set other variables. Raises Invalid where nothing here can."""
        return self.container_of(None)

    def container_of(self, specification: str | None) -> Container:
        """As `container`, of the additional inference specification of that name. Raises Invalid, also if there is none."""
        return self.runs(self.definition(specification))

    def definition(self, specification: str | None = None) -> Mapping[str, Any]:
        """The one container as it is described, of the InferenceSpecification or an additional one. Raises Invalid without one."""
        if specification is None:
            found = self._specification
        else:
            additional = self.described.get("AdditionalInferenceSpecifications", ())
            found = next((given for given in additional if given["Name"] == specification), {})
        containers: list[Mapping[str, Any]] = found.get("Containers", [])
        if not containers:
            named = (
                f"inference specification named {specification}"
                if specification
                else "InferenceSpecification"
            )
            raise Invalid(f"The model package {self.arn} has no {named}, so no model can be made of it.")
        return containers[0]

    @property
    def instance_types(self) -> tuple[str, ...]:
        """Of real-time endpoints; none are all."""
        return tuple(self._specification.get("SupportedRealtimeInferenceInstanceTypes", ()))

    @property
    def transform_instance_types(self) -> tuple[str, ...]:
        """Of transform jobs; none are all."""
        return tuple(self._specification.get("SupportedTransformInstanceTypes", ()))

    @property
    def content_types(self) -> tuple[str, ...]:
        return tuple(self._specification.get("SupportedContentTypes", ()))

    @property
    def response_types(self) -> tuple[str, ...]:
        return tuple(self._specification.get("SupportedResponseMIMETypes", ()))

    @property
    def _specification(self) -> Mapping[str, Any]:
        specification: Mapping[str, Any] = self.described.get("InferenceSpecification", {})
        return specification

    def describe(self) -> dict[str, Any]:
        """DescribeModelPackage."""
        return dict(self.described)

    def summary(self) -> dict[str, Any]:
        """One entry of ListModelPackages."""
        return summary_of(self.described)


def summary_of(described: Mapping[str, Any]) -> dict[str, Any]:
    """What ListModelPackages says of a package that is `described` so."""
    return {member: described[member] for member in _SUMMARY if member in described}


class Source(Protocol):
    """A place where packages are kept: the catalog's folders, the rows of those that programs registered."""

    def find(self, cx: Connection, name_or_arn: str) -> Package | None:
        """The package of that name or ARN, whatever Region the ARN says."""

    def usable(self, cx: Connection) -> Iterable[Package]:
        """Those that models can be made from now; none of a source that lists page through by its rows."""
