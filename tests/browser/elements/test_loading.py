"""A page loads the elements that it uses, when it uses them, and says what has not come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from secondlook.review.render import elements
from tests.browser.conftest import NewPage
from tests.bundle import chunk

pytestmark = pytest.mark.browser

LIBRARY = '<script src="/crowd-html-elements.js"></script>'
BOX = """<crowd-bounding-box id="boxes" name="boxes" src="/picture.png" labels="['car', 'person']">%s</crowd-bounding-box>"""
FORM = f"<crowd-form id='task'>{BOX}</crowd-form>"
COUNT_READY = """<script>
  let readies = 0;
  document.addEventListener('all-crowd-elements-ready', () => { readies += 1; });
</script>"""


class Loaded:
    """A page, and the paths of the scripts that it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.scripts: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, url: str) -> None:
        path = urlsplit(url).path
        if path.endswith(".js"):
            self.scripts.append(path)

    @property
    def tags(self) -> list[str]:
        """The elements that came for themselves."""
        return sorted(name[1] for path in self.scripts if (name := re.match("/elements/(crowd-.+)-", path)))

    def wait(self, expression: str) -> None:
        self.page.wait_for_function(expression)


def hold(tag: str, routes: list[Route]) -> Callable[[Page], None]:
    """Keeps the script of this element from coming until its route goes on."""

    def keep(route: Route) -> None:
        routes.append(route)

    def open_page(page: Page) -> None:
        page.route(f"**{chunk(tag)}", keep)

    return open_page


Visit = Callable[..., Loaded]


@pytest.fixture
def visit(new_page: NewPage, site: Any) -> Iterator[Visit]:
    """Opens HTML as a page, without waiting for its elements."""
    visits: list[Loaded] = []

    def open_html(html: str, prepare: Callable[[Page], None] = lambda page: None) -> Loaded:
        loaded = Loaded(new_page())
        visits.append(loaded)
        prepare(loaded.page)
        loaded.page.goto(
            site.page("/page", f"<!DOCTYPE html><title>Task</title>{LIBRARY}{COUNT_READY}{html}")
        )
        return loaded

    yield open_html
    assert [error for loaded in visits for error in loaded.errors] == []


def test_a_page_of_fields_loads_nothing_but_the_bundle(visit: Visit) -> None:
    page = visit("<crowd-form><input name='a'></crowd-form>")
    page.wait("readies === 1")

    assert page.scripts == ["/crowd-html-elements.js"]


def test_a_page_with_a_tool_loads_that_tool(visit: Visit) -> None:
    page = visit(FORM % "")
    page.wait("readies === 1")

    assert page.tags == ["crowd-bounding-box"]
    assert len(page.scripts) == len(set(page.scripts))


def test_two_kinds_of_tools_share_what_they_share(visit: Visit) -> None:
    page = visit(f"<crowd-form>{BOX % ''}<crowd-keypoint name='points'></crowd-keypoint></crowd-form>")
    page.wait("readies === 1")

    assert page.tags == ["crowd-bounding-box", "crowd-keypoint"]
    assert len(page.scripts) == len(set(page.scripts))


def test_the_page_is_ready_when_what_it_uses_has_come_and_rendered(visit: Visit) -> None:
    held: list[Route] = []
    page = visit(
        f"{FORM % ''}<script>document.addEventListener('all-crowd-elements-ready', () => {{ window.seen = boxes.shadowRoot.querySelector('.surface') !== null; }})</script>",
        hold("crowd-bounding-box", held),
    )
    page.wait("document.readyState === 'complete'")
    expect(page.page.locator("crowd-form")).to_be_attached()
    assert page.page.evaluate("[readies, boxes.matches(':defined'), task.matches(':defined')]") == [
        0,
        False,
        True,
    ]

    held[0].continue_()

    page.wait("readies === 1")
    assert page.page.evaluate("seen") is True


def test_while_a_tool_is_on_its_way_nothing_can_be_submitted(
    visit: Visit, answer: Callable[[Page], Any]
) -> None:
    held: list[Route] = []
    page = visit(
        FORM % "",
        hold("crowd-bounding-box", held),
    )
    page.wait("document.readyState === 'complete'")
    assert page.page.get_by_role("button", name="Submit").count() == 0

    page.page.evaluate("task.submit()")

    expect(page.page.get_by_role("alert")).to_contain_text("The element crowd-bounding-box is not there yet")
    assert answer(page.page) is None
    held[0].continue_()
    expect(page.page.locator("crowd-bounding-box").get_by_role("button", name="Submit")).to_be_visible()


def test_what_a_script_does_before_a_tool_has_come_is_not_lost(visit: Visit) -> None:
    page = visit(
        f"{FORM % ''}<script>boxes.labels = ['late']; boxes.setAttribute('header', 'Late'); boxes.addEventListener('change', () => {{}});</script>"
    )
    page.wait("readies === 1")

    assert page.page.evaluate("[boxes.labels, boxes.getAttribute('labels'), boxes.header]") == [
        ["late"],
        '["late"]',
        "Late",
    ]


def test_instructions_find_their_place_in_a_tool_that_comes_after_them(visit: Visit) -> None:
    regions = "<short-instructions>Short</short-instructions><full-instructions>Full</full-instructions>"
    page = visit(FORM % regions)
    page.wait("readies === 1")

    assert page.page.evaluate("[...boxes.children].map((region) => region.slot)") == [
        "short-instructions",
        "full-instructions",
    ]
    expect(page.page.get_by_text("Short", exact=True)).to_be_visible()
    page.page.get_by_role("button", name="View full instructions").click()
    expect(page.page.get_by_text("Full", exact=True)).to_be_visible()


