"""Endpoints that are updated: what they become, and which updates are refused; with real model processes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from secondlook.hosting.endpoints import endpoint
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.store.tables import journal

from .conftest import NOW, PLACE, lives, until
from .updating import pids
from .workshop import Town

ARN = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e"


def test_an_update_puts_the_new_model_in_the_place_of_the_old_one(town: Town) -> None:
    town.deploy(GREETING="old")
    before = town.pid()
    town.configure("second", GREETING="new")

    town.update("second")
    during = town.describe()
    assert town.greeting() == "old"
    town.work()

    after = town.describe()
    assert (during["EndpointStatus"], during["EndpointConfigName"]) == ("Updating", "e")
    assert (after["EndpointStatus"], after["EndpointConfigName"]) == ("InService", "second")
    assert town.greeting() == "new"
    until(lambda: not lives(before), "the old process to end")
    assert len(town.fleet.instances()) == 1


def test_an_update_under_way_is_described_with_what_is_pending(town: Town) -> None:
    town.deploy()
    town.configure("second", instances=2)

    town.update("second")

    pending = town.describe()["PendingDeploymentSummary"]
    assert (pending["EndpointConfigName"], pending["StartTime"]) == ("second", NOW)
    [variant] = pending["ProductionVariants"]
    assert (variant["VariantName"], variant["DesiredInstanceCount"]) == ("AllTraffic", 2)
    assert variant["VariantStatus"] == [{"Status": "Creating", "StartTime": NOW}]
    town.work()
    assert "PendingDeploymentSummary" not in town.describe()
    assert town.describe()["ProductionVariants"][0]["CurrentInstanceCount"] == 2


def test_the_same_config_again_brings_up_what_its_model_has_become(town: Town) -> None:
    town.deploy()
    script = town.home / "catalog" / "script" / "model" / "code" / "inference.py"
    script.write_text(
        "def transform_fn(model, body, content_type, accept):\n    return 'changed 0', 'text/plain'\n"
    )

    town.update("e")
    town.work()

    assert town.greeting() == "changed"


def test_each_generation_writes_to_a_log_of_its_own_and_the_copy_of_the_old_one_goes(town: Town) -> None:
    town.deploy()
    town.update("e")
    town.work()
    town.update("e")
    town.work()

    logs = town.home / "logs" / "endpoints" / "e"
    assert {log.name for log in logs.iterdir()} == {
        "AllTraffic-1.log",
        "AllTraffic-1.g1.log",
        "AllTraffic-1.g2.log",
    }
    until(lambda: len(list((town.home / "models").iterdir())) == 1, "the copies of what is gone to go")


def test_only_an_endpoint_in_service_is_updated(town: Town) -> None:
    town.create("broken")
    for begin in (
        lambda: town.update("e"),
        lambda: town.resize({"VariantName": "AllTraffic", "DesiredWeight": 2}),
    ):
        with pytest.raises(Invalid) as refusal:
            begin()
        assert str(refusal.value) == f'Cannot update in-progress endpoint "{ARN}".'

    town.work()
    with pytest.raises(Invalid, match="its status is Failed, and only one that is InService is updated"):
        town.update("e")
    with pytest.raises(NotFound, match="Could not find endpoint "):
        town.update("e", name="nobody")


def test_an_update_needs_a_config_that_is_there(town: Town) -> None:
    town.deploy()

    with pytest.raises(NotFound, match="Could not find endpoint configuration"):
        town.update("nothing")
    assert town.describe()["EndpointStatus"] == "InService"


def test_properties_of_variants_are_retained_where_that_is_asked(town: Town) -> None:
    town.deploy(weights={"a": 3, "b": 1})
    town.configure("second", weights={"a": 1, "c": 1}, instances=2)

    town.update(
        "second",
        RetainAllVariantProperties=True,
        ExcludeRetainedVariantProperties=[{"VariantPropertyType": "DesiredInstanceCount"}],
    )
    town.work()

    assert shown(town) == [("a", 3, 2), ("c", 1, 2)]


def shown(town: Town) -> list[tuple[str, float, int]]:
    return [
        (variant["VariantName"], variant["CurrentWeight"], variant["CurrentInstanceCount"])
        for variant in town.describe()["ProductionVariants"]
    ]


def test_weights_and_counts_change_without_a_restart_of_what_stays(town: Town) -> None:
    town.deploy(weights={"a": 1, "b": 0})
    before = pids(town)

    town.resize(
        {"VariantName": "a", "DesiredWeight": 0},
        {"VariantName": "b", "DesiredWeight": 5, "DesiredInstanceCount": 2},
    )
    variants = {variant["VariantName"]: variant for variant in town.describe()["ProductionVariants"]}
    assert (variants["b"]["CurrentWeight"], variants["b"]["DesiredWeight"]) == (0, 5)
    assert variants["b"]["DesiredInstanceCount"] == 2
    assert variants["b"]["VariantStatus"][0]["Status"] == "Updating"
    assert town.invoke().variant == "a"
    town.work()

    assert shown(town) == [("a", 0, 1), ("b", 5, 2)]
    assert {town.invoke().variant for _ in range(10)} == {"b"}
    assert before < pids(town)
    assert town.invoke(target="a").variant == "a"

    town.resize({"VariantName": "b", "DesiredInstanceCount": 1})
    town.work()
    until(lambda: pids(town) == before, "the instance too many to go")
    assert len(list((town.home / "models").iterdir())) == 2


@pytest.mark.parametrize(
    ("desired", "message"),
    [
        (
            [{"VariantName": "x", "DesiredWeight": 1}],
            'The variant name(s) "x" is/are not present within endpoint configuration "e".',
        ),
        (
            [{"VariantName": "AllTraffic"}, {"VariantName": "AllTraffic"}],
            "DesiredWeightsAndCapacities names a production variant twice: AllTraffic.",
        ),
        (
            [{"VariantName": "AllTraffic", "DesiredInstanceCount": 0}],
            "Production variant AllTraffic cannot have 0 instances: give it DesiredWeight 0 to send it no calls.",
        ),
        (
            [{"VariantName": "AllTraffic", "DesiredInstanceCount": 17}],
            "Production variant AllTraffic asks for 17 instances; at most 16 run here.",
        ),
    ],
)
def test_weights_and_counts_that_cannot_be_are_refused(
    town: Town, desired: list[dict[str, Any]], message: str
) -> None:
    town.deploy()

    with pytest.raises(Invalid) as refusal:
        town.resize(*desired)

    assert str(refusal.value) == message
    assert town.describe()["EndpointStatus"] == "InService"


def test_the_journal_says_what_was_done_to_an_endpoint(town: Town) -> None:
    town.deploy()
    town.update("e")
    town.work()
    town.resize({"VariantName": "AllTraffic", "DesiredWeight": 2.0})
    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)
    town.work()

    with town.store.read() as cx:
        rows = cx.execute(select(journal).order_by(journal.c.id)).all()
    assert [(row.action, row.resource_type, row.resource, row.detail) for row in rows] == [
        ("CreateEndpoint", "Endpoint", "e", {"config": "e"}),
        ("UpdateEndpoint", "Endpoint", "e", {"config": "e"}),
        (
            "UpdateEndpointWeightsAndCapacities",
            "Endpoint",
            "e",
            {"variants": [{"VariantName": "AllTraffic", "DesiredWeight": 2.0}]},
        ),
        ("DeleteEndpoint", "Endpoint", "e", None),
    ]
