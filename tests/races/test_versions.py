"""Model packages registered at the same moment: each version has a number of its own, and a retried call makes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, select

from secondlook.hosting.catalog import Catalog
from secondlook.hosting.errors import Conflict, Invalid
from secondlook.hosting.images import Images
from secondlook.hosting.packages import Packages, Registered, changes, groups, registration
from secondlook.store import tables
from tests.world import World

pytestmark = pytest.mark.slow

SPECIFICATION = {"Containers": [{"Image": "secondlook/inference_script"}]}


@pytest.fixture
def packages(world: World) -> Packages:
    return Packages(world.place, Registered(world.place, Catalog(()), Images()))


@pytest.fixture(autouse=True)
def group(world: World) -> Callable[[], None]:
    """The group `g`, and how it is made anew."""

    def anew() -> None:
        with world.store.write() as cx:
            cx.execute(delete(tables.model_package))
            cx.execute(delete(tables.model_package_group))
            groups.create(cx, world.place, {"ModelPackageGroupName": "g"}, world.now)

    anew()
    return anew


def act(world: World, work: Callable[[Connection], Any]) -> Callable[[], Any]:
    """A transaction of its own; what it answers, or what refused it."""

    def done() -> Any:
        try:
            with world.store.write() as cx:
                return work(cx)
        except (Invalid, Conflict) as error:
            return type(error)

    return done


def registering(world: World, packages: Packages, **params: Any) -> Callable[[], Any]:
    whole = {"InferenceSpecification": SPECIFICATION, **params}
    return act(world, lambda cx: registration.create(cx, packages, world.place, whole, world.now))


def numbers(world: World) -> list[int]:
    with world.store.read() as cx:
        return list(
            cx.scalars(select(tables.model_package.c.version).order_by(tables.model_package.c.version))
        )


def test_versions_are_numbered_without_gap_or_repetition(world, packages, at_once, repeats):
    made = []
    for _ in range(repeats):
        made += at_once(*(registering(world, packages, ModelPackageGroupName="g") for _ in range(4)))

    assert len(set(made)) == len(made) == 4 * repeats
    assert numbers(world) == list(range(1, 4 * repeats + 1))


@pytest.mark.parametrize("member", ["ModelPackageGroupName", "ModelPackageName"])
def test_a_call_sent_twice_at_once_makes_one_package(world, packages, at_once, some, member):
    for turn in range(some):
        name = "g" if member == "ModelPackageGroupName" else f"p-{turn}"
        once = {member: name, "ClientToken": f"t-{turn}"}
        results = at_once(*(registering(world, packages, **once) for _ in range(3)))

        assert len(set(results)) == 1
        assert isinstance(results[0], str)
        assert len(numbers(world)) == turn + 1


def test_an_unversioned_name_is_taken_once(world, packages, at_once, some):
    for turn in range(some):
        results = at_once(
            registering(world, packages, ModelPackageName=f"p-{turn}", ClientToken=f"a-{turn}"),
            registering(world, packages, ModelPackageName=f"p-{turn}", ClientToken=f"b-{turn}"),
        )

        assert results.count(Invalid) == 1


def test_no_version_is_left_in_a_group_that_is_deleted(world, packages, at_once, some, group):
    for _ in range(some):
        made, removed = at_once(
            registering(world, packages, ModelPackageGroupName="g"),
            act(world, lambda cx: groups.remove(cx, world.place, "g", world.now)),
        )
        with world.store.read() as cx:
            groups_left = cx.scalar(select(func.count()).select_from(tables.model_package_group))

        assert (isinstance(made, str), removed is Conflict) in {(True, True), (False, False)}
        assert groups_left == len(numbers(world)) == (1 if isinstance(made, str) else 0)
        group()


def test_changes_of_one_package_are_all_kept(world, packages, at_once, some):
    for turn in range(some):
        arn = registering(world, packages, ModelPackageGroupName="g")()

        changing = [
            act(world, lambda cx, change=change: changes.change(cx, packages, world.place, change, world.now))
            for name in "abcd"
            for change in [{"ModelPackageArn": arn, "CustomerMetadataProperties": {name: str(turn)}}]
        ]

        assert at_once(*changing) == [arn] * 4
        with world.store.read() as cx:
            properties = packages.find(cx, arn).describe()["CustomerMetadataProperties"]
        assert properties == dict.fromkeys("abcd", str(turn))
