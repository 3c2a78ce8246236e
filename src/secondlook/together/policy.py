"""Policies: flow definitions in which loops can start, with the conditions that judge predictions for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from secondlook.names import Place
from secondlook.review.decisions import conditions
from secondlook.review.decisions.conditions import ActivationConditions
from secondlook.review.errors import Invalid
from secondlook.review.starting import startable
from secondlook.store.remembered import RememberedEach
from secondlook.store.session import Store
from secondlook.store.version import STARTABLE


@dataclass(frozen=True, slots=True)
class Policy:
    """A flow definition in which loops can start, and its conditions."""

    flow: Row[Any]
    conditions: ActivationConditions

    @property
    def source(self) -> str | None:
        """The built-in task type, if it has one."""
        source: str | None = self.flow.config.get("HumanLoopRequestSource", {}).get(
            "AwsManagedHumanLoopRequestSource"
        )
        return source


class Policies(RememberedEach[str, Policy]):
    """By ARN, in memory: the conditions are parsed once, and judge a million predictions. Raises Invalid."""

    def __init__(self, store: Store, place: Place) -> None:
        def read(cx: Connection, flow_arn: str) -> Policy:
            flow = startable(cx, flow_arn, place)
            return Policy(flow, _conditions(flow))

        super().__init__(store, STARTABLE, read)


def _conditions(flow: Row[Any]) -> ActivationConditions:
    """Checked when the flow definition was created, perhaps by a release that took what this one does not."""
    try:
        return conditions.of_flow(flow.config)
    except Invalid as error:
        raise Invalid(f"The flow definition {flow.name!r} cannot judge predictions: {error}") from error
