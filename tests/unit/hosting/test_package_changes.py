"""How registered packages change and go, and what the journal says of it; on both databases."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from secondlook.hosting.errors import Conflict, Invalid
from secondlook.hosting.packages import changes, groups
from secondlook.store.session import Store
from secondlook.store.tables import journal

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
    subscribed,
    update,
)


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
