"""A real server, a worker signed in, and a review whose templates and objects are hostile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.reviews import Reviews, start
from tests.running import Server

__all__ = ["WORKER", "Site", "site", "start", "worker"]

WORKER = "wanda@example.org"
"""Stands on every portal page that she sees: whoever reads one has this."""


class Site(Reviews):
    def link(
        self, key: str, body: str, content_type: str, *, signature: str = "s3v4", **overrides: str
    ) -> str:
        """A signed link to an object with this body."""
        self.put(key, body.encode(), content_type)
        signer = self.server.client("s3", signature_version=signature)
        return signer.generate_presigned_url(
            "get_object", Params={"Bucket": self.bucket, "Key": key, **overrides}
        )


@pytest.fixture(scope="session")
def site(_sqlite_server: Server) -> Site:
    return Site.opened(_sqlite_server, "hostile", "watched", WORKER)


@pytest.fixture
def worker(site: Site, chromium: Browser) -> Iterator[Page]:
    """Wanda's browser, at her list of tasks."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    site.sign_in(page)
    assert WORKER in page.content()
    yield page
    context.close()
