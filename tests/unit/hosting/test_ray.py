"""Variants as applications of Ray Serve: put where they are missing, kept while servers come and go, removed with their endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from secondlook.hosting.catalog import Artifact
from secondlook.hosting.container import Container
from secondlook.hosting.endpoints.deployment import WITHDRAW_AFTER, Deployment
from secondlook.hosting.endpoints.fleet import Fleet
from secondlook.hosting.endpoints.placement import Placement
from secondlook.hosting.endpoints.update import begin_capacities
from secondlook.hosting.errors import NotPrepared
from secondlook.hosting.instances.kinds.ray import Cluster, RayInstance, application
from secondlook.hosting.logs.log import Log
from secondlook.hosting.variant import VariantSettings
from secondlook.outbound import Outbound
from secondlook.settings import Settings
from secondlook.store.files import Files
from secondlook.store.outbox import Duty
from secondlook.store.session import Store
from secondlook.store.tables import duty, endpoint

from .conftest import NOW, PLACE, until
from .ray_dashboard import OTHER, Dashboard
from .workshop import carry_through

OUTBOUND = Outbound(["127.0.0.0/8"])
VARIANT = VariantSettings(
    name="all",
    weight=1.0,
    count=3,
    startup=None,
    container=Container(
        product="detector",
        image="",
        runtime="onnx_detection",
        environment={"SCORE_FLOOR": "0.5"},
        needs=("numpy",),
        artifact=Artifact("https://models.example/m.onnx", "ab" * 32, 7),
        copy="0c7b",
        instances="ray",
    ),
)
NAME = "secondlook-e-all-0c7b"


def test_a_variant_is_an_application_with_a_replica_for_each_instance() -> None:
    assert application("e", VARIANT) == {
        "name": NAME,
        "route_prefix": f"/{NAME}",
        "import_path": "secondlook.hosting.instances.kinds.ray.replica:application",
        "args": {
            "runtime": "onnx_detection",
            "environment": {"SCORE_FLOOR": "0.5"},
            "needs": ["numpy"],
            "artifact": {"url": "https://models.example/m.onnx", "sha256": "ab" * 32, "size": 7},
        },
        "deployments": [{"name": "Replica", "num_replicas": 3}],
    }


StartInstance = Callable[..., RayInstance]


@pytest.fixture
def start(dashboard: Dashboard, tmp_path: Path) -> Iterator[StartInstance]:
    """Starts an instance; `wanted` as of RayInstance."""
    cluster = Cluster(dashboard.url, dashboard.url, None, OUTBOUND)
    instances = []

    def started(wanted: Callable[[], bool] = lambda: True) -> RayInstance:
        log = Log(tmp_path / "all-1.log")
        instance = RayInstance(application("e", VARIANT), cluster, OUTBOUND, log, wanted=wanted, startup=20.0)
        instances.append(instance)
        instance.start()
        return instance

    yield started
    for instance in instances:
        instance.stop()


def test_an_instance_answers_below_the_route_of_its_application(
    dashboard: Dashboard, start: StartInstance
) -> None:
    instance = start()
    instance.ready()

    assert NAME in dashboard.configs
    assert instance.address is not None
    assert (instance.address.port, instance.address.path) == (dashboard.port, f"/{NAME}")


def test_one_that_has_gone_from_the_cluster_is_put_there_again(
    dashboard: Dashboard, start: StartInstance
) -> None:
    instance = start()
    instance.ready()
    del dashboard.configs[NAME]

    instance.doubt(instance.address)

    until(lambda: NAME in dashboard.configs and instance.address, "the application, again")


def test_stopping_the_server_leaves_it_running_for_the_others(
    dashboard: Dashboard, start: StartInstance
) -> None:
    instance = start()
    instance.ready()

    instance.stop()

    assert NAME in dashboard.configs


def test_one_whose_endpoint_was_deleted_meanwhile_is_removed_again(
    dashboard: Dashboard, start: StartInstance
) -> None:
    instance = start(wanted=lambda: False)

    with pytest.raises(NotPrepared, match="its endpoint is to run no more"):
        instance.ready()
    instance.stop()
    assert len(dashboard.puts) >= 2
    assert dashboard.configs == {"other": OTHER}


def test_one_that_cannot_be_deployed_fails_the_start_with_the_last_line_of_rays_words(
    dashboard: Dashboard, start: StartInstance
) -> None:
    dashboard.status = "DEPLOY_FAILED"
    dashboard.message = (
        "The deployment failed to start 3 times in a row.\n  File x.py\nValueError: no weights\n"
    )

    with pytest.raises(NotPrepared, match=f"{NAME} on Ray is DEPLOY_FAILED: ValueError: no weights"):
        start().ready()


def test_rows_that_cannot_be_looked_at_are_looked_at_again(
    dashboard: Dashboard, start: StartInstance
) -> None:
    looks: list[str] = []

    def wanted() -> bool:
        looks.append("look")
        if len(looks) == 1:
            raise OSError("the database is away")
        return False

    with pytest.raises(NotPrepared, match="its endpoint is to run no more"):
        start(wanted).ready()

    assert dashboard.configs == {"other": OTHER}


def test_deleting_an_endpoint_removes_it_also_where_the_server_was_started_again_meanwhile(
    store: Store, dashboard: Dashboard, tmp_path: Path
) -> None:
    dashboard.configs[NAME] = application("e", VARIANT)
    endpoint_id = put_row(store, "Deleting")
    settings = Settings(data=tmp_path, ray_address=dashboard.url, ray_serve_url=dashboard.url)
    fleet = Fleet(store, PLACE, Placement(settings, OUTBOUND, Files(store, tmp_path / "objects")))

    Deployment(store, fleet).withdraw(Duty(1, "delete-endpoint", "e", {"endpoint_id": endpoint_id}, 1, NOW))

    assert dashboard.configs == {"other": OTHER}
    with store.read() as cx:
        assert cx.execute(select(endpoint)).all() == []


def test_other_replicas_come_as_another_application_and_the_old_one_goes_after_a_while(
    store: Store, dashboard: Dashboard, tmp_path: Path
) -> None:
    put_row(store, "InService")
    settings = Settings(data=tmp_path, ray_address=dashboard.url, ray_serve_url=dashboard.url)
    fleet = Fleet(store, PLACE, Placement(settings, OUTBOUND, Files(store, tmp_path / "objects")))
    deployment = Deployment(store, fleet, lambda: NOW)
    fleet.start()
    try:
        until(lambda: NAME in dashboard.configs, "the application")
        with store.write() as cx:
            begin_capacities(cx, PLACE, "e", [{"VariantName": "all", "DesiredInstanceCount": 5}], NOW)

        carry_through(store, deployment.update, owed(store))
        [new] = dashboard.configs.keys() - {"other", NAME}
        removal = owed(store)
        assert NAME in dashboard.configs
        deployment.withdraw_variants(removal)

        assert dashboard.configs.keys() == {"other", new}
        assert dashboard.configs[new]["deployments"] == [{"name": "Replica", "num_replicas": 5}]
        [instance] = fleet.instances()
        assert instance.address is not None
        assert instance.address.path == f"/{new}"
        with store.read() as cx:
            due = cx.execute(select(duty.c.due_at).where(duty.c.id == removal.id)).scalar_one()
        assert due == NOW + WITHDRAW_AFTER
    finally:
        fleet.stop()


def test_an_application_that_does_not_come_up_is_removed_when_its_update_is_taken_back(
    store: Store, dashboard: Dashboard, tmp_path: Path
) -> None:
    put_row(store, "InService")
    settings = Settings(data=tmp_path, ray_address=dashboard.url, ray_serve_url=dashboard.url)
    fleet = Fleet(store, PLACE, Placement(settings, OUTBOUND, Files(store, tmp_path / "objects")))
    fleet.start()
    try:
        [instance] = fleet.instances()
        instance.ready()
        dashboard.status = "DEPLOY_FAILED"
        with store.write() as cx:
            begin_capacities(cx, PLACE, "e", [{"VariantName": "all", "DesiredInstanceCount": 5}], NOW)

        carry_through(store, Deployment(store, fleet, lambda: NOW).update, owed(store))

        assert dashboard.configs.keys() == {"other", NAME}
        with store.read() as cx:
            row = cx.execute(select(endpoint)).one()
        assert (row.status, row.next) == ("InService", None)
        assert "on Ray is DEPLOY_FAILED" in row.failure_reason
    finally:
        fleet.stop()


def put_row(store: Store, status: str) -> int:
    """An endpoint of that status; answers its id."""
    row = {
        "name": "e",
        "config_name": "e",
        "variants": [VARIANT.as_json()],
        "status": status,
        "created_at": NOW,
        "modified_at": NOW,
    }
    with store.write() as cx:
        cx.execute(insert(endpoint).values(row))
        return int(cx.execute(select(endpoint.c.id)).scalar_one())


def owed(store: Store) -> Duty:
    """The duty that was owed last."""
    with store.read() as cx:
        row = cx.execute(select(duty).order_by(duty.c.id.desc())).first()
    assert row is not None
    return Duty(row.id, row.kind, row.queueing_key, row.payload, 1, row.created_at)


def test_a_row_from_before_there_was_ray_runs_where_it_ran() -> None:
    values = VARIANT.container.as_json()
    del values["instances"]

    assert Container.from_json(values).kind == "local"
