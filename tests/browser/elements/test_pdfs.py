"""PDFs that a template embeds are shown by our viewer, in the sandboxed frame in which no browser's own one runs."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import NewPage
from tests.chromium import PATIENCE
from tests.pdfs import CHINESE, pdf, text_page

pytestmark = pytest.mark.browser

PORTAL = """<!DOCTYPE html><title>Portal</title><script>
  const received = [];
  addEventListener('message', ({source, data}) => {
    if (data.type !== 'secondlook:ready') return;
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => received.push(data);
    source.postMessage({type: 'secondlook:port'}, '*', [port2]);
  });
</script>
<iframe src="/task" sandbox="allow-scripts allow-forms" style="width:100%;height:760px;border:0"></iframe>"""

TASK = """<!DOCTYPE html><meta name="secondlook-render" content="n1"><script src="/crowd-html-elements.js"></script>
<title>Task</title>%s"""

IFRAME = '<iframe id="it" src="/form.pdf" style="width:600px;height:500px"></iframe>'

Task = Callable[..., Frame]


@pytest.fixture
def task(new_page: NewPage, site: Any) -> Task:
    """Opens a template's page as the portal does and answers its frame."""
    site.bodies["/form.pdf"] = pdf(
        [text_page("First page"), text_page("Second page"), text_page("Third page")]
    )

    def open_task(html: str, **options: Any) -> Frame:
        page = new_page(**{"viewport": {"width": 1000, "height": 800}, **options})
        site.page("/task", TASK % html)
        page.goto(site.page("/portal", PORTAL))
        return next(frame for frame in page.frames if frame.url.endswith("/task"))

    return open_task


def viewer(task: Frame, selector: str = "iframe >> visible=true") -> Any:
    return task.frame_locator(selector).locator("secondlook-pdf")


def shows(task: Frame, text: str) -> None:
    expect(viewer(task).get_by_text(text)).to_be_attached()


HAS_RED = """() => {
  const canvas = document.querySelector('secondlook-pdf')?.shadowRoot.querySelector('canvas');
  if (!canvas) return false;
  const scale = canvas.width / 595;
  const [r, g, b] = canvas.getContext('2d').getImageData(90 * scale, (842 - 720) * scale, 1, 1).data;
  return r > 200 && g < 50 && b < 50;
}"""
"""Are there red pixels where the first page has its box?"""


def is_red_anywhere(screenshot: bytes) -> bool:
    colours = Image.open(io.BytesIO(screenshot)).convert("RGB").getcolors(maxcolors=1 << 24) or []
    return any(colour == (255, 0, 0) for _, colour in colours)


def test_a_frame_shows_the_pages_where_it_stands(task: Task) -> None:
    page = task(IFRAME)

    shows(page, "First page")
    expect(viewer(page).get_by_label("Page 1 of 3")).to_be_visible()
    page.child_frames[0].wait_for_function(HAS_RED)
    assert page.locator("#it").evaluate("it => [it.clientWidth, it.clientHeight]") == [600, 500]


@pytest.mark.parametrize(
    "html",
    [
        '<style>embed { width: 640px; height: 320px }</style><embed id="it" src="/form.pdf">',
        '<embed id="it" type="application/pdf" src="/form" width="640" height="320">',
        '<object id="it" data="/form.pdf" style="width:640px;height:320px"><p>Download it</p></object>',
        '<object id="it" type="application/pdf" data="/form" width="640" height="320"><embed src="/form"></object>',
    ],
    ids=["embed", "embed with a type", "object", "object around an embed"],
)
def test_for_an_embed_or_an_object_a_frame_stands_in(task: Task, site: Any, html: str) -> None:
    site.bodies["/form"] = pdf([text_page("First page")])

    page = task(html)

    shows(page, "First page")
    expect(page.locator("iframe")).to_have_count(1)
    expect(page.locator("#it")).to_be_hidden()
    assert page.locator("iframe").evaluate("it => [it.clientWidth, it.clientHeight]") == [640, 320]


