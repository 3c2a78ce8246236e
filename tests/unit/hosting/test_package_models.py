"""What a model made of a package runs, and which packages make none; on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondlook.hosting.errors import Invalid
from secondlook.hosting.models import model
from secondlook.hosting.packages import changes
from secondlook.store.session import Store

from .conftest import NOW, PLACE
from .registering import (
    CONTAINER,
    DETECTOR,
    IMAGE,
    IMAGES,
    LATER,
    PACKAGES,
    algorithm,
    arn,
    create,
    described,
    group,
    modelled,
    subscribed,
    update,
)


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
