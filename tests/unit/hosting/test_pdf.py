"""PDFs of one page become the pixels that a scanner would have seen; all others are refused in words."""

from __future__ import annotations

import pytest

pytest.importorskip("pypdfium2", reason="the extra secondlook[models] is not installed")

from secondlook.hosting.runtimes.call import Request, RequestError
from secondlook.hosting.runtimes.pdf import is_pdf, page_pixels
from tests.pdfs import pdf, text_page

ONE_PAGE = pdf([text_page("Invoice 2026")])


def test_a_page_is_painted_in_the_colours_and_the_size_of_a_scan() -> None:
    pixels = page_pixels(Request(ONE_PAGE))

    assert pixels.shape == (2339, 1653, 3)
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels[int((842 - 710) / 72 * 200), int(100 / 72 * 200)].tolist() == [255, 0, 0]


def test_a_large_page_is_painted_more_coarsely() -> None:
    pixels = page_pixels(Request(pdf([text_page("a plan")], box="0 0 3000 6000")))

    assert pixels.shape[:2] == (4000, 2000)


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (pdf([text_page("one"), text_page("two")]), 415, "The PDF has 2 pages"),
        (b"%PDF-1.7\nno more", 400, "The PDF is damaged"),
    ],
    ids=["two pages", "cut short"],
)
def test_what_is_not_one_whole_page_is_refused(body: bytes, status: int, message: str) -> None:
    with pytest.raises(RequestError, match=message) as error:
        page_pixels(Request(body))

    assert error.value.status == status


def test_a_page_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_PIXELS", "1000")
    with pytest.raises(RequestError, match="at most 1,000 pixels") as error:
        page_pixels(Request(ONE_PAGE))

    assert error.value.status == 413


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [("application/pdf", True), ("", True), ("application/octet-stream", True), ("image/jpeg", False)],
)
def test_a_pdf_is_one_that_is_not_said_to_be_something_else(content_type: str, expected: bool) -> None:
    assert expected == is_pdf(Request(ONE_PAGE, content_type))
    assert not is_pdf(Request(b"text", content_type))
