"""An endpoint in the console: how it is called, by what it runs."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from tests.browser.portal.endpoint import put_endpoint


@pytest.mark.parametrize(
    ("product", "more", "shown"),
    [
        (
            "langid-text",
            {},
            ['ContentType="text/plain"', 'Body="A message, a review, a line of an invoice."'],
        ),
        ("fastestdet-coco", {}, ['ContentType="image/jpeg"', 'Body=open("sample.jpg", "rb")']),
        ("", {}, ['ContentType="application/json"', 'Body="{}".encode()']),
        ("taken-away", {}, ['ContentType="application/json"']),
        (
            "fastestdet-coco",
            {"asynchronous": {"OutputConfig": {"S3OutputPath": "s3://out"}}},
            ["invoke_endpoint_async(", 'InputLocation="s3://BUCKET/sample.jpg"', "--input-location s3://"],
        ),
    ],
)
def test_a_snippet_is_made_for_the_product(
    world, enter, product: str, more: dict[str, Any], shown: list[str]
) -> None:
    world.person("root", admin=True)
    with world.store.write() as cx:
        put_endpoint(world, cx, product, "InService", **more)

    page = unescape(enter("root").get("/console/endpoints/talker").text)

    for text in shown:
        assert text in page


def test_none_is_made_for_an_endpoint_that_has_failed(world, enter) -> None:
    world.person("root", admin=True)
    with world.store.write() as cx:
        put_endpoint(world, cx)

    page = enter("root").get("/console/endpoints/talker").text

    assert "AllTraffic" in page
    assert "Calling it" not in page
