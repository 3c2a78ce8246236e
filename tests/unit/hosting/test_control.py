"""From a product to an endpoint, as SageMaker's control plane says it; on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.endpoints import endpoint, endpoint_config
from secondlook.hosting.errors import Invalid, NotFound
from secondlook.hosting.images import Images
from secondlook.hosting.models import model
from secondlook.hosting.packages import Packages, Products, subscriptions
from secondlook.names import Place
from secondlook.store.session import Store
from secondlook.store.tables import duty, subscription
from secondlook.store.version import version
from tests.products import put_remote_product

from .conftest import NOW, PLACE

CATALOG = Catalog()
PACKAGES = Packages(PLACE, Products(CATALOG, PLACE.region))
DETECTOR = CATALOG.by_id("fastestdet-coco")
ARN = DETECTOR.arn("us-east-1")
SEED_ARN = (
    "arn:aws:sagemaker:us-east-1:865070037744:model-package/"
    "gluoncv-ssd-resnet501547760463-0f9e6796d2438a1d64bb9b15aac57bc0"
)
MODEL_ARN = "arn:aws:sagemaker:us-east-1:123456789012:model/m"


def says(message: str) -> str:
    return f"^{re.escape(message)}$"


def subscribed(store: Store) -> None:
    with store.write() as cx:
        subscriptions.subscribe(cx, DETECTOR, "AKIDALICE", NOW, license_accepted=True)


def modelled(store: Store, **more: Any) -> None:
    subscribed(store)
    with store.write() as cx:
        params = {"ModelName": "m", "PrimaryContainer": {"ModelPackageName": ARN}, **more}
        model.create(cx, PACKAGES, PLACE, params, NOW)


VARIANT = {
    "VariantName": "AllTraffic",
    "ModelName": "m",
    "InstanceType": "ml.m4.xlarge",
    "InitialInstanceCount": 1,
}
SERVERLESS = {"MemorySizeInMB": 1024, "MaxConcurrency": 2}


def configured(store: Store, *variants: dict[str, Any]) -> None:
    modelled(store)
    params = {"EndpointConfigName": "c", "ProductionVariants": list(variants or [VARIANT])}
    with store.write() as cx:
        endpoint_config.create(cx, PACKAGES, PLACE, params, NOW)


def created(store: Store, *variants: dict[str, Any]) -> None:
    configured(store, *variants)
    with store.write() as cx:
        endpoint.create(cx, PACKAGES, PLACE, "e", "c", NOW)


# --- subscriptions


def test_subscribing_records_which_licence_was_accepted_and_by_whom(store: Store) -> None:
    subscribed(store)

    with store.read() as cx:
        row = cx.execute(select(subscription)).one()
        assert subscriptions.subscribed(cx) == {"fastestdet-coco"}
    assert tuple(row) == ("fastestdet-coco", DETECTOR.license_sha256, "AKIDALICE", NOW)


def test_without_accepting_the_licence_there_is_no_subscription(store: Store) -> None:
    with (
        store.write() as cx,
        pytest.raises(Invalid, match=r"BSD-3-Clause.*catalog show fastestdet-coco.*--accept-license"),
    ):
        subscriptions.subscribe(cx, DETECTOR, "AKIDALICE", NOW, license_accepted=False)


def test_subscribing_twice_keeps_the_first(store: Store) -> None:
    subscribed(store)
    with store.write() as cx:
        subscriptions.subscribe(cx, DETECTOR, "AKIDBOB", NOW + timedelta(days=1), license_accepted=True)

    with store.read() as cx:
        assert cx.scalar(select(subscription.c.accepted_by)) == "AKIDALICE"


def test_unsubscribing_ends_it_once(store: Store) -> None:
    subscribed(store)
    with store.write() as cx:
        subscriptions.unsubscribe(cx, DETECTOR)

    with store.write() as cx, pytest.raises(Invalid, match="There is no subscription to fastestdet-coco"):
        subscriptions.unsubscribe(cx, DETECTOR)


# --- model packages


def test_a_package_is_described_with_its_product_id_and_what_it_takes(store: Store) -> None:
    with store.read() as cx:
        description = PACKAGES.find(cx, ARN).describe()

    assert description["ModelPackageArn"] == ARN
    assert description["ModelPackageStatus"] == "Completed"
    specification = description["InferenceSpecification"]
    assert specification["Containers"][0]["ProductId"] == "prod-fastestdetcoco"
    assert specification["Containers"][0]["Environment"]["SCORE_FLOOR"] == "0.25"
    assert "ml.m4.xlarge" in specification["SupportedRealtimeInferenceInstanceTypes"]
    assert "image/jpeg" in specification["SupportedContentTypes"]
    assert specification["SupportedResponseMIMETypes"] == ["application/json"]


@pytest.mark.parametrize("name_or_arn", [SEED_ARN, SEED_ARN.rpartition("/")[2]])
def test_an_alias_is_described_under_its_own_name(store: Store, name_or_arn: str) -> None:
    with store.read() as cx:
        description = PACKAGES.find(cx, name_or_arn).describe()

    assert description["ModelPackageArn"] == SEED_ARN
    assert (
        description["ModelPackageName"] == "gluoncv-ssd-resnet501547760463-0f9e6796d2438a1d64bb9b15aac57bc0"
    )


def test_an_unknown_package_is_not_found(store: Store) -> None:
    with store.read() as cx, pytest.raises(NotFound, match=says(f"ModelPackage {ARN}x does not exist.")):
        PACKAGES.find(cx, ARN + "x")


def test_a_package_of_another_region_names_the_right_one(store: Store) -> None:
    irish = Packages(Place("eu-west-1", "123456789012"), Products(CATALOG, "eu-west-1"))
    with store.read() as cx, pytest.raises(Invalid, match="should be scoped to correct region: eu-west-1"):
        irish.find(cx, ARN)


# --- models


@pytest.mark.parametrize(
    "containers",
    [
        {"PrimaryContainer": {"ModelPackageName": ARN}},
        {"Containers": [{"ModelPackageName": SEED_ARN, "Environment": {"SCORE_FLOOR": "0.5"}}]},
    ],
)
def test_a_model_is_described_as_it_was_made(store: Store, containers: dict[str, Any]) -> None:
    subscribed(store)
    params = {"ModelName": "m", "ExecutionRoleArn": "arn:aws:iam::123456789012:role/r", **containers}
    with store.write() as cx:
        assert model.create(cx, PACKAGES, PLACE, {**params, "Tags": []}, NOW) == MODEL_ARN

    with store.read() as cx:
        assert model.describe(cx, PLACE, "m") == {
            **params,
            "ModelArn": MODEL_ARN,
            "CreationTime": NOW,
            "EnableNetworkIsolation": False,
        }


@pytest.mark.parametrize(
    "name",
    ["LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "DYLD_INSERT_LIBRARIES", "PYTHONPATH", "GCONV_PATH", "OPENSSL_CONF", "PATH"],
)  # fmt: skip
def test_a_model_cannot_have_its_process_load_other_code(store: Store, name: str) -> None:
    subscribed(store)
    container = {"ModelPackageName": ARN, "Environment": {"SCORE_FLOOR": "0.5", name: "/proc/1/fd/7"}}
    with store.write() as cx, pytest.raises(Invalid, match=f"cannot set {name}: it decides which code"):
        model.create(cx, PACKAGES, PLACE, {"ModelName": "m", "PrimaryContainer": container}, NOW)


def test_without_a_subscription_there_is_no_model(store: Store) -> None:
    with (
        store.write() as cx,
        pytest.raises(Invalid, match=says("Caller is not subscribed to the marketplace offering.")),
    ):
        model.create(
            cx, PACKAGES, PLACE, {"ModelName": "m", "Containers": [{"ModelPackageName": SEED_ARN}]}, NOW
        )


def test_a_model_name_is_taken_once(store: Store) -> None:
    modelled(store)
    with (
        store.write() as cx,
        pytest.raises(Invalid, match=says(f'Cannot create already existing model "{MODEL_ARN}".')),
    ):
        model.create(
            cx, PACKAGES, PLACE, {"ModelName": "m", "PrimaryContainer": {"ModelPackageName": ARN}}, NOW
        )


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({}, "A model needs a container"),
        ({"Containers": [{}, {}]}, "give one container, not 2"),
        (
            {"PrimaryContainer": {"ModelPackageName": ARN}, "Containers": [{"ModelPackageName": ARN}]},
            "not both",
        ),
        (
            {"PrimaryContainer": {"Image": "123.dkr.ecr.us-east-1.amazonaws.com/x:1"}},
            "No runtime stands in for the image 123",
        ),
        (
            {"PrimaryContainer": {"ModelPackageName": ARN, "ModelDataUrl": "s3://b/m"}},
            "ModelPackageName or ModelDataUrl",
        ),
        ({"PrimaryContainer": {"ModelPackageName": ARN, "Mode": "MultiModel"}}, "Mode MultiModel"),
        (
            {"PrimaryContainer": {"ModelPackageName": "nothing"}},
            "ModelPackage arn:.*:model-package/nothing does not exist",
        ),
    ],
)
def test_a_model_that_cannot_be_made_says_why(store: Store, params: dict[str, Any], why: str) -> None:
    with store.write() as cx, pytest.raises(Invalid, match=why):
        model.create(cx, PACKAGES, PLACE, {"ModelName": "m", **params}, NOW)


def test_a_model_that_runs_elsewhere_takes_no_variables(store: Store, tmp_path: Path) -> None:
    put_remote_product(tmp_path, "away", "https://models.example", "text/plain")
    catalog = Catalog([tmp_path / "catalog"])
    packages = Packages(PLACE, Products(catalog, PLACE.region))
    definition = {"ModelPackageName": "away-1", "Environment": {"SCORE_FLOOR": "0.5"}}
    with store.write() as cx:
        subscriptions.subscribe(cx, catalog.by_id("away"), "AKIDALICE", NOW, license_accepted=True)
        with pytest.raises(Invalid, match=r"away-1 is served elsewhere.*leave Environment out"):
            model.create(cx, packages, PLACE, {"ModelName": "m", "PrimaryContainer": definition}, NOW)


@pytest.mark.parametrize("act", [model.describe, model.remove])
def test_a_model_that_is_not_there_is_named_by_its_arn(store: Store, act: Callable[..., object]) -> None:
    with store.write() as cx, pytest.raises(NotFound, match=says(f'Could not find model "{MODEL_ARN}".')):
        act(cx, PLACE, "m")


# --- endpoint configs


def test_a_config_is_described_with_its_defaults(store: Store) -> None:
    configured(store)

    with store.read() as cx:
        assert endpoint_config.describe(cx, PLACE, "c") == {
            "EndpointConfigName": "c",
            "EndpointConfigArn": "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/c",
            "ProductionVariants": [{**VARIANT, "InitialVariantWeight": 1.0}],
            "CreationTime": NOW,
        }


@pytest.mark.parametrize(
    ("variants", "why"),
    [
        ([{**VARIANT, "ModelName": "other"}], 'Could not find model ".*:model/other"'),
        (
            [{**VARIANT, "InstanceType": "ml.p3.2xlarge"}],
            f"ml.p3.2xlarge is not supported .*{ARN}.*ml.m4.xlarge",
        ),
        ([VARIANT, VARIANT], "given twice: AllTraffic"),
        ([{"VariantName": "AllTraffic", "InstanceType": "ml.m4.xlarge"}], "AllTraffic needs ModelName"),
        ([{**VARIANT, "ServerlessConfig": SERVERLESS}], "ServerlessConfig, which goes without InstanceType"),
        (
            [
                {
                    "VariantName": "v",
                    "ModelName": "m",
                    "ServerlessConfig": {**SERVERLESS, "MemorySizeInMB": 1500},
                }
            ],
            "MemorySizeInMB of production variant v is 1500",
        ),
        (
            [
                {
                    "VariantName": "v",
                    "ModelName": "m",
                    "ServerlessConfig": {**SERVERLESS, "ProvisionedConcurrency": 3},
                }
            ],
            "ProvisionedConcurrency of production variant v is 3, and may be its MaxConcurrency, 2",
        ),
        (
            [{**VARIANT, "CoreDumpConfig": {"DestinationS3Uri": "s3://b/k"}}],
            "CoreDumpConfig .* is not served",
        ),
    ],
)
def test_a_config_that_cannot_be_made_says_why(
    store: Store, variants: list[dict[str, Any]], why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        configured(store, *variants)


def test_a_config_name_is_taken_once(store: Store) -> None:
    configured(store)
    with (
        store.write() as cx,
        pytest.raises(
            Invalid, match=r'^Cannot create already existing endpoint configuration ".*:endpoint-config/c"\.$'
        ),
    ):
        endpoint_config.create(
            cx, PACKAGES, PLACE, {"EndpointConfigName": "c", "ProductionVariants": [VARIANT]}, NOW
        )


def test_a_config_that_is_not_there_is_named_by_its_arn(store: Store) -> None:
    message = says(
        'Could not find endpoint configuration "arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/c".'
    )
    with store.write() as cx:
        for act in (endpoint_config.describe, endpoint_config.remove):
            with pytest.raises(NotFound, match=message):
                act(cx, PLACE, "c")
        with pytest.raises(NotFound, match=message):
            endpoint.create(cx, PACKAGES, PLACE, "e", "c", NOW)


# --- endpoints


def test_a_new_endpoint_is_creating_and_owes_its_deployment(store: Store) -> None:
    created(
        store,
        {**VARIANT, "InitialInstanceCount": 2},
        {**VARIANT, "VariantName": "Other", "InitialVariantWeight": 0.5},
    )

    with store.read() as cx:
        description = endpoint.describe(cx, PLACE, "e", {"AllTraffic": 1})
        owed = cx.execute(select(duty.c.kind, duty.c.queueing_key).order_by(duty.c.id)).all()
    assert owed == [("publish-endpoint-event", "e"), ("deploy-endpoint", "e")]
    assert description["EndpointStatus"] == "Creating"
    assert description["EndpointArn"] == "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e"
    assert "FailureReason" not in description
    assert [
        (
            variant["VariantName"],
            variant["CurrentWeight"],
            variant["CurrentInstanceCount"],
            variant["DesiredInstanceCount"],
        )
        for variant in description["ProductionVariants"]
    ] == [("AllTraffic", 1.0, 1, 2), ("Other", 0.5, 0, 1)]


def test_an_endpoint_name_is_taken_once(store: Store) -> None:
    created(store)
    with (
        store.write() as cx,
        pytest.raises(Invalid, match=r'^Cannot create already existing endpoint ".*:endpoint/e"\.$'),
    ):
        endpoint.create(cx, PACKAGES, PLACE, "e", "c", NOW)


def test_a_model_deleted_since_its_config_was_made_cannot_be_deployed(store: Store) -> None:
    configured(store)
    with store.write() as cx:
        model.remove(cx, PLACE, "m")
        with pytest.raises(NotFound, match=says(f'Could not find model "{MODEL_ARN}".')):
            endpoint.create(cx, PACKAGES, PLACE, "e", "c", NOW)


def test_an_endpoint_outlives_its_config_and_its_model(store: Store) -> None:
    created(store)
    with store.write() as cx:
        endpoint_config.remove(cx, PLACE, "c")
        model.remove(cx, PLACE, "m")

    with store.read() as cx:
        assert endpoint.describe(cx, PLACE, "e", {})["EndpointConfigName"] == "c"


def test_deleting_owes_the_withdrawal_and_tells_those_who_keep_routes(store: Store) -> None:
    created(store)
    with store.write() as cx:
        before = version(cx, endpoint.ROUTES)
        endpoint.remove(cx, PLACE, "e", NOW + timedelta(minutes=1))

    with store.read() as cx:
        description = endpoint.describe(cx, PLACE, "e", {})
        assert version(cx, endpoint.ROUTES) > before
        assert cx.scalars(select(duty.c.kind).order_by(duty.c.id)).all() == [
            "publish-endpoint-event",
            "deploy-endpoint",
            "publish-endpoint-event",
            "delete-endpoint",
        ]
    assert (description["EndpointStatus"], description["LastModifiedTime"]) == (
        "Deleting",
        NOW + timedelta(minutes=1),
    )


def test_an_endpoint_being_deleted_does_not_come_into_service(store: Store) -> None:
    created(store)
    with store.write() as cx:
        id_ = endpoint.find(cx, PLACE, "e").id
        endpoint.remove(cx, PLACE, "e", NOW)

        assert not endpoint.set_status(cx, id_, "InService", NOW, was="Creating")
        assert endpoint.describe(cx, PLACE, "e", {})["EndpointStatus"] == "Deleting"


def test_an_endpoint_that_is_not_there_is_named_by_its_arn(store: Store) -> None:
    message = says('Could not find endpoint "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e".')
    with store.write() as cx:
        with pytest.raises(NotFound, match=message):
            endpoint.describe(cx, PLACE, "e", {})
        with pytest.raises(NotFound, match=message):
            endpoint.remove(cx, PLACE, "e", NOW)


def test_a_model_that_was_made_to_run_elsewhere_does_not_come_to_run_here(store: Store) -> None:
    """Whoever made it was not asked for the right to bring code; then the mapping is taken away."""
    image = "1".zfill(12) + ".dkr.ecr.us-east-1.amazonaws.com/pytorch-inference:2"
    definition = {"Image": image, "ModelDataUrl": "s3://models/m.tar.gz"}
    mapped = Packages(PLACE, images=Images(["*/pytorch-inference:*=https://models.example.org"]))
    with store.write() as cx:
        model.create(cx, mapped, PLACE, {"ModelName": "m", "PrimaryContainer": definition}, NOW)
        assert model.resolve(cx, mapped, PLACE, "m")[1].url == "https://models.example.org"
        with pytest.raises(Invalid, match="ran no code or files of its own when it was made"):
            model.resolve(cx, Packages(PLACE), PLACE, "m")
