"""Classifiers of pictures: what is seen of the picture, and of annotations of an earlier task over it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.elements.conftest import Site
from tests.bundle import chunk

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

SHAPES = {
    "boundingBox": "{labels: ['car'], value: [{label: 'car', left: 300, top: 100, width: 200, height: 200}]}",
    "keypoint": "{labels: ['car'], value: [{label: 'car', x: 300, y: 200}]}",
    "line": "{labels: ['car'], value: [{label: 'car', vertices: [{x: 300, y: 100}, {x: 300, y: 300}]}]}",
    "polygon": "{labels: ['car'], value: [{label: 'car', vertices: [{x: 300, y: 100}, {x: 500, y: 100}, {x: 300, y: 300}]}]}",
    "polyline": "{labels: ['car'], value: [{label: 'car', vertices: [{x: 300, y: 100}, {x: 300, y: 200}, {x: 500, y: 300}]}]}",
    "semanticSegmentation": "{labels: ['car'], labelMappings: {car: {color: '#2ca02c'}}, src: '/mask.png'}",
    "instanceSegmentation": "{labels: ['car'], instances: [{color: '#2ca02c', label: 'car'}], src: '/mask.png'}",
}


def mask() -> bytes:
    """Of the size of the picture: its right half belongs to the colour #2ca02c."""
    image = Image.new("RGBA", (600, 400))
    image.paste((0x2C, 0xA0, 0x2C, 255), (300, 0, 600, 400))
    out = io.BytesIO()
    image.save(out, format="PNG")
    return out.getvalue()


def classifier(attributes: str = "", content: str = "", tag: str = "crowd-image-classifier") -> str:
    return f"""<crowd-form><{tag} id="it" name="it" src="/picture.png" header="Is it right?" categories="['good', 'bad']"
        {attributes}>{content}</{tag}></crowd-form>"""


def with_overlay(kind: str, annotations: str) -> str:
    return classifier(f'overlay="{{{kind}: {annotations}}}"')


def loaded(page: Page) -> Page:
    page.wait_for_function("it.shadowRoot.querySelector('.surface > img').style.transform !== ''")
    return page


GREEN = """() => {
    const greens = [...it.shadowRoot.querySelectorAll('canvas.layer')].map((canvas) => {
        if (canvas.width === 0 || canvas.style.visibility === 'hidden') return 0;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 60 && data[at + 1] > data[at] + 40 && data[at + 1] > data[at + 2] + 40) count += 1;
        return count;
    });
    return Math.max(...greens);
}"""
"""How many pixels over the picture are green, as the first label is."""


@pytest.mark.parametrize("kind", SHAPES)
def test_annotations_are_seen_and_can_be_hidden(open_page: Open, site: Site, kind: str) -> None:
    site.bodies["/mask.png"] = mask()
    page = loaded(open_page(with_overlay(kind, SHAPES[kind])))
    page.wait_for_function(f"({GREEN})() > 20")
    expect(page.get_by_role("region", name="Annotations").get_by_role("listitem")).to_contain_text("car")

    page.keyboard.press("h")
    page.wait_for_function(f"({GREEN})() === 0")
    page.get_by_role("button", name="Hide the annotations").click()

    page.wait_for_function(f"({GREEN})() > 20")


