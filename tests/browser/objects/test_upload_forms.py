"""Upload forms in a real browser, on a page of another origin: by script, with progress, and as a plain form."""

from __future__ import annotations

import html
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.objects.sites import site
from tests.running import Server

pytestmark = pytest.mark.browser

FORM = """([{url, fields}, how]) => new Promise((done) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new File(['picture'], 'me.txt', {type: 'text/plain'}));
  if (how === 'fetch') {
    fetch(url, {method: 'POST', body: form}).then((answer) => done(answer.status), (error) => done(String(error)));
    return;
  }
  const request = new XMLHttpRequest();
  request.upload.onprogress = () => {};  // makes the browser ask before it sends
  request.onload = () => done(request.status);
  request.onerror = () => done('error');
  request.open('POST', url);
  request.send(form);
})"""


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    with site(lambda _: "<body>a page</body>") as address:
        yield address


@pytest.fixture
def page(chromium: Browser, shop: str) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto(shop)
    yield page
    page.close()


@pytest.fixture
def s3(sqlite_server: Server) -> Any:
    return sqlite_server.client("s3")


@pytest.fixture
def bucket(s3: Any) -> str:
    name = f"t-{uuid.uuid4().hex}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.mark.parametrize("how", ["fetch", "progress"])
def test_a_script_sends_a_form_and_reads_the_answer(page: Page, s3: Any, bucket: str, how: str) -> None:
    form = s3.generate_presigned_post(bucket, "uploads/${filename}")

    assert page.evaluate(FORM, [form, how]) == 204
    assert s3.get_object(Bucket=bucket, Key="uploads/me.txt")["Body"].read() == b"picture"


def test_a_plain_form_ends_on_the_page_it_names(page: Page, shop: str, s3: Any, bucket: str) -> None:
    target = {"success_action_redirect": f"{shop}/done"}
    form = s3.generate_presigned_post(bucket, "uploads/${filename}", Fields=target, Conditions=[target])
    fields = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in form["fields"].items()
    )
    page.set_content(
        f'<form action="{form["url"]}" method="post" enctype="multipart/form-data">{fields}'
        '<input type="file" name="file"><button>Send</button></form>'
    )
    page.set_input_files(
        "input[type=file]", {"name": "ä.txt", "mimeType": "text/plain", "buffer": b"picture"}
    )

    page.get_by_role("button", name="Send").click()
    expect(page.locator("body")).to_have_text("a page")

    assert f"bucket={bucket}&key=uploads/%C3%A4.txt&etag=" in page.url
    assert s3.get_object(Bucket=bucket, Key="uploads/ä.txt")["Body"].read() == b"picture"
