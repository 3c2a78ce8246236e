"""The small world that review is tried in."""

import pytest

from secondlook.store.session import Store
from tests.world import World, make_world


@pytest.fixture
def world(store: Store) -> World:
    return make_world(store)