def test_dragging_moves_the_picture_and_changes_no_annotation(open_page: Open) -> None:
    page = loaded(open_page(with_overlay("boundingBox", SHAPES["boundingBox"])))
    page.wait_for_function(f"({GREEN})() > 20")
    shown = "it.shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().toJSON()"
    before = page.evaluate(shown)

    x, y = before["x"] + before["width"] * 2 / 3, before["y"] + before["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=4)
    page.mouse.up()

    after = page.evaluate(shown)
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (-60, 40)
    page.keyboard.press("Delete")
    expect(page.locator(".legend .count")).to_have_text("1")


def test_keys_zoom_and_move(open_page: Open) -> None:
    page = loaded(open_page(classifier()))
    width = "it.shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().width"

    page.keyboard.press("r")
    assert page.evaluate(width) == 600
    page.keyboard.press("+")
    assert page.evaluate(width) == 750
    left = page.evaluate("it.shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().x")
    page.keyboard.press("ArrowRight")

    assert (
        page.evaluate("it.shadowRoot.querySelector('.upper-canvas').getBoundingClientRect().x") == left - 40
    )


def test_what_paints_masks_comes_only_for_a_mask(open_page: Open, site: Site) -> None:
    page = loaded(open_page(with_overlay("polygon", SHAPES["polygon"])))
    is_here = f"performance.getEntriesByType('resource').some(({{name}}) => name.includes('{chunk('mask-stages')}'))"
    assert page.evaluate(is_here) is False
    site.bodies["/mask.png"] = mask()

    page.evaluate(
        "(overlay) => it.setAttribute('overlay', overlay)",
        f"{{semanticSegmentation: {SHAPES['semanticSegmentation']}}}",
    )

    page.wait_for_function(f"({GREEN})() > 20")
    assert page.evaluate(is_here) is True


def test_while_a_mask_is_on_its_way_nothing_is_handed_in(open_page: Open, site: Site, answer: Answer) -> None:
    site.bodies["/mask.png"] = mask()
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page = loaded(open_page(classifier()))
    page.route(f"**{chunk('mask-stages')}", keep)

    page.evaluate(
        "(overlay) => it.setAttribute('overlay', overlay)",
        f"{{semanticSegmentation: {SHAPES['semanticSegmentation']}}}",
    )
    page.keyboard.press("1")
    page.keyboard.press("Enter")

    expect(page.get_by_text("The annotations of the picture are not there yet.")).to_be_visible()
    assert answer(page) is None
    held[0].continue_()
    page.wait_for_function(f"({GREEN})() > 20")
    page.keyboard.press("Enter")
    assert answer(page) == {"it": {"label": "good"}}


def test_a_mask_that_cannot_be_painted_is_said_and_refused(open_page: Open, answer: Answer) -> None:
    page = loaded(open_page(classifier()))
    page.route(f"**{chunk('mask-stages')}", lambda route: route.abort())

    page.evaluate(
        "(overlay) => it.setAttribute('overlay', overlay)",
        f"{{semanticSegmentation: {SHAPES['semanticSegmentation']}}}",
    )

    expect(page.get_by_text("The annotations of the picture could not be loaded")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This task cannot be answered: see the message above.")).to_be_visible()
    assert answer(page) is None


def test_an_overlay_that_changes_is_shown(open_page: Open, answer: Answer) -> None:
    page = loaded(open_page(with_overlay("boundingBox", SHAPES["boundingBox"])))

    page.evaluate(
        "(overlay) => it.setAttribute('overlay', overlay)",
        f"{{keypoint: {SHAPES['keypoint'].replace('car', 'nose')}}}",
    )
    expect(page.locator(".legend .name")).to_have_text("nose")
    loaded(page)
    page.wait_for_function(f"({GREEN})() > 20")
    page.keyboard.press("1")
    page.evaluate("it.removeAttribute('overlay')")
    expect(page.locator(".legend")).to_have_count(0)
    loaded(page)
    page.keyboard.press("Enter")

    assert answer(page) == {"it": {"label": "good"}}


def test_a_picture_that_changes_is_shown(open_page: Open, site: Site) -> None:
    page = loaded(open_page(classifier()))

    page.evaluate("it.src = '/none.png'")

    expect(page.get_by_text("could not be loaded").or_(page.get_by_text("is empty"))).to_be_visible()


@pytest.mark.parametrize(
    ("overlay", "words"),
    [
        ("{cuboid: {}}", 'it names "cuboid"'),
        ("{boundingBox: {value: 7}}", "The attribute overlay must be a list"),
        ("{boundingBox", "The attribute overlay cannot be read"),
    ],
)
def test_an_overlay_that_cannot_be_read_is_said_and_refused(
    open_page: Open, answer: Answer, overlay: str, words: str
) -> None:
    page = open_page(classifier(f'overlay="{overlay}"'))

    expect(page.get_by_text(words)).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Enter")

    expect(page.get_by_text("This task cannot be answered: see the message above.")).to_be_visible()
    assert answer(page) is None


def test_annotations_that_cannot_be_read_are_counted(open_page: Open) -> None:
    page = loaded(
        open_page(
            with_overlay(
                "boundingBox",
                "{labels: ['car'], value: [{label: 'car'}, {label: 'new', left: 1, top: 1, width: 9, height: 9}]}",
            )
        )
    )

    expect(page.get_by_text("Given boxes: left out: 1 that cannot be read.")).to_be_visible()
    expect(page.locator(".legend .name")).to_have_text(["car", "new"])


def test_the_question_the_picture_and_the_categories_fit_on_a_phone(open_page: Open) -> None:
    page = loaded(open_page(classifier(), has_touch=True, viewport={"width": 390, "height": 800}))

    page.get_by_text("bad").tap()

    assert page.evaluate("[it.value, document.documentElement.scrollWidth <= 390]") == ["bad", True]
    surface = page.locator(".surface").bounding_box()
    assert surface is not None
    assert surface["height"] > 200


def test_a_badge_and_a_field_beside_it_are_seen(open_page: Open, answer: Answer) -> None:
    page = loaded(
        open_page(
            classifier().replace(
                "</crowd-form>",
                "<crowd-badge label='9' for='it'></crowd-badge><input name='note'></crowd-form>",
            )
        )
    )

    expect(page.locator("crowd-badge .badge.attached")).to_be_visible()
    page.locator("[name=note]").fill("h1")
    page.get_by_text("good").click()
    page.get_by_role("button", name="Submit").click()

    assert answer(page) == {"it": {"label": "good"}, "note": "h1"}