def test_an_element_that_a_script_adds_later_is_loaded_then(visit: Visit) -> None:
    page = visit("<crowd-form id='task'><input name='a'></crowd-form>")
    page.wait("readies === 1")
    assert page.tags == []

    page.page.evaluate("(html) => task.form.insertAdjacentHTML('beforeend', html)", BOX % "")

    page.wait("boxes.value?.inputImageProperties.width === 600")
    assert page.tags == ["crowd-bounding-box"]
    assert page.page.evaluate("readies") == 1
    expect(page.page.locator("crowd-bounding-box").get_by_role("button", name="Submit")).to_be_visible()


def test_an_element_inside_a_component_of_the_templates_own_is_loaded(visit: Visit) -> None:
    page = visit(
        f"""<own-part></own-part><script>customElements.define('own-part', class extends HTMLElement {{
          connectedCallback() {{ this.attachShadow({{mode: 'open'}}).innerHTML = `{FORM % ""}`; }}
        }})</script>"""
    )

    page.wait(
        "document.querySelector('own-part').shadowRoot.querySelector('crowd-bounding-box').value?.inputImageProperties.width"
    )


@pytest.mark.parametrize("lost", ["the chunk", "what it shares"])
def test_an_element_that_does_not_come_says_so_and_comes_when_asked_again(
    visit: Visit, site: Any, answer: Callable[[Page], Any], lost: str
) -> None:
    own, *shared = (f"/{path}" for path in elements.scripts(["crowd-bounding-box"]))
    path = own if lost == "the chunk" else shared[0]
    site.bodies[path] = None
    page = visit("<crowd-form id='task'><input name='a' value='kept'>" + BOX % "" + "</crowd-form>")
    message = page.page.get_by_role("alert").filter(has_text="could not be loaded")

    expect(message).to_have_text(re.compile("The element crowd-bounding-box could not be loaded"))
    assert page.page.evaluate("boxes.clientHeight") < 300  # the rest of the page stays in sight
    page.page.evaluate("task.submit()")
    expect(page.page.get_by_text("The element crowd-bounding-box is not there yet")).to_be_visible()
    assert answer(page.page) is None
    assert page.page.evaluate("readies") == 0

    del site.bodies[path]
    message.get_by_role("button", name="Try again").click()

    page.wait("readies === 1")
    expect(message).to_have_count(0)
    page.wait("boxes.value.inputImageProperties.width === 600")
    expect(page.page.locator("crowd-bounding-box").get_by_role("application")).to_be_visible()
    assert page.page.evaluate("task.form.a.value") == "kept"


BUTTONS = """<crowd-radio-button id="a" name="a" checked>A</crowd-radio-button><crowd-radio-button id="b" name="b" checked>B</crowd-radio-button>"""
CHOSEN = "[...document.querySelectorAll('[checked]')].map(({id}) => id)"


def test_what_a_page_adds_to_a_group_waits_for_a_group_that_is_on_its_way(visit: Visit) -> None:
    held: list[Route] = []
    page = visit(
        "<crowd-form><crowd-radio-group id='group'></crowd-radio-group></crowd-form>",
        hold("crowd-radio-group", held),
    )
    page.wait("document.readyState === 'complete'")
    page.page.evaluate("(html) => group.insertAdjacentHTML('beforeend', html)", BUTTONS)
    page.page.evaluate(
        "(path) => import(path).then(() => new Promise((later) => setTimeout(later)))",
        chunk("crowd-radio-button"),
    )
    assert page.page.evaluate("customElements.get('crowd-radio-button') === undefined")

    held[0].continue_()

    page.wait("readies === 1")
    assert page.page.evaluate(CHOSEN) == ["b"]


def test_a_group_that_comes_after_its_buttons_leaves_one_chosen(visit: Visit, site: Any) -> None:
    site.bodies[chunk("crowd-radio-group")] = None
    page = visit(f"<crowd-form><crowd-radio-group>{BUTTONS}</crowd-radio-group></crowd-form>")
    again = page.page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    assert page.page.evaluate(CHOSEN) == ["a", "b"]

    del site.bodies[chunk("crowd-radio-group")]
    again.click()

    page.wait("readies === 1")
    assert page.page.evaluate(CHOSEN) == ["b"]


def test_an_element_that_did_not_come_is_asked_for_when_the_network_is_back(visit: Visit, site: Any) -> None:
    site.bodies[chunk("crowd-bounding-box")] = None
    page = visit(FORM % "")
    expect(page.page.get_by_role("button", name="Try again")).to_be_visible()

    del site.bodies[chunk("crowd-bounding-box")]
    page.page.evaluate("dispatchEvent(new Event('online'))")

    page.wait("readies === 1")


def test_elements_of_no_library_keep_nobody_waiting(visit: Visit) -> None:
    page = visit(f"<crowd-form id='task'><crowd-nothing></crowd-nothing>{BOX % ''}</crowd-form>")

    page.wait("readies === 1")


@pytest.mark.parametrize(
    "script",
    [
        "<script type='module' src='/crowd-html-elements.js'></script>",
        "<script type='module'>import '/crowd-html-elements.js';</script>",
        "<script>document.head.append(Object.assign(document.createElement('script'), {src: '/crowd-html-elements.js'}))</script>",
        "<script async src='/crowd-html-elements.js'></script>",
    ],
)
def test_however_the_library_is_loaded_its_elements_come(browser: Browser, site: Any, script: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.page("/page", f"<!DOCTYPE html><title>Task</title>{script}{FORM % ''}"))

        page.wait_for_function(
            "document.querySelector('crowd-bounding-box').value?.inputImageProperties.width === 600"
        )
