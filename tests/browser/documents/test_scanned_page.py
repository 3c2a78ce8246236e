"""A scanned page all the way: AnalyzeDocument doubts a pair, a worker corrects it in the browser, output.json has it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.reviewing import WORKER, Review
from tests.pdfs import pdf
from tests.running import Server
from tests.town import Town

for needed in ("numpy", "onnxruntime", "PIL", "pypdfium2", "rapidocr"):
    pytest.importorskip(needed, reason="the extra secondlook[models] is not installed")

from tests.scans import Scanner, form  # noqa: E402

pytestmark = pytest.mark.browser

ANALYZE = "AWS/Textract/AnalyzeDocument/Forms/V1"
TEMPLATE = (Path(__file__).parents[3] / "examples/templates/document-pairs/template.liquid.html").read_text()

DOUBTFUL = {
    "Conditions": [
        {
            "ConditionType": "ImportantFormKeyConfidenceCheck",
            "ConditionParameters": {"ImportantFormKey": "*", "KeyValueBlockConfidenceLessThan": 70},
        },
        {
            "ConditionType": "MissingImportantFormKey",
            "ConditionParameters": {"ImportantFormKey": "Signature:"},
        },
    ]
}

PAGES = {
    "a scan": Scanner(skew=1.5, noise=10, blur=0.7, quality=60).scan(form()),
    "a PDF": pdf(
        [
            (
                "BT /F1 18 Tf 40 780 Td (Application) Tj ET "
                "BT /F1 12 Tf 40 700 Td (Employer) Tj ET BT /F1 12 Tf 300 700 Td (Job title) Tj ET "
                "BT /F1 12 Tf 40 684 Td (Northern Lights plc) Tj ET BT /F1 12 Tf 300 684 Td (Assistant) Tj ET "
                "BT /F1 12 Tf 40 600 Td (Reference: LC-2026-0042) Tj ET"
            )
        ]
    ),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("documents") / "data"
    with Server(data, {"textract_endpoint": "reader", "undo_seconds": "0"}) as server:
        town = Town(server.start())
        town.deploy("reader", town.subscribe("ppocr-text"))
        yield town


@pytest.fixture
def browser(town: Town, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, base_url=town.server.url)
    yield context
    context.close()


def signed_in(browser: BrowserContext, town: Town) -> Page:
    """A page of the worker's."""
    issued = town.secondlook.issue_session(Email=WORKER)
    browser.add_cookies([{"name": issued["Cookies"][0], "value": issued["Token"], "url": town.server.url}])
    return browser.new_page()


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES.keys())
def test_a_doubtful_value_is_corrected_on_the_page(
    town: Town, browser: BrowserContext, name: str, body: bytes
) -> None:
    review = Review(town.server, name, template=TEMPLATE, conditions=DOUBTFUL, source=ANALYZE)
    loop = str(uuid.uuid4())
    answer = town.server.client("textract").analyze_document(
        Document={"Bytes": body},
        FeatureTypes=["FORMS"],
        HumanLoopConfig={"FlowDefinitionArn": review.arn, "HumanLoopName": loop},
    )
    assert answer["HumanLoopActivationOutput"]["HumanLoopArn"].endswith(loop)
    number = review.taken(review.worker(), loop)

    page = signed_in(browser, town)
    page.goto(f"/tasks/{number}")
    frame = page.frame_locator("#page")
    element = frame.locator("crowd-textract-analyze-document")
    expect(element.locator(".surface > img")).to_have_attribute("style", re.compile("width: [1-9]"))
    at_work = element.locator(".at-work")
    expect(at_work.locator(".fixed")).to_have_text("Signature:")
    at_work.get_by_role("button", name="Key not found").click()
    for key, value in {"Employer": "Northern Lights plc", "Job title": "Assistant surveyor"}.items():
        if at_work.locator(".fixed").inner_text() != key:
            element.locator(".line", has_text=key).locator("button").click()
        expect(at_work.locator(".fixed")).to_have_text(key)
        at_work.locator("input.value").fill(value)
        at_work.locator("input.value").press("Enter")
    expect(element.get_by_text("All checked")).to_be_visible()
    frame.get_by_role("button", name="Submit").click()

    review.completed(loop)
    output = review.output(loop)
    blocks = output["humanAnswers"][0]["answerContent"][ANALYZE]["blocks"]
    texts = [block["text"] for block in blocks]
    assert texts == ["Employer", "Northern Lights plc", "Job title", "Assistant surveyor", "Signature:"]
    assert output["awsManagedHumanLoopRequestSource"] == ANALYZE
    assert "humanLoopContext" not in output["inputContent"]
