"""Which instances an endpoint's row asks for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Row

from secondlook.hosting.variant import VariantSettings

RUNS = ("Creating", "Updating", "RollingBack", "InService", "UpdateRollbackFailed")
"""Statuses of endpoints whose instances should run."""

Variants = tuple[VariantSettings, ...]
Numbers = Callable[[VariantSettings], Iterable[int]]
"""The numbers of a variant's instances on each server."""


class Key(NamedTuple):
    """Which instance of which endpoint."""

    endpoint_id: int
    generation: int
    variant: str
    number: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An instance that should run."""

    endpoint: str  # its name
    variant: VariantSettings


def settled(row: Row[Any]) -> Variants:
    """What answers, but for an update that is under way."""
    return variants_of(row.variants) if row.status in RUNS else ()


def arriving(row: Row[Any]) -> Variants:
    """What an update under way brings up."""
    return variants_of(row.next["variants"]) if row.status == "Updating" and row.next else ()


def every(row: Row[Any]) -> Variants:
    """All that the row names, whether it runs or not."""
    return variants_of([*row.variants, *(row.next["variants"] if row.next else ())])


def left_behind(before: Variants, after: Variants) -> Variants:
    """Those that are not there any more, in whatever number."""
    there = {(variant.generation, variant.name) for variant in after}
    return tuple(variant for variant in before if (variant.generation, variant.name) not in there)


def keys(endpoint_id: int, variants: Variants, numbers: Numbers) -> Mapping[Key, VariantSettings]:
    """The instances of these variants."""
    return {
        Key(endpoint_id, variant.generation, variant.name, number): variant
        for variant in variants
        for number in numbers(variant)
    }


def variants_of(rows: Iterable[Mapping[str, Any]]) -> Variants:
    """From the JSON of an endpoint's row."""
    return tuple(map(VariantSettings.from_json, rows))
