"""The door for people on SQLite; the workshops behind it are tested on both databases."""

from __future__ import annotations

import pytest

from secondlook import pages
from tests.portal_world import opened

from .browser import Browser


@pytest.fixture
def world(sqlite_store, tmp_path):
    with opened(sqlite_store, tmp_path) as door:
        yield door


@pytest.fixture
def site(world):
    return pages.app(world.services)


@pytest.fixture
def stranger(site):
    """Nobody is signed in."""
    return Browser(site)


@pytest.fixture
def enter(site, world):
    """A browser in which somebody is signed in."""

    def enter(name: str, **more: str) -> Browser:
        browser = Browser(site, **more)
        browser.cookies["secondlook"] = world.session(name)
        return browser

    return enter


@pytest.fixture
def alice(enter):
    return enter("alice")
