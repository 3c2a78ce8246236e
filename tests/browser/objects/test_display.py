"""Objects that nobody gave a type are shown in a task page all the same, in spite of `nosniff`."""

from __future__ import annotations

import html
import io
import json
import re
import wave
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from secondlook.wire.sandbox import SANDBOX
from tests.browser.objects.sites import site
from tests.running import Server

PROBE = """([tag, url, cors]) => new Promise((done) => {
  const shown = document.createElement(tag);
  if (cors) shown.crossOrigin = 'anonymous';
  shown.onload = () => done(shown.naturalWidth);
  shown.onloadedmetadata = () => done(shown.duration);
  shown.onerror = () => done('error');
  shown.src = url;
  document.body.append(shown);
})"""


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, form)
    return out.getvalue()


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000))
    return out.getvalue()


@pytest.fixture(scope="module")
def s3(_sqlite_server: Server) -> Any:
    s3 = _sqlite_server.client("s3")
    s3.create_bucket(Bucket="shown")
    return s3


@pytest.fixture(scope="module")
def sagemaker(_sqlite_server: Server) -> Any:
    return _sqlite_server.client("sagemaker")


def _portal(path: str) -> str:
    """A page with a sandboxed frame in it, as the portal's task page has."""
    return "<body></body>" if path == "/frame" else f'<iframe sandbox="{SANDBOX}" src="/frame"></iframe>'


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with site(_portal) as address:
        page = chromium.new_page()
        page.goto(f"{address}/")
        yield page
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("cors", [True, False])
@pytest.mark.parametrize("content_type", ["binary/octet-stream", "application/octet-stream"])
@pytest.mark.parametrize(
    ("tag", "body", "expected"),
    [("img", picture(form), 40) for form in ("PNG", "JPEG", "GIF", "WEBP")] + [("audio", sound(), 1)],
    ids=["png", "jpeg", "gif", "webp", "wav"],
)
def test_it_is_shown(s3, page, tag: str, body: bytes, expected: int, content_type: str, cors: bool) -> None:
    s3.put_object(Bucket="shown", Key="one", Body=body, ContentType=content_type)
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "shown", "Key": "one"})

    assert expected == page.frames[1].evaluate(PROBE, [tag, url, cors])


@pytest.mark.browser
@pytest.mark.parametrize(
    "key",
    ["a/./b/../c.png", "../c.png", ".", "a/..", "a/%2e%2e/c.png", "a//c ä+?#&.png", "/c.png", "a/.../c.png"],
)
def test_a_picture_of_any_key_is_shown_by_the_link_of_a_template(s3, sagemaker, page, key: str) -> None:
    s3.put_object(Bucket="shown", Key=key, Body=picture("PNG"))
    rendered = sagemaker.render_ui_template(
        UiTemplate={
            "Content": "<crowd-form><img src='{{ task.input.at | grant_read_access }}'></crowd-form>"
        },
        Task={"Input": json.dumps({"at": f"s3://shown/{key}"})},
        RoleArn="arn:aws:iam::123456789012:role/reviewer",
    )
    match = re.search("src='([^']*)'", rendered["RenderedContent"])
    assert match is not None, rendered

    assert page.frames[1].evaluate(PROBE, ["img", html.unescape(match[1]), True]) == 40
