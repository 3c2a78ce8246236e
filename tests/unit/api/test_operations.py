"""What is served is what stands in the folders, by its name; and each folder can be reached."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from secondlook.api.operations import SERVICES, Misnamed, collected, served, spelled
from secondlook.wire import specs
from secondlook.wire.route import SERVICE_MATCHERS


def module(name: str, **functions: Any) -> ModuleType:
    """A module that defines these functions."""
    invented = ModuleType(name)
    for spelling, function in functions.items():
        function.__module__ = name
        setattr(invented, spelling, function)
    return invented


@pytest.mark.parametrize("service", SERVICES)
def test_a_folder_serves_operations_of_the_service_that_it_is_named_as(service: str) -> None:
    assert served(service).keys() <= set(specs.load(service))
    assert served(service)


def test_each_folder_is_a_service_that_requests_can_mean() -> None:
    assert {matcher.service for matcher in SERVICE_MATCHERS} == set(SERVICES)


def test_a_function_is_served_by_its_name_alone() -> None:
    def create_thing() -> None: ...

    things = module("things", create_thing=create_thing)

    assert collected([things], ["CreateThing", "ListThings"]) == {"CreateThing": create_thing}


def test_modules_without_operations_may_have_any_function() -> None:
    assert collected([module("shared", owner=lambda: None)], ["CreateThing"]) == {}


def test_a_misspelled_operation_is_found() -> None:
    things = module("things", create_thing=lambda: None, list_thing=lambda: None)

    with pytest.raises(Misnamed, match=r"things\.list_thing is no operation"):
        collected([things], ["CreateThing", "ListThings"])


def test_no_operation_is_done_twice() -> None:
    first, second = (module(name, create_thing=lambda: None) for name in ("first", "second"))

    with pytest.raises(Misnamed, match=r"second\.create_thing is done elsewhere too"):
        collected([first, second], ["CreateThing"])


@pytest.mark.parametrize("service", SERVICES)
def test_each_operation_has_a_spelling_of_its_own(service: str) -> None:
    names = list(specs.load(service))

    assert len({spelled(name) for name in names}) == len(names)
