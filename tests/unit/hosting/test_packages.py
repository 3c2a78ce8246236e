"""Packages that programs register: versions, sources, what a model made of one runs; on both databases."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.errors import Conflict, Invalid, NotFound
from secondlook.hosting.images import Images
from secondlook.hosting.models import model, source
from secondlook.hosting.packages import (
    Packages,
    Products,
    Registered,
    changes,
    groups,
    registration,
    subscriptions,
)
from secondlook.store.session import Store
from secondlook.store.tables import journal

from .conftest import NOW, PLACE

CATALOG = Catalog()
IMAGES = Images()
PACKAGES = Packages(PLACE, Registered(PLACE, CATALOG, IMAGES), Products(CATALOG, PLACE.region), images=IMAGES)
DETECTOR = CATALOG.by_id("fastestdet-coco")
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"
CONTAINER = {"Image": IMAGE, "ModelDataUrl": "s3://models/a/model.tar.gz"}
SPECIFICATION = {"Containers": [CONTAINER], "SupportedContentTypes": ["text/csv"]}
LATER = NOW + timedelta(minutes=1)


def arn(name: str) -> str:
    return PLACE.arn("model-package", name)


def create(cx: Connection, **params: Any) -> str:
    """CreateModelPackage, of a scikit-learn container unless it says otherwise."""
    if not params.keys() & {"InferenceSpecification", "SourceAlgorithmSpecification", "SourceUri"}:
        params["InferenceSpecification"] = SPECIFICATION
    origin = source.origin(cx, PACKAGES, PLACE, params.get("SourceUri"))
    return registration.create(cx, PACKAGES, PLACE, params, NOW, origin)


def update(cx: Connection, name: str, **params: Any) -> str:
    origin = source.origin(cx, PACKAGES, PLACE, params.get("SourceUri"))
    return changes.change(cx, PACKAGES, PLACE, {"ModelPackageArn": arn(name), **params}, LATER, origin)


def described(cx: Connection, name_or_arn: str) -> dict[str, Any]:
    return PACKAGES.find(cx, name_or_arn).describe()


def group(cx: Connection, name: str = "g") -> str:
    return groups.create(cx, PLACE, {"ModelPackageGroupName": name}, NOW)


def subscribed(cx: Connection) -> None:
    subscriptions.subscribe(cx, DETECTOR, "AKIDALICE", NOW, license_accepted=True)


def modelled(cx: Connection, package: str, name: str = "m", **more: Any) -> None:
    """CreateModel, by somebody who may bring code."""
    params = {"ModelName": name, "PrimaryContainer": {"ModelPackageName": package, **more}}
    model.create(cx, PACKAGES, PLACE, params, NOW, model.wanted(cx, PACKAGES, params))


def algorithm(name: str, **data: Any) -> dict[str, Any]:
    return {"SourceAlgorithms": [{"AlgorithmName": name, **data}]}


def test_an_unversioned_package_is_described_as_it_was_registered(store: Store) -> None:
    kept = {
        "ModelPackageDescription": "finds spoons",
        "MetadataProperties": {"CommitId": "abc"},
        "ModelMetrics": {"ModelQuality": {"Statistics": {"ContentType": "json", "S3Uri": "s3://m/q.json"}}},
        "CustomerMetadataProperties": {"team": "kitchen"},
        "Domain": "COMPUTER_VISION",
        "Task": "OBJECT_DETECTION",
        "SkipModelValidation": "All",
    }
    with store.write() as cx:
        made = create(cx, ModelPackageName="p", ClientToken="t", ModelApprovalStatus="Approved", **kept)

    with store.read() as cx:
        assert described(cx, "p") == described(cx, made)
        assert described(cx, made) == {
            "ModelPackageName": "p",
            "ModelPackageArn": arn("p"),
            "CreationTime": NOW,
            "ModelPackageStatus": "Completed",
            "ModelPackageStatusDetails": {"ValidationStatuses": [], "ImageScanStatuses": []},
            "CertifyForMarketplace": False,
            "InferenceSpecification": SPECIFICATION,
            **kept,
        }


def test_versions_count_up_and_no_number_is_given_again(store: Store) -> None:
    with store.write() as cx:
        group_arn = group(cx)
        made = [create(cx, ModelPackageGroupName=name) for name in ("g", group_arn, "g")]
        changes.remove(cx, PACKAGES, PLACE, "g/3", NOW)
        made.append(create(cx, ModelPackageGroupName="g", ModelApprovalStatus="Rejected"))

        assert made == [arn(f"g/{version}") for version in (1, 2, 3, 4)]
        last = described(cx, "g/4")
        assert (last["ModelPackageGroupName"], last["ModelPackageVersion"]) == ("g", 4)
        assert "ModelPackageName" not in last
        assert last["ModelApprovalStatus"] == "Rejected"
        assert described(cx, made[0])["ModelApprovalStatus"] == "PendingManualApproval"


@pytest.mark.parametrize("name", ["g", "g/0", "g/01", "g/3", arn("g"), arn("g/1").replace("1234", "4321")])
def test_what_was_not_registered_is_not_found(store: Store, name: str) -> None:
    missing = name if name.startswith("arn:") else arn(name)
    with store.write() as cx:
        group(cx)
        create(cx, ModelPackageGroupName="g")
        for act in (PACKAGES.find, lambda cx, name: changes.remove(cx, PACKAGES, PLACE, name, NOW)):
            with pytest.raises(NotFound, match=f"^ModelPackage {missing} does not exist.$"):
                act(cx, name)


def test_a_package_of_another_region_names_the_right_one(store: Store) -> None:
    with store.write() as cx:
        create(cx, ModelPackageName="p")
        with pytest.raises(Invalid, match="should be scoped to correct region: us-east-1"):
            changes.remove(cx, PACKAGES, PLACE, arn("p").replace("us-east-1", "eu-west-1"), NOW)


def test_a_client_token_makes_one_package(store: Store) -> None:
    with store.write() as cx:
        group(cx)
        for named in ({"ModelPackageName": "p"}, {"ModelPackageGroupName": "g"}):
            token = f"t-{len(named)}-{next(iter(named))}"
            first = create(cx, ClientToken=token, **named)
            assert create(cx, ClientToken=token, **named) == first
            with pytest.raises(Conflict, match=f"other parameters before, for {first}"):
                create(cx, ClientToken=token, Domain="x", **named)
        assert create(cx, ModelPackageGroupName="g", ClientToken="another") == arn("g/2")


TRANSFORM = {"TransformInput": {}, "TransformOutput": {}, "TransformResources": {}}


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"ModelPackageGroupName": "g"}, "^Both ModelPackageName and ModelPackageGroupName are provided"),
        ({"ModelPackageName": None}, "^Missing ARN"),
        ({"CertifyForMarketplace": True}, "no marketplace lists"),
        ({"ManagedStorageType": "Restricted"}, "^ManagedStorageType is not served"),
        ({"SourceAlgorithmSpecification": algorithm("q")}, "^Give one of InferenceSpecification and"),
        ({"InferenceSpecification": None}, "needs InferenceSpecification or SourceAlgorithmSpecification"),
        ({"InferenceSpecification": {"Containers": [CONTAINER] * 2}}, "one container, not 2"),
        (
            {"InferenceSpecification": {"Containers": [{**CONTAINER, "Environment": {"A": "1"}}]}},
            "^Environment variable map cannot be specified when using non-versioned ModelPackages$",
        ),
        (
            {"AdditionalInferenceSpecifications": [{"Name": "n", "Containers": [CONTAINER]}] * 2},
            "Two additional inference specifications are named n",
        ),
        (
            {"InferenceSpecification": None, "SourceAlgorithmSpecification": algorithm("nobody")},
            "^ModelPackage .*/nobody does not exist.$",
        ),
        (
            {"InferenceSpecification": None, "SourceAlgorithmSpecification": algorithm(DETECTOR.name)},
            "^Caller is not subscribed to the marketplace offering.$",
        ),
    ],
)
def test_what_cannot_be_registered_says_why(store: Store, params: dict[str, Any], why: str) -> None:
    whole = {"ModelPackageName": "p", "InferenceSpecification": SPECIFICATION, **params}
    with store.write() as cx, pytest.raises(Invalid, match=why):
        registration.create(cx, PACKAGES, PLACE, whole, NOW)


def test_names_are_taken_once_also_by_products(store: Store) -> None:
    with store.write() as cx:
        create(cx, ModelPackageName="p")
        with pytest.raises(Invalid, match=f"^Model Package already exists: {arn('p')}$"):
            create(cx, ModelPackageName="p")
        with pytest.raises(
            NotFound, match=r"^ModelPackageGroup arn:.*:model-package-group/g does not exist.$"
        ):
            create(cx, ModelPackageGroupName="g")


def test_tags_of_a_version_are_its_groups(store: Store) -> None:
    with store.write() as cx:
        group(cx)
        with pytest.raises(Invalid, match="has the tags of its group"):
            create(cx, ModelPackageGroupName="g", Tags=[{"Key": "a", "Value": "b"}])
        assert create(cx, ModelPackageGroupName="g", Tags=[]) == arn("g/1")


def test_what_was_to_be_validated_is_said_not_to_be(store: Store) -> None:
    validation = {
        "ValidationRole": "arn:aws:iam::123456789012:role/r",
        "ValidationProfiles": [{"ProfileName": "first", "TransformJobDefinition": TRANSFORM}],
    }
    with store.write() as cx:
        create(cx, ModelPackageName="p", ValidationSpecification=validation)
        description = described(cx, "p")

    assert description["ValidationSpecification"] == validation
    assert description["ModelPackageStatusDetails"]["ValidationStatuses"] == [
        {"Name": "first", "Status": "NotStarted"}
    ]


# --- what runs


def test_a_model_of_a_package_runs_its_container(store: Store) -> None:
    with store.write() as cx:
        create(cx, ModelPackageName="p")
        modelled(cx, arn("p"))
        package, container = model.resolve(cx, PACKAGES, PLACE, "m")

    assert package.instance_types == package.transform_instance_types == ()
    assert package.content_types == ("text/csv",)
    assert container == IMAGES.container(CONTAINER)


def test_only_what_was_approved_is_made_into_models(store: Store) -> None:
    with store.write() as cx:
        group(cx)
        create(cx, ModelPackageGroupName="g")
        for status in ("PendingManualApproval", "Rejected"):
            update(cx, "g/1", ModelApprovalStatus=status)
            with pytest.raises(Invalid, match=f"g/1 is {status}: .* ModelApprovalStatus to Approved"):
                modelled(cx, "g/1")
        update(cx, "g/1", ModelApprovalStatus="Approved", ApprovalDescription="looks right")
        modelled(cx, "g/1")
        update(cx, "g/1", ModelApprovalStatus="Rejected")
        description = described(cx, "g/1")
        _, container = model.resolve(cx, PACKAGES, PLACE, "m")

    assert container.image == IMAGE
    assert (description["ModelApprovalStatus"], description["ApprovalDescription"]) == (
        "Rejected",
        "looks right",
    )
    assert (description["CreationTime"], description["LastModifiedTime"]) == (NOW, LATER)


def test_an_image_that_nothing_stands_in_for_is_kept_and_refused_by_createmodel(store: Store) -> None:
    with store.write() as cx:
        create(cx, ModelPackageName="p", InferenceSpecification={"Containers": [{"Image": "python:3.12"}]})
        assert described(cx, "p")["InferenceSpecification"]["Containers"][0]["Image"] == "python:3.12"
        with pytest.raises(Invalid, match=r"No runtime stands in for the image python:3.12"):
            modelled(cx, "p")


def test_a_package_without_a_specification_makes_no_model(store: Store) -> None:
    with store.write() as cx:
        group(cx)
        create(cx, ModelPackageGroupName="g", SourceUri="s3://models/mlflow", ModelApprovalStatus="Approved")
        with pytest.raises(Invalid, match="g/1 has no InferenceSpecification, so no model"):
            modelled(cx, "g/1")


def test_a_model_chooses_an_additional_specification_by_name(store: Store) -> None:
    other = {"Image": IMAGE, "ModelDataUrl": "s3://models/b/model.tar.gz"}
    with store.write() as cx:
        create(
            cx,
            ModelPackageName="p",
            AdditionalInferenceSpecifications=[{"Name": "small", "Containers": [other]}],
        )
        modelled(cx, "p", InferenceSpecificationName="small")
        _, container = model.resolve(cx, PACKAGES, PLACE, "m")
        with pytest.raises(Invalid, match="has no inference specification named large"):
            modelled(cx, "p", "n", InferenceSpecificationName="large")

    assert container == IMAGES.container(other)


def test_a_package_cannot_have_its_process_load_other_code(store: Store) -> None:
    container = {**CONTAINER, "Environment": {"PYTHONPATH": "/tmp"}}
    with store.write() as cx:
        group(cx)
        create(
            cx,
            ModelPackageGroupName="g",
            InferenceSpecification={"Containers": [container]},
            ModelApprovalStatus="Approved",
        )
        with pytest.raises(Invalid, match="cannot set PYTHONPATH: it decides which code"):
            modelled(cx, "g/1")


def test_a_model_runs_what_its_maker_was_allowed_whatever_becomes_of_the_package(store: Store) -> None:
    """Whoever changes a package needs no right to bring code, so what they bring does not run."""
    definition = {"ModelPackageName": "p", "Environment": {"A": "1"}}
    params = {"ModelName": "m", "PrimaryContainer": definition}
    with store.write() as cx:
        create(cx, ModelPackageName="p")
        allowed = model.wanted(cx, PACKAGES, params)
        assert allowed.confined
        for other in (None, replace(allowed, image="another")):
            with pytest.raises(Invalid, match="changed while the model was being made"):
                model.create(cx, PACKAGES, PLACE, params, NOW, other)
        model.create(cx, PACKAGES, PLACE, params, NOW, allowed)
        update(cx, "p", InferenceSpecification={"Containers": [{"Image": "secondlook/onnx_detection"}]})

        package, container = model.resolve(cx, PACKAGES, PLACE, "m")
        described = model.describe(cx, PLACE, "m")

    assert package is not None
    assert package.container.image == "secondlook/onnx_detection"
    assert container == allowed
    assert container.environment == {"A": "1"}
    assert described["PrimaryContainer"] == definition
    assert "Container" not in described


def test_a_model_of_a_product_runs_nothing_of_a_package_that_takes_its_name(store: Store) -> None:
    with store.write() as cx:
        subscribed(cx)
        create(cx, ModelPackageName="p", SourceAlgorithmSpecification=algorithm(DETECTOR.name))
        modelled(cx, "p")
        changes.remove(cx, PACKAGES, PLACE, "p", NOW)
        create(cx, ModelPackageName="p")
        with pytest.raises(Invalid, match="ran no code or files of its own when it was made"):
            model.resolve(cx, PACKAGES, PLACE, "m")


def test_a_model_outlives_its_package(store: Store) -> None:
    with store.write() as cx:
        create(cx, ModelPackageName="p")
        modelled(cx, "p")
        changes.remove(cx, PACKAGES, PLACE, "p", NOW)

        assert model.resolve(cx, PACKAGES, PLACE, "m") == (None, IMAGES.container(CONTAINER))


# --- sources


def test_a_package_made_from_a_product_runs_the_product(store: Store) -> None:
    with store.write() as cx:
        subscribed(cx)
        create(cx, ModelPackageName="p", SourceAlgorithmSpecification=algorithm(DETECTOR.arn("us-east-1")))
        create(cx, ModelPackageName="q", SourceAlgorithmSpecification=algorithm("p"))
        modelled(cx, "q")
        package, container = model.resolve(cx, PACKAGES, PLACE, "m")
        product = PACKAGES.find(cx, DETECTOR.name)
        with pytest.raises(Invalid, match="brings its own model: leave ModelDataUrl out"):
            create(
                cx,
                ModelPackageName="r",
                SourceAlgorithmSpecification=algorithm("q", ModelDataUrl="s3://models/mine.tar.gz"),
            )
        subscriptions.unsubscribe(cx, DETECTOR)
        with pytest.raises(Invalid, match="not subscribed"):
            modelled(cx, "q", "n")

    assert container == product.container
    assert package.instance_types == product.instance_types
    assert package.described["InferenceSpecification"] == product.described["InferenceSpecification"]
    assert package.described["SourceAlgorithmSpecification"] == algorithm("p")


def test_a_package_made_from_another_brings_its_own_model_data(store: Store) -> None:
    with store.write() as cx:
        create(cx, ModelPackageName="p")
        tuned = "s3://models/tuned/model.tar.gz"
        create(
            cx,
            ModelPackageName="q",
            SourceAlgorithmSpecification=algorithm(arn("p"), ModelDataUrl=tuned),
        )
        changes.remove(cx, PACKAGES, PLACE, "p", NOW)

        assert described(cx, "q")["InferenceSpecification"] == {
            **SPECIFICATION,
            "Containers": [{"Image": IMAGE, "ModelDataUrl": tuned}],
        }


def test_a_source_uri_registers_a_model_or_a_package(store: Store) -> None:
    with store.write() as cx:
        group(cx)
        subscribed(cx)
        create(cx, ModelPackageGroupName="g")
        definition = {"ModelPackageName": DETECTOR.name, "Environment": {"SCORE_FLOOR": "0.5"}}
        model.create(cx, PACKAGES, PLACE, {"ModelName": "m", "PrimaryContainer": definition}, NOW)
        create(cx, ModelPackageGroupName="g", SourceUri=arn("g/1"))
        create(cx, ModelPackageGroupName="g", SourceUri=PLACE.arn("model", "m"))
        create(cx, ModelPackageGroupName="g", SourceUri="https://example.org/registry/5")

        copied, of_model, noted = (described(cx, f"g/{version}") for version in (2, 3, 4))
        assert PACKAGES.find(cx, "g/3").container.environment["SCORE_FLOOR"] == "0.5"
        with pytest.raises(NotFound, match=r'Could not find model ".*:model/none"'):
            create(cx, ModelPackageGroupName="g", SourceUri=PLACE.arn("model", "none"))

    assert copied["InferenceSpecification"] == SPECIFICATION
    assert of_model["InferenceSpecification"]["Containers"][0]["Environment"]["SCORE_FLOOR"] == "0.5"
    assert noted["SourceUri"] == "https://example.org/registry/5"
    assert "InferenceSpecification" not in noted


# --- changes


def test_properties_are_added_replaced_and_removed(store: Store) -> None:
    with store.write() as cx:
        create(cx, ModelPackageName="p", CustomerMetadataProperties={"a": "1", "b": "1"})
        properties = {"b": "2", "c": "2"}
        update(cx, "p", CustomerMetadataProperties=properties, CustomerMetadataPropertiesToRemove=["a", "c"])
        assert described(cx, "p")["CustomerMetadataProperties"] == properties
        update(cx, "p", CustomerMetadataPropertiesToRemove=["b", "c"])
        assert "CustomerMetadataProperties" not in described(cx, "p")
        update(cx, "p", CustomerMetadataProperties={f"k{number}": "" for number in range(50)})
        with pytest.raises(Invalid, match="at most 50 CustomerMetadataProperties; it would have 51"):
            update(cx, "p", CustomerMetadataProperties={"one-more": ""})


def test_additional_specifications_are_added_once(store: Store) -> None:
    def named(name: str, **more: Any) -> dict[str, Any]:
        return {"Name": name, "Containers": [CONTAINER], **more}

    with store.write() as cx:
        create(cx, ModelPackageName="p")
        for _ in range(2):
            update(cx, "p", AdditionalInferenceSpecificationsToAdd=[named("a"), named("b")])
        assert described(cx, "p")["AdditionalInferenceSpecifications"] == [named("a"), named("b")]
        with pytest.raises(Conflict, match="another additional inference specification named a"):
            update(cx, "p", AdditionalInferenceSpecificationsToAdd=[named("a", Description="x")])
        with pytest.raises(Invalid, match=r"at most 15 .*; it would have 16"):
            update(
                cx,
                "p",
                AdditionalInferenceSpecificationsToAdd=[named(f"n{number}") for number in range(14)],
            )


def test_what_an_update_names_replaces_what_was_there_and_nothing_else(store: Store) -> None:
    changed = {
        "InferenceSpecification": {"Containers": [{"Image": IMAGE}]},
        "SourceUri": None,
        "ModelLifeCycle": {"Stage": "Development", "StageStatus": "Approved"},
        "ModelCard": {"ModelCardContent": "{}", "ModelCardStatus": "Draft"},
    }
    with store.write() as cx:
        create(cx, ModelPackageName="p", Domain="x")
        update(cx, "p", **{member: value for member, value in changed.items() if value})
        update(cx, "p", SourceUri="s3://somewhere/else")
        description = described(cx, "p")

    assert {member: description[member] for member in changed} == {
        **changed,
        "SourceUri": "s3://somewhere/else",
    }
    assert description["Domain"] == "x"


@pytest.mark.parametrize(
    ("name", "params", "why"),
    [
        ("p", {"ModelApprovalStatus": "Approved"}, "Only versioned model packages are approved"),
        (
            "p",
            {"InferenceSpecification": SPECIFICATION, "SourceUri": "s3://a/b"},
            "one of InferenceSpecification and SourceUri",
        ),
        ("p", {"InferenceSpecification": {"Containers": [CONTAINER] * 2}}, "one container, not 2"),
        (
            "p",
            {"InferenceSpecification": {"Containers": [{**CONTAINER, "Environment": {"A": "1"}}]}},
            "^Environment variable map cannot be specified when using non-versioned ModelPackages$",
        ),
        ("of-product", {"InferenceSpecification": SPECIFICATION}, "The product fastestdet-coco runs"),
        ("of-product", {"SourceUri": arn("p")}, "The product fastestdet-coco runs"),
        ("none", {}, f"^ModelPackage {arn('none')} does not exist.$"),
    ],
)
def test_what_cannot_change_says_why(store: Store, name: str, params: dict[str, Any], why: str) -> None:
    with store.write() as cx:
        subscribed(cx)
        create(cx, ModelPackageName="p")
        create(cx, ModelPackageName="of-product", SourceAlgorithmSpecification=algorithm(DETECTOR.name))
        with pytest.raises(Invalid, match=why):
            update(cx, name, **params)


def test_a_product_is_neither_changed_nor_deleted(store: Store) -> None:
    product = DETECTOR.arn("us-east-1")
    with store.write() as cx:
        for act in (
            lambda: changes.remove(cx, PACKAGES, PLACE, product, NOW),
            lambda: changes.change(cx, PACKAGES, PLACE, {"ModelPackageArn": product}, NOW),
        ):
            with pytest.raises(Invalid, match=re.escape(f"{product} is a product of the catalog")):
                act()


def test_who_registered_and_approved_what_is_in_the_journal(store: Store) -> None:
    with store.write() as cx:
        group(cx)
        create(cx, ModelPackageGroupName="g", ClientToken="t")
        create(cx, ModelPackageGroupName="g", ClientToken="t")
        update(cx, "g/1", ModelApprovalStatus="Approved", ApprovalDescription="looked at it", ClientToken="u")
        changes.remove(cx, PACKAGES, PLACE, "g/1", NOW)
        groups.remove(cx, PLACE, "g", NOW)
        entries = cx.execute(select(journal).order_by(journal.c.id)).all()

    assert [(entry.action, entry.resource, entry.detail) for entry in entries] == [
        ("CreateModelPackageGroup", "g", None),
        ("CreateModelPackage", "g/1", {"approval": "PendingManualApproval"}),
        (
            "UpdateModelPackage",
            "g/1",
            {"approval": "Approved", "changed": ["ApprovalDescription", "ModelApprovalStatus"]},
        ),
        ("DeleteModelPackage", "g/1", None),
        ("DeleteModelPackageGroup", "g", None),
    ]


# --- groups


def test_a_group_is_described_and_goes_when_it_is_empty(store: Store) -> None:
    params = {"ModelPackageGroupName": "g", "ModelPackageGroupDescription": "spoons"}
    with store.write() as cx:
        made = groups.create(cx, PLACE, params, NOW)
        assert groups.describe(cx, PLACE, made) == {
            **params,
            "ModelPackageGroupArn": PLACE.arn("model-package-group", "g"),
            "CreationTime": NOW,
            "ModelPackageGroupStatus": "Completed",
            "CreatedBy": {},
        }
        create(cx, ModelPackageName="g")  # no version of the group
        create(cx, ModelPackageGroupName="g")
        with pytest.raises(Conflict, match=f"{made} has model packages: delete them first"):
            groups.remove(cx, PLACE, "g", NOW)
        changes.remove(cx, PACKAGES, PLACE, "g/1", NOW)
        assert groups.remove(cx, PLACE, "g", NOW) == made
        assert described(cx, "g")["ModelPackageName"] == "g"


def test_a_group_that_cannot_be_made_or_found_says_why(store: Store) -> None:
    missing = PLACE.arn("model-package-group", "g")
    foreign = missing.replace("us-east-1", "eu-west-1")
    with store.write() as cx:
        for name in ("g", missing):
            with pytest.raises(NotFound, match=f"^ModelPackageGroup {missing} does not exist.$"):
                groups.describe(cx, PLACE, name)
        made = group(cx)
        with pytest.raises(NotFound, match=f"^ModelPackageGroup {foreign} does not exist.$"):
            groups.remove(cx, PLACE, foreign, NOW)
        with pytest.raises(Invalid, match=rf"^Model Package Group already exists: {made}$"):
            group(cx)
        with pytest.raises(Invalid, match=r"^ManagedConfiguration is not served here"):
            groups.create(
                cx,
                PLACE,
                {
                    "ModelPackageGroupName": "h",
                    "ManagedConfiguration": {"ManagedStorageType": "Restricted"},
                },
                NOW,
            )
