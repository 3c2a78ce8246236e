"""What is served by its name is an operation; what operations share stands in modules of its own."""

from __future__ import annotations

import pytest

from secondlook.api.operations import SERVED, spelled
from secondlook.wire import specs


@pytest.mark.parametrize("service", SERVED)
def test_every_function_that_is_served_is_an_operation(service: str) -> None:
    assert SERVED[service].keys() - {spelled(name) for name in specs.load(service)} == set()