def test_a_file_without_a_pdfs_name_is_told_by_its_bytes(task: Task, site: Any) -> None:
    site.bodies["/object"] = pdf([text_page("No name")])

    page = task('<iframe src="/object"></iframe>')

    shows(page, "No name")


def test_a_file_that_a_script_made_is_shown(task: Task) -> None:
    page = task("""<iframe id="it" style="width:600px;height:500px"></iframe><script>
      fetch('/form.pdf').then((response) => response.blob()).then((blob) => { it.src = URL.createObjectURL(blob); });
    </script>""")

    # Playwright may lose sight of a frame that was led elsewhere on its way; what is on screen it sees.
    until = time.monotonic() + PATIENCE / 1000
    while not is_red_anywhere(page.page.screenshot()):
        assert time.monotonic() < until


def test_a_page_that_is_no_pdf_stays_as_it_is(task: Task, site: Any) -> None:
    site.page("/other", "<p>A page</p>")

    page = task('<iframe src="/other"></iframe><iframe srcdoc="<p>Own words</p>" src="/form.pdf"></iframe>')

    expect(page.frame_locator("iframe >> nth=0").get_by_text("A page")).to_be_visible()
    expect(page.frame_locator("iframe >> nth=1").get_by_text("Own words")).to_be_visible()


def test_a_script_may_change_what_is_shown(task: Task, site: Any) -> None:
    site.bodies["/other.pdf"] = pdf([text_page("Other document")])
    site.page("/other", "<p>A page</p>")
    page = task(IFRAME)
    shows(page, "First page")

    page.evaluate("it.src = '/other.pdf'")
    shows(page, "Other document")

    page.evaluate("it.src = '/other'")
    expect(page.frame_locator("#it").get_by_text("A page")).to_be_visible()


def test_a_frame_with_a_sandbox_of_its_own_shows_it_too(task: Task) -> None:
    page = task('<iframe sandbox src="/form.pdf"></iframe>')

    shows(page, "First page")


def test_only_a_page_with_a_pdf_loads_the_viewer(task: Task) -> None:
    page = task("<crowd-form><p>Words</p></crowd-form>")
    page.wait_for_function("customElements.get('crowd-form') !== undefined")

    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(({name}) => /pdf/.test(name)).length")
        == 0
    )


def test_its_text_can_be_selected(task: Task) -> None:
    page = task(IFRAME)
    shows(page, "First page")

    viewer(page).get_by_text("First page").dblclick()

    assert page.child_frames[0].evaluate("String(getSelection()).trim()") in {"First", "page"}


def test_pages_and_sizes_are_reached_by_keys(task: Task) -> None:
    page = task(IFRAME)
    pages, number = (
        viewer(page).get_by_role("region", name="Document"),
        viewer(page).get_by_label("Page", exact=True),
    )
    shows(page, "First page")

    pages.press("ArrowRight")
    expect(number).to_have_value("2")
    pages.press("End")
    expect(number).to_have_value("3")
    shows(page, "Third page")

    pages.press("r")
    expect(viewer(page).get_by_role("button", name="100%")).to_be_visible()
    pages.press("+")
    expect(viewer(page).get_by_role("button", name="125%")).to_be_visible()


def test_a_number_leads_to_its_page_and_a_fragment_opens_there(task: Task) -> None:
    page = task('<iframe src="/form.pdf#page=3" style="width:600px;height:500px"></iframe>')
    number = viewer(page).get_by_label("Page", exact=True)
    expect(number).to_have_value("3")

    number.fill("2")
    number.press("Enter")
    shows(page, "Second page")
    expect(number).to_have_value("2")

    number.fill("none")
    number.press("Enter")
    expect(number).to_have_value("2")


