"""The small world that review is tried in."""

import pytest
from world import World, make_world

from secondlook.store.session import Store


@pytest.fixture
def world(store: Store) -> World:
    return make_world(store)
