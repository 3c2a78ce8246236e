"""Packages that programs register: versions, sources, groups, and what cannot be; on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from secondlook.hosting.errors import Conflict, Invalid, NotFound
from secondlook.hosting.models import model
from secondlook.hosting.packages import changes, groups, registration, subscriptions
from secondlook.store.session import Store

from .conftest import NOW, PLACE
from .registering import (
    CONTAINER,
    DETECTOR,
    IMAGE,
    PACKAGES,
    SPECIFICATION,
    algorithm,
    arn,
    create,
    described,
    group,
    modelled,
    subscribed,
)


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
