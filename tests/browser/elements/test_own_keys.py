"""A worker gives labels keys of their own, from the sheet of keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

LABELS = ["car", "bus", "tram"]

TOOLS = {
    "crowd-bounding-box": "src='/picture.png'",
    "crowd-polygon": "src='/picture.png'",
    "crowd-keypoint": "src='/picture.png'",
    "crowd-semantic-segmentation": "src='/picture.png'",
    "crowd-entity-annotation": "text='A car and a bus'",
}


def tool(tag: str = "crowd-bounding-box", labels: list[str] = LABELS) -> str:
    return (
        f'<crowd-form><{tag} name="work" header="Task" labels="{labels}" {TOOLS[tag]}></{tag}></crowd-form>'
    )


class Keys:
    """Somebody in the dialog for the keys of labels."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog", name="Keys of labels")

    def open(self) -> Keys:
        self.page.get_by_role("button", name="Keyboard shortcuts").click()
        self.page.get_by_role("button", name="Change the keys of labels…").click()
        expect(self.dialog).to_be_visible()
        return self

    def close(self) -> None:
        self.dialog.get_by_role("button", name="Close").click()
        expect(self.dialog).to_be_hidden()

    def of(self, label: str) -> Locator:
        return self.dialog.get_by_role("textbox", name=f"Key of {label}")

    def badge(self, label: str) -> Locator:
        return self.page.get_by_role("option", name=label).locator(".key")

    @property
    def chosen(self) -> Locator:
        return self.page.get_by_role("listbox", name="Labels").locator("[aria-selected=true] .name")


@pytest.fixture
def keys(open_page: Callable[..., Page]) -> Keys:
    return Keys(open_page(tool()))


@pytest.mark.parametrize("tag", TOOLS)
def test_a_key_chooses_its_label(open_page: Callable[..., Page], tag: str) -> None:
    keys = Keys(open_page(tool(tag))).open()
    expect(keys.of("car")).to_be_focused()
    keys.of("tram").press("Shift+W")
    expect(keys.of("tram")).to_have_value("W")
    keys.close()

    expect(keys.badge("tram")).to_have_text("W")
    keys.page.locator(".surface").press("w")
    expect(keys.chosen).to_have_text("tram")
    keys.page.locator(".surface").press("3")
    expect(keys.chosen).to_have_text("tram")
    keys.page.locator(".surface").press("2")
    expect(keys.chosen).to_have_text("bus")


def test_a_key_of_the_tool_is_refused_with_the_reason(keys: Keys) -> None:
    keys.open().of("bus").press("t")
    for key, reason in {
        "d": "D is a key of the tool: Draw",
        "+": "+ is a key of the tool: Zoom in",
        "?": "? is a key of the tool: Show",
    }.items():
        keys.of("bus").press(key)

        expect(keys.of("bus")).to_have_accessible_description(re.compile(f"^{re.escape(reason)}"))
        expect(keys.of("bus")).to_have_attribute("aria-invalid", "true")
        expect(keys.of("bus")).to_have_value("T")


def test_the_label_that_had_the_key_loses_it(keys: Keys) -> None:
    keys.open().of("bus").press("t")
    keys.of("tram").press("t")

    expect(keys.of("bus")).to_have_value("")
    expect(keys.of("bus")).to_have_attribute("placeholder", "2")
    expect(keys.of("tram")).to_have_accessible_description("T was the key of bus.")


def test_a_digit_of_another_label_is_taken_from_it(keys: Keys) -> None:
    keys.open().of("tram").press("1")
    expect(keys.of("car")).to_have_attribute("placeholder", "\N{EN DASH}")
    keys.close()

    expect(keys.badge("car")).to_have_count(0)
    keys.page.locator(".surface").press("1")
    expect(keys.chosen).to_have_text("tram")


def test_backspace_gives_the_usual_key_back(keys: Keys) -> None:
    keys.open().of("bus").press("t")
    expect(keys.of("bus")).to_have_value("T")
    keys.of("bus").press("Backspace")

    expect(keys.of("bus")).to_have_value("")
    expect(keys.badge("bus")).to_have_text("2")


def test_all_go_back_at_once(keys: Keys) -> None:
    keys.open()
    expect(keys.page.get_by_role("button", name="Back to the usual keys")).to_have_count(0)
    for label, key in zip(LABELS, "twy", strict=True):
        keys.of(label).press(key)
        expect(keys.badge(label)).to_have_text(key.upper())
    keys.page.get_by_role("button", name="Back to the usual keys").click()

    for label, key in zip(LABELS, "123", strict=True):
        expect(keys.badge(label)).to_have_text(key)
    expect(keys.of("car")).to_be_focused()


def test_the_keyboard_alone_does_it(keys: Keys) -> None:
    page = keys.page
    page.locator(".surface").press("?")
    page.get_by_role("button", name="Change the keys of labels…").press("Enter")
    for key in ("t", "Enter", "w", "ArrowUp", "y", "Escape"):
        page.keyboard.press(key)

    expect(keys.dialog).to_be_hidden()
    expect(page.locator(".surface")).to_be_focused()
    expect(keys.badge("car")).to_have_text("Y")
    expect(keys.badge("bus")).to_have_text("W")


def test_it_is_no_change_of_the_answer(keys: Keys) -> None:
    page = keys.page
    page.evaluate(
        "window.heard = []; for (const type of ['input', 'change']) addEventListener(type, () => heard.push(type))"
    )
    keys.open().of("bus").press("t")
    keys.of("bus").press("Backspace")
    keys.close()

    assert [] == page.evaluate("heard")
    assert "" == page.locator("crowd-bounding-box").evaluate(
        "tool => tool.shadowRoot.querySelector('.error')?.textContent ?? ''"
    )


def test_of_many_labels_one_is_found(open_page: Callable[..., Page]) -> None:
    keys = Keys(open_page(tool(labels=[f"label {number}" for number in range(1, 1001)]))).open()
    keys.dialog.get_by_role("searchbox").fill("label 777")
    keys.dialog.get_by_role("searchbox").press("Enter")
    expect(keys.of("label 777")).to_be_focused()
    keys.of("label 777").press("t")
    keys.dialog.get_by_role("searchbox").press("Escape")
    expect(keys.dialog.get_by_text("800 more: search for them.")).to_be_visible()
    keys.dialog.get_by_role("searchbox").press("Escape")

    expect(keys.dialog).to_be_hidden()
    keys.page.locator(".surface").press("t")
    expect(keys.chosen).to_have_text("label 777")


def test_without_labels_there_is_nothing_to_change(open_page: Callable[..., Page]) -> None:
    page = open_page(tool(labels=[]))
    page.get_by_role("button", name="Keyboard shortcuts").click()

    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Change the keys of labels…")).to_have_count(0)


@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}, "has_touch": True}]
)
def test_it_can_be_used_by_everybody(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], options: dict[str, Any]
) -> None:
    keys = Keys(
        open_page(tool(labels=[*LABELS, "a long name of a label that does not fit into a line"]), **options)
    ).open()
    keys.of("bus").press("t")
    keys.of("bus").press("d")

    assert [] == violations(keys.page)
    assert keys.dialog.evaluate(
        "dialog => dialog.querySelector('.content').scrollWidth <= dialog.querySelector('.content').clientWidth"
    )
