"""A PDF in a task page as the server serves it: sandboxed by its own headers, the viewer and its tables from the server's static files."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import expect

from tests.browser.portal.conftest import At
from tests.pdfs import CHINESE, HELVETICA, pdf, text_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("content", "font", "text"),
    [
        (text_page("Read me"), HELVETICA, "Read me"),
        (
            "BT /F1 24 Tf 40 780 Td <4E2D6587> Tj ET",
            CHINESE,
            "\N{CJK UNIFIED IDEOGRAPH-4E2D}\N{CJK UNIFIED IDEOGRAPH-6587}",
        ),
    ],
    ids=["Latin", "Chinese"],
)
def test_a_worker_reads_it(at: At, content: str, font: str, text: str) -> None:
    address = "data:application/pdf;base64," + base64.b64encode(pdf([content], font=font)).decode()

    task = at(f'<crowd-form><iframe src="{address}"></iframe><textarea name="reply"></textarea></crowd-form>')

    expect(task.frame.frame_locator("iframe").locator("secondlook-pdf").get_by_text(text)).to_be_attached()
