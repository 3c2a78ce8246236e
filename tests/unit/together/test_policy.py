"""Flow definitions as judges of predictions."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from secondlook.review.errors import Invalid
from secondlook.store import tables
from secondlook.store.session import Store
from secondlook.together.policy import Policies
from tests.world import make_world

OLD = {"Conditions": [{"ConditionType": "TakenByAnotherRelease", "ConditionParameters": {}}]}


def test_conditions_that_are_not_understood_any_more_are_told_with_their_flow_definition(
    store: Store,
) -> None:
    world = make_world(store)
    arn = world.flow("doubt")
    config = {"HumanLoopActivationConditionsConfig": {"HumanLoopActivationConditions": json.dumps(OLD)}}
    with store.write() as cx:
        cx.execute(update(tables.flow).values(config={"HumanLoopActivationConfig": config}))

    with pytest.raises(
        Invalid, match=r"'doubt' cannot judge predictions: .*\$\.Conditions\[0\].* is not known"
    ):
        Policies(store, world.place).find(arn)
