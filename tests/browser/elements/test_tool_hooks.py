"""What scripts of public templates reach for in tools for shapes: nodes of the shadow root, `.store`, `.value`, `.labels`, events.

[a2i-facts/crowd-elements/image-annotation.md: JavaScript surface; a2i-facts/template-census.md: Scripts]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

KEYS = {
    "crowd-bounding-box": "boundingBoxes",
    "crowd-polygon": "polygons",
    "crowd-polyline": "polylines",
    "crowd-line": "lines",
    "crowd-keypoint": "keypoints",
}
every_tool = pytest.mark.parametrize("tag", KEYS)

READY = "annotator.value?.inputImageProperties.width > 0"


def html(tag: str, script: str = "", labels: str = "['roof', 'yard']") -> str:
    return f"""<crowd-form id="task"><{tag} id="annotator" name="annotatedResult" src="/picture.png" header="Look" labels="{labels}">
        <full-instructions header="All">{"Look closely. " * 99}</full-instructions><short-instructions>Some</short-instructions></{tag}></crowd-form>
        <script>document.addEventListener('all-crowd-elements-ready', () => {{ {script} }});</script>"""


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#annotator canvas.upper-canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def draw(page: Page) -> None:
    """A drag, which is a box, a line or a keypoint, and the beginning of any other shape."""
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=3)
    page.mouse.up()


NODES = [
    "canvas.upper-canvas",
    "awsui-button[data-testid=crowd-submit]",
    ".awsui-app-layout__navigation",
    ".awsui-modal-dialog",
    ".headerContainer",
    ".headerButtonsContainer button",
    ".moreInstructionsLink",
    ".label-pane-content",
    ".label-button.selected",
    "button#delete",
]


@every_tool
def test_nodes_that_templates_look_up_are_there_when_ready(open_page: Open, tag: str) -> None:
    page = open_page(
        html(
            tag,
            f"window.missing = {NODES}.filter((node) => annotator.shadowRoot.querySelector(node) === null);",
        )
    )

    assert page.evaluate("missing") == []


def test_the_button_that_draws_polygons_goes_by_that_name(open_page: Open) -> None:
    page = open_page(html("crowd-polygon", "annotator.shadowRoot.querySelector('button#polygon').click();"))

    expect(page.locator("#annotator button#polygon")).to_have_attribute("aria-pressed", "true")


@every_tool
def test_the_pane_of_instructions_and_their_dialog_take_other_widths(open_page: Open, tag: str) -> None:
    page = open_page(
        html(
            tag,
            """annotator.shadowRoot.querySelector('.awsui-app-layout__navigation').style.width = '400px';
            annotator.shadowRoot.querySelector('.awsui-modal-dialog').style.maxWidth = '900px';
            annotator.shadowRoot.querySelector('.moreInstructionsLink').click();""",
        )
    )

    width = "annotator.shadowRoot.querySelector('{}').getBoundingClientRect().width"
    assert page.evaluate(width.format(".awsui-app-layout__navigation")) == 400
    assert page.evaluate(width.format(".awsui-modal-dialog")) == 900


@every_tool
@pytest.mark.parametrize("kind", ["wheel", "mousewheel", "mousedown"])
def test_a_listener_finds_the_upper_canvas_where_the_picture_is(open_page: Open, tag: str, kind: str) -> None:
    page = open_page(
        html(
            tag,
            f"""window.place = () => annotator.shadowRoot.querySelector('canvas.upper-canvas').getBoundingClientRect().width;
            window.addEventListener('{kind}', () => {{ window.seen = place(); }});""",
        )
    )
    page.wait_for_function(READY)
    page.mouse.move(*middle(page))
    before = page.evaluate("place()")

    page.mouse.wheel(0, -240)
    page.wait_for_function("(before) => place() > before", arg=before)
    page.mouse.down(button="middle")
    page.mouse.up(button="middle")

    assert page.evaluate("seen === place()")


@pytest.mark.parametrize("tag", ["crowd-bounding-box", "crowd-line", "crowd-keypoint"])
def test_on_mouseup_the_value_has_what_was_just_drawn(open_page: Open, tag: str) -> None:
    page = open_page(
        html(
            tag,
            f"annotator.addEventListener('mouseup', () => {{ window.seen = annotator.value.{KEYS[tag]}.length; }});",
        )
    )
    page.wait_for_function(READY)

    draw(page)

    assert page.evaluate("seen") == 1


@every_tool
def test_colours_are_looked_up_by_label_also_of_labels_that_come_later(open_page: Open, tag: str) -> None:
    page = open_page(html(tag, "annotator.labels = annotator.labels.concat('shed');"))

    assert page.evaluate("annotator.store.getState().label.labels") == {
        "roof": {"color": "#2ca02c"},
        "yard": {"color": "#1f77b4"},
        "shed": {"color": "#ff7f0e"},
    }


@every_tool
def test_labels_are_emptied_added_one_by_one_and_taken_away(open_page: Open, tag: str) -> None:
    page = open_page(html(tag, "annotator.labels = [];"))
    options = page.locator("#annotator .label-list [role=option]")
    expect(options).to_have_count(0)

    page.evaluate("for (const label of ['a', 'b', 'c']) annotator.labels = annotator.labels.concat(label)")
    page.evaluate("annotator.labels = annotator.labels.filter((label) => label !== 'b')")

    expect(options).to_have_count(2)
    assert page.evaluate("annotator.getAttribute('labels')") == '["a","c"]'


@every_tool
def test_the_labels_attribute_reads_as_strict_json_when_ready(open_page: Open, tag: str) -> None:
    page = open_page(
        html(
            tag,
            "window.read = annotator.getAttribute('labels').slice(2, -2).split('\",\"');",
            labels="['roof', 'yard',]",
        )
    )

    assert page.evaluate("read") == ["roof", "yard"]


@every_tool
@pytest.mark.parametrize(
    "either",
    ["(annotator._submittableValue || annotator.value)", "(annotator.value || annotator._submittableValue)"],
)
def test_what_a_submit_handler_writes_into_the_value_is_handed_in(
    open_page: Open, answer: Callable[[Page], Any], tag: str, either: str
) -> None:
    page = open_page(
        html(tag, f"task.onsubmit = () => {{ for (const item of {either}.{KEYS[tag]}) item.id = 'seven'; }};")
    )
    page.wait_for_function(READY)
    draw(page)
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("n")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Submit").click()

    expect(page.locator("#answers-box")).to_be_visible()
    shapes = answer(page)["annotatedResult"][KEYS[tag]]
    assert {shape["id"] for shape in shapes} == {"seven"}


@every_tool
def test_a_listener_of_the_inner_submit_button_can_veto(
    open_page: Open, answer: Callable[[Page], Any], tag: str
) -> None:
    page = open_page(
        html(
            tag,
            """window.vetoes = 0;
            annotator.shadowRoot.querySelector('awsui-button[data-testid=crowd-submit]').addEventListener('click', (event) => {
              vetoes += 1; event.stopPropagation(); event.preventDefault(); }, {capture: true});""",
        )
    )
    page.locator("#annotator").get_by_role("checkbox", name="Nothing to label").check()

    page.get_by_role("button", name="Submit").click()

    assert page.evaluate("vetoes") == 1
    assert answer(page) is None


@every_tool
def test_a_mutation_observer_sees_labels_and_the_chosen_one_change(open_page: Open, tag: str) -> None:
    page = open_page(
        html(
            tag,
            """window.seen = [];
            new MutationObserver(() => seen.push(annotator.getAttribute('labels'))).observe(annotator, {attributes: true, attributeFilter: ['labels']});
            new MutationObserver(() => { window.chosen = annotator.shadowRoot.querySelector('.label-button.selected').textContent; })
              .observe(annotator.shadowRoot, {attributes: true, attributeFilter: ['class'], subtree: true});""",
        )
    )
    page.wait_for_function(READY)

    page.keyboard.press("2")
    page.wait_for_function("window.chosen?.includes('yard')")
    page.evaluate("annotator.setAttribute('labels', \"['shed']\")")

    page.wait_for_function("seen.at(-1) === '[\"shed\"]'")


@every_tool
def test_events_of_the_drawing_surface_reach_the_host_and_the_window(open_page: Open, tag: str) -> None:
    page = open_page(
        html(
            tag,
            """window.heard = new Set();
            for (const kind of ['mousedown', 'mouseup', 'change', 'input', 'wheel']) {
              annotator.addEventListener(kind, ({target}) => heard.add(`${kind} on ${target.id}`));
              window.addEventListener(kind, () => heard.add(`${kind} on window`)); }""",
        )
    )
    page.wait_for_function(READY)

    draw(page)
    page.mouse.wheel(0, 100)
    page.wait_for_function("heard.has('wheel on window')")

    kinds = ("mousedown", "mouseup", "change", "input", "wheel")
    assert set(page.evaluate("[...heard]")) == {
        f"{kind} on {place}" for kind in kinds for place in ("annotator", "window")
    }
