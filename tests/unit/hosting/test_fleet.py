"""Endpoints with real processes behind them, through deployment, death, restart and withdrawal."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from secondlook.hosting.endpoints import endpoint
from secondlook.hosting.endpoints.earlier_rows import complete
from secondlook.hosting.errors import ModelFailed, NotInvokable, NotPrepared
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.store.tables import endpoint as endpoint_rows

from .conftest import NOW, PLACE, lives, until
from .workshop import Town


def test_an_endpoint_comes_into_service_and_answers(town: Town) -> None:
    town.deploy()

    description = town.describe()
    assert description["EndpointStatus"] == "InService"
    assert description["ProductionVariants"][0]["CurrentInstanceCount"] == 1
    answer = town.invoke()
    assert answer.body.startswith(b"hello ")
    assert answer.headers == {"content-type": "text/plain"}
    assert answer.variant == "AllTraffic"


def test_an_endpoint_whose_row_says_in_service_can_be_called_at_once(town: Town) -> None:
    town.deploy()
    endpoint_id = 1
    with town.store.write() as cx:
        endpoint.set_status(cx, endpoint_id, "Creating", NOW)
    town.fleet.reconcile()

    with town.store.write() as cx:
        endpoint.set_status(cx, endpoint_id, "InService", NOW)

    assert town.invoke().variant == "AllTraffic"


@contextmanager
def no_descriptors() -> Iterator[None]:
    """Inside, this process can open nothing more."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_an_instance_that_cannot_be_started_keeps_no_other_endpoint_from_its_calls(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.deploy()
    endpoint_id = 1
    with town.store.write() as cx:
        endpoint.set_status(cx, endpoint_id, "Creating", NOW)
    town.fleet.reconcile()
    with town.store.write() as cx:
        endpoint.set_status(cx, endpoint_id, "InService", NOW)
    town.create(name="later")

    with no_descriptors():
        town.fleet.reconcile()
        town.fleet.reconcile()
        with pytest.raises(
            LookupError, match="instance 1 of variant AllTraffic could not be started: Too many"
        ):
            town.work()

    assert town.invoke().variant == "AllTraffic"
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "an instance of endpoint later could not be started: Too many open files; it is tried again every 5 seconds"
    ]
    until(lambda: len(town.fleet.instances()) == 2, "the next try")
    town.work()
    assert town.invoke(name="later").variant == "AllTraffic"


def test_routes_that_could_not_be_replaced_are_looked_at_again(town: Town) -> None:
    town.deploy()
    with town.store.write() as cx:
        endpoint.set_status(cx, 1, "Creating", NOW)
    town.fleet.reconcile()
    with town.store.write() as cx:
        endpoint.set_status(cx, 1, "InService", NOW)
        variants = cx.execute(select(endpoint_rows.c.variants)).scalar_one()
        cx.execute(update(endpoint_rows).values(variants=[{}]))

    with pytest.raises(KeyError):
        town.fleet.refresh()
    with town.store.write() as cx:
        cx.execute(update(endpoint_rows).values(variants=variants))

    assert town.invoke().variant == "AllTraffic"


def test_a_models_environment_overlays_its_packages(town: Town) -> None:
    town.deploy(GREETING="good day")

    assert town.invoke().body.startswith(b"good day ")


def test_a_model_that_does_not_start_fails_the_endpoint_with_the_reason(town: Town) -> None:
    town.deploy("broken")

    description = town.describe()
    assert description["EndpointStatus"] == "Failed"
    assert description["FailureReason"].startswith(
        "The primary container for production variant AllTraffic did not pass the ping health check: the process "
        "exited with 1 (inference.py: No module named 'a_library_that_nobody_has'; name it in requirements.txt beside "
        "the script, or install it where secondlook is installed)"
    )
    with pytest.raises(NotInvokable, match="not in service: its status is Failed"):
        town.invoke()


