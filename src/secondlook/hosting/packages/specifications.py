"""Inference specifications: how a package's model is run, and the ways besides. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secondlook.hosting.errors import Conflict, Invalid

MOST_ADDITIONAL = 15
"""Additional inference specifications of one package [model-hosting.md]."""


def check_specification(specification: Mapping[str, Any], *, is_versioned: bool) -> None:
    """Raise Invalid for an InferenceSpecification that no package may have: it has one container, and of unversioned packages AWS
    takes no variables.
    """
    _check_containers(specification, "InferenceSpecification")
    if not is_versioned and any(container.get("Environment") for container in specification["Containers"]):
        raise Invalid("Environment variable map cannot be specified when using non-versioned ModelPackages")


def check_additional(additional: Iterable[Mapping[str, Any]]) -> None:
    """Raise Invalid unless each has one container and a name of its own."""
    names: set[str] = set()
    for specification in additional:
        _check_containers(specification, f"the additional inference specification {specification['Name']}")
        if specification["Name"] in names:
            raise Invalid(f"Two additional inference specifications are named {specification['Name']}.")
        names.add(specification["Name"])


def with_added(
    additional: Sequence[Mapping[str, Any]], added: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """All of them; one that is there already, just so, is there once, so an update may be sent again.

    Raises Conflict for a name that another has, Invalid for more than 15.
    """
    check_additional(added)
    there = {specification["Name"]: specification for specification in additional}
    for specification in added:
        known = there.setdefault(specification["Name"], specification)
        if known != specification:
            raise Conflict(
                f"There is another additional inference specification named {specification['Name']}."
            )
    if len(there) > MOST_ADDITIONAL:
        raise Invalid(
            f"A model package has at most {MOST_ADDITIONAL} additional inference specifications; it would have {len(there)}."
        )
    return list(there.values())


def _check_containers(specification: Mapping[str, Any], named: str) -> None:
    containers = specification["Containers"]
    if len(containers) != 1:
        raise Invalid(
            f"Inference pipelines are not served here: give {named} one container, not {len(containers)}."
        )