def test_the_keys_that_submit_work_in_it(task: Task) -> None:
    page = task(f"<crowd-form><input name='x' value='1'>{IFRAME}</crowd-form>")
    shows(page, "First page")

    viewer(page).get_by_role("region", name="Document").press("Control+Enter")

    page.page.wait_for_function("received.some(({type}) => type === 'submit')")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "its server answered 403, its link may have expired"),
        (b"", "is empty"),
        (b"<p>not a PDF</p>", "is damaged, or no PDF"),
        (pdf([text_page("x")])[:120], "is damaged, or no PDF"),
    ],
    ids=["expired", "empty", "no PDF", "cut short"],
)
def test_what_cannot_be_shown_says_so_to_worker_and_requester(
    task: Task, site: Any, body: bytes | None, words: str
) -> None:
    site.bodies["/bad.pdf"] = body

    page = task('<iframe src="/bad.pdf" style="width:600px;height:400px"></iframe>')

    expect(viewer(page).get_by_role("alert")).to_contain_text(words)
    page.page.wait_for_function(
        "(words) => received.some(({type, message}) => type === 'error' && message.includes(words))",
        arg=words,
    )

    site.bodies["/bad.pdf"] = pdf([text_page("Here it is")])
    viewer(page).get_by_role("button", name="Try again").click()
    shows(page, "Here it is")


def test_letters_come_from_our_own_tables_where_a_file_brings_none(task: Task, site: Any) -> None:
    site.bodies["/form.pdf"] = pdf(["BT /F1 24 Tf 40 780 Td <4E2D6587> Tj ET"], font=CHINESE)

    page = task('<iframe src="/form.pdf"></iframe>')

    shows(page, "\N{CJK UNIFIED IDEOGRAPH-4E2D}\N{CJK UNIFIED IDEOGRAPH-6587}")


def test_a_script_in_a_file_is_not_run(task: Task, site: Any) -> None:
    action = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\('/stolen'\\);) >>"
    site.bodies["/form.pdf"] = pdf([text_page("Harmless")], extra=action)
    dialogs: list[str] = []

    page = task('<iframe src="/form.pdf"></iframe>')
    page.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.child_frames[0].wait_for_function(
        "document.querySelector('secondlook-pdf')?.shadowRoot?.querySelector('canvas')?.width > 0"
    )
    shows(page, "Harmless")

    assert dialogs == []
    assert (
        page.child_frames[0].evaluate(
            "performance.getEntriesByType('resource').some(({name}) => /quickjs|sandbox|stolen/.test(name))"
        )
        is False
    )


def test_of_five_thousand_pages_only_those_in_sight_are_drawn(task: Task, site: Any) -> None:
    site.bodies["/form.pdf"] = pdf([text_page(f"Page number {number}") for number in range(1, 5001)])

    page = task(IFRAME)
    shows(page, "Page number 1")
    viewer(page).get_by_label("Page", exact=True).fill("4000")
    viewer(page).get_by_label("Page", exact=True).press("Enter")

    shows(page, "Page number 4000")
    assert viewer(page).locator(".page").count() <= 5


@pytest.mark.parametrize("box", ["0 0 200000 200000", "0 0 0 0", "-9e9 0 9e9 1", "0 0 14400 3"])
def test_a_page_of_a_size_that_no_sheet_has_costs_no_more_than_another(
    task: Task, site: Any, box: str
) -> None:
    site.bodies["/form.pdf"] = pdf([text_page("Odd")], box=box)

    page = task(IFRAME)
    frame = page.child_frames[0]
    frame.wait_for_function(
        "document.querySelector('secondlook-pdf')?.shadowRoot?.querySelector('.page > canvas')?.width > 0"
    )

    width, height = frame.evaluate(
        "(({width, height}) => [width, height])(document.querySelector('secondlook-pdf').shadowRoot.querySelector('.page > canvas'))"
    )
    assert width * height <= 16_100_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_page: Callable[..., Page], site: Any, violations: Callable[[Page], list[str]], scheme: str
) -> None:
    site.bodies["/form.pdf"] = pdf([text_page("First page"), text_page("Second page")])
    page = open_page(IFRAME, color_scheme=scheme)
    expect(page.frame_locator("#it").locator("secondlook-pdf").get_by_text("First page")).to_be_attached()

    assert violations(page) == []