def test_an_endpoint_whose_duty_is_given_up_does_not_stay_as_it_is_for_ever(town: Town) -> None:
    town.create()
    [given_up] = town.owed(tries=60)
    with town.store.write() as cx:
        town.deployment.stuck(given_up, "another server holds it.")(cx, NOW)

    description = town.describe()
    assert description["EndpointStatus"] == "Failed"
    assert description["FailureReason"] == "The endpoint could not be deployed: another server holds it."

    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)
        town.deployment.stuck(replace(given_up, kind="delete-endpoint"), "the disk is full")(cx, NOW)
    assert town.describe()["FailureReason"] == "The endpoint could not be deleted: the disk is full."


def test_an_artifact_that_cannot_be_had_fails_the_endpoint_with_the_reason(town: Town) -> None:
    file = town.home / "catalog" / "script" / "product.toml"
    artifact = f'\n[artifact]\nurl = "http://127.0.0.1:9/net.onnx"\nsha256 = "{"0" * 64}"\nsize = 1\n'
    file.write_text(file.read_text() + artifact)
    town.restart()

    town.deploy()

    reason = town.describe()["FailureReason"]
    assert reason.startswith(
        "The primary container for production variant AllTraffic could not be started: net.onnx"
    )
    assert "SECONDLOOK_MIRROR" in reason


def test_several_instances_share_the_calls(town: Town) -> None:
    town.deploy(instances=2)

    assert town.describe()["ProductionVariants"][0]["CurrentInstanceCount"] == 2
    seen: set[bytes] = set()
    until(lambda: seen.add(town.invoke().body) or len(seen) == 2, "both instances to answer")


def test_a_prediction_that_fails_is_a_model_error_with_the_models_own_words(town: Town) -> None:
    town.deploy()

    with pytest.raises(ModelFailed) as failure:
        town.invoke(b"fail")

    said = "ValueError: no such label (code/inference.py, line 7, in transform_fn)"
    assert str(failure.value) == (
        f'Received server error (500) from primary with message "{said}". See the log of endpoint e '
        "in account 123456789012 for more information."
    )
    assert failure.value.original_status == 500
    assert failure.value.original_message == said
    assert failure.value.log_arn == "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/e"


def test_a_model_that_dies_mid_call_is_a_model_error_and_is_restarted(town: Town) -> None:
    town.deploy()
    before = town.pid()

    with pytest.raises(
        ModelFailed, match=r"Received server error \(0\) from primary .*broke off before it answered"
    ):
        town.invoke(b"die")

    assert town.pid() != before  # the call waits for the restart
    assert town.describe()["EndpointStatus"] == "InService"


def test_after_a_restart_of_the_server_an_endpoint_is_in_service_without_a_call(town: Town) -> None:
    town.deploy()
    before = town.pid()

    town.restart()

    assert not lives(before)
    assert town.describe()["EndpointStatus"] == "InService"
    assert town.pid() != before


def test_a_deployment_that_a_restart_interrupted_is_finished(town: Town) -> None:
    town.create()
    town.restart()
    town.work()

    assert town.describe()["EndpointStatus"] == "InService"
    assert town.invoke().body.startswith(b"hello ")


def test_duties_are_safe_to_repeat(town: Town) -> None:
    town.create()
    [again] = town.owed(tries=2)
    town.work()
    before = town.pid()

    town.deployment.deploy(again)

    assert town.describe()["EndpointStatus"] == "InService"
    assert town.pid() == before


def test_a_deleted_endpoint_is_gone_with_its_process(town: Town) -> None:
    town.deploy()
    pid = town.pid()
    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)

    town.work()

    assert not lives(pid)
    with town.store.read() as cx:
        assert cx.execute(endpoint.every()).all() == []
    with pytest.raises(NotInvokable, match=r"^Endpoint e of account 123456789012 not found\.$"):
        town.invoke()


def test_an_endpoint_deleted_while_it_is_created_leaves_nothing(town: Town) -> None:
    town.create()
    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)

    town.work()

    with town.store.read() as cx:
        assert cx.execute(endpoint.every()).all() == []


def test_the_name_of_a_deleted_endpoint_can_be_used_again(town: Town) -> None:
    town.deploy()
    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)
    town.work()
    with town.store.write() as cx:
        endpoint.create(cx, town.packages, PLACE, "e", "e", NOW)
    town.work()

    assert town.invoke().body.startswith(b"hello ")


def test_each_server_has_instances_of_its_own(town: Town, tmp_path: Path) -> None:
    town.deploy()
    shutil.copytree(town.home / "catalog", tmp_path / "other" / "catalog")
    other = town.another_server(tmp_path / "other")
    try:
        [instance] = other.instances()
        assert isinstance(instance, LocalInstance)
        instance.ready()
        assert instance.pid != town.pid()

        with town.store.write() as cx:
            endpoint.remove(cx, PLACE, "e", NOW)
        town.work()
        other.refresh()

        until(lambda: instance.pid is None, "the other server to follow the row")
        assert other.instances() == []
    finally:
        other.stop()


def test_a_start_that_fails_on_another_server_is_tried_again_there(town: Town, tmp_path: Path) -> None:
    town.deploy()
    other = town.another_server(tmp_path / "other")
    try:
        [instance] = other.instances()
        with pytest.raises(NotPrepared, match="the files of the product script could not be copied"):
            instance.ready()

        shutil.copytree(town.home / "catalog", tmp_path / "other" / "catalog")

        until(lambda: other.routes.answering("e") == {"AllTraffic": 1}, "the instance to answer")
    finally:
        other.stop()


def test_a_product_that_is_changed_or_deleted_changes_nothing_of_a_running_endpoint(town: Town) -> None:
    town.deploy()
    product = town.home / "catalog" / "script"
    (product / "product.toml").write_text("no longer a product")
    (product / "model" / "code" / "inference.py").write_text("raise SystemExit('changed')")
    town.restart()
    assert town.invoke().body.startswith(b"hello ")

    shutil.rmtree(product)
    town.restart()

    assert town.invoke().body.startswith(b"hello ")
    assert town.describe()["EndpointStatus"] == "InService"


def test_an_endpoint_of_the_first_release_goes_on_with_what_its_product_says_now(town: Town) -> None:
    town.deploy(GREETING="good day")
    town.create(name="orphan")
    town.work()
    with town.store.write() as cx:
        for row in cx.execute(select(endpoint_rows)).all():
            [variant] = row.variants
            product = "script" if row.name == "e" else "gone"
            earlier = {"product": product, "image": "", "environment": variant["Container"]["environment"]}
            of_row = update(endpoint_rows).where(endpoint_rows.c.id == row.id)
            cx.execute(of_row.values(variants=[{**variant, "Container": earlier}]))

    with town.store.write() as cx:
        complete(cx, town.catalog)
    town.restart()

    assert town.invoke().body.startswith(b"good day ")
    orphan = town.describe("orphan")
    assert orphan["EndpointStatus"] == "Failed"
    assert orphan["FailureReason"] == "The product gone is no longer in the catalog."


def test_the_copy_of_a_products_files_goes_with_its_endpoint(town: Town) -> None:
    models = town.home / "models"
    town.deploy()
    town.create(name="later")
    town.work()
    assert len(list(models.iterdir())) == 2
    town.fleet.stop()
    (models / "left-over").mkdir()
    town.restart()
    assert len(list(models.iterdir())) == 2

    with town.store.write() as cx:
        endpoint.remove(cx, PLACE, "e", NOW)
    town.work()

    assert len(list(models.iterdir())) == 1
    assert town.invoke(name="later").body.startswith(b"hello ")


def test_a_wrong_variant_is_named_with_those_there_are(town: Town) -> None:
    town.deploy()

    with pytest.raises(NotInvokable, match="Variant Other of endpoint e not found; it has AllTraffic"):
        town.invoke(target="Other")


def test_stopping_the_server_ends_every_process_and_keeps_the_rows(town: Town) -> None:
    town.deploy()
    pid = town.pid()

    town.fleet.stop()

    assert not lives(pid)
    assert town.describe()["EndpointStatus"] == "InService"


def test_a_killed_process_is_replaced(town: Town) -> None:
    town.deploy()
    pid = town.pid()

    os.kill(pid, signal.SIGKILL)

    [process] = town.fleet.instances()
    assert isinstance(process, LocalInstance)
    until(lambda: process.restarts == 1, "its death to be noticed")
    assert town.pid() != pid
