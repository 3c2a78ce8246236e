"""Labels that are chosen by a key, and where they stand in the pane."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from secondlook.wire.sandbox import SANDBOX
from tests.browser.conftest import NewPage
from tests.browser.elements.conftest import LIBRARY, Boxes
from tests.browser.elements.framed import PORTAL, Portal

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Tool = Callable[..., Boxes]

NAMES = [f"kind {number}" for number in range(1, 41)]
LABELS = f"labels='{json.dumps(NAMES)}'"


def given(*labels: str) -> str:
    shapes = [
        {"label": label, "left": 20 + 60 * index, "top": 20, "width": 40, "height": 40}
        for index, label in enumerate(labels)
    ]
    return f"initial-value='{json.dumps(shapes)}'"


def groups(page: Page) -> list[list[str]]:
    """The names in each group of the pane; one list where there are no groups."""
    return page.locator(".label-list").evaluate(
        """(list) => {
            const names = (root) => [...root.querySelectorAll('.name')].map((name) => name.textContent);
            const groups = [...list.querySelectorAll('[role=group]')];
            return groups.length > 0 ? groups.map(names) : [names(list)];
        }"""
    )


def row_of(page: Page | Frame, name: str) -> Locator:
    return page.locator(
        ".label-list .label-button", has=page.locator(".name", has_text=re.compile(f"^{name}$"))
    )


def badges(page: Page) -> dict[str, str]:
    rows = page.locator(".label-list [role=option]").evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('.name').textContent, row.querySelector('.key')?.textContent ?? ''])"
    )
    return dict(rows)


def test_a_label_behind_the_tenth_is_chosen_by_its_letter(boxes: Tool) -> None:
    worker = boxes(LABELS)
    keys = badges(worker.page)
    letter = keys["kind 11"]
    assert letter.isalpha()
    assert letter.isupper()

    worker.press(letter.lower())
    worker.drag((100, 100), (200, 200))

    assert worker.labels == ["kind 11"]


def test_letters_are_those_that_the_tool_has_no_use_for(boxes: Tool) -> None:
    worker = boxes(LABELS)
    keys = badges(worker.page)
    letters = [key for key in keys.values() if key.isalpha()]
    worker.press("?")
    rows = worker.page.locator("dialog.help tr").all()
    said = {row.locator("td").inner_text(): row.locator("kbd").all_inner_texts() for row in rows}
    more = said.pop("More labels: their keys stand beside them")

    assert letters == sorted(set(letters))
    assert more == [*letters[:6], "…"]
    assert not set(letters) & {key for others in said.values() for key in others}
    assert [keys[f"kind {number}"] for number in (1, 9, 10)] == ["1", "9", "0"]
    assert keys["kind 40"] == ""


def test_ten_labels_need_no_letters(boxes: Tool) -> None:
    worker = boxes(f"labels='{json.dumps(NAMES[:10])}' {given('kind 7')}")

    worker.press("?")

    expect(worker.page.locator("dialog.help")).not_to_contain_text("More labels")
    assert groups(worker.page) == [NAMES[:10]]


def test_the_labels_of_the_picture_stand_first_and_keep_their_keys(boxes: Tool) -> None:
    worker = boxes(f"{LABELS} {given('kind 12', 'kind 3')}")
    usual = badges(boxes(LABELS).page)

    first, others = groups(worker.page)

    assert first == ["kind 3", "kind 12"]
    assert others == [name for name in NAMES if name not in first]
    assert badges(worker.page) == usual


def test_a_label_that_comes_to_be_used_stands_last_of_the_first_and_stays(boxes: Tool) -> None:
    worker = boxes(f"{LABELS} {given('kind 12')}")

    worker.press("2")
    worker.drag((100, 100), (200, 200))
    worker.press("Delete", "5")

    assert groups(worker.page)[0] == ["kind 12", "kind 2", "kind 5"]
    expect(row_of(worker.page, "kind 5")).to_have_attribute("aria-selected", "true")


def test_the_list_does_not_move_under_the_pointer(boxes: Tool) -> None:
    worker = boxes(f"{LABELS} {given('kind 12')}")
    row = row_of(worker.page, "kind 6")
    row.scroll_into_view_if_needed()
    before = row.bounding_box()

    row.click()

    assert row.bounding_box() == before
    assert groups(worker.page)[0] == ["kind 12"]
    worker.page.mouse.move(*worker.screen((300, 200)))
    expect(worker.page.locator(".label-group").first).to_contain_text("kind 6")
    assert groups(worker.page)[0] == ["kind 12", "kind 6"]


def test_a_search_shows_what_it_finds_without_groups(boxes: Tool) -> None:
    worker = boxes(f"{LABELS} {given('kind 12')}")

    worker.press("/")
    worker.page.keyboard.type("kind 1")

    assert groups(worker.page) == [[name for name in NAMES if "kind 1" in name]]
    worker.press("Escape")
    assert len(groups(worker.page)) == 2


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_can_be_hidden_and_shown(
    boxes: Tool, width: int, violations: Callable[[Page], list[str]]
) -> None:
    worker = boxes(f"{LABELS} {given('kind 12')}", viewport={"width": width, "height": 800})
    surface = worker.page.locator(".surface")
    before = surface.bounding_box()
    button = worker.page.get_by_role("button", name="List of labels")
    objects = worker.page.get_by_role("button", name="Boxes")
    assert violations(worker.page) == []

    if objects.get_attribute("aria-expanded") == "true":
        objects.click()
        assert surface.bounding_box() == before, "the labels beside it need the room"
    button.click()

    expect(worker.page.get_by_role("option")).to_have_count(0)
    expect(button).to_have_attribute("aria-expanded", "false")
    after = surface.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] * after["height"] > before["width"] * before["height"]
    assert violations(worker.page) == []
    worker.press("2")
    worker.drag((300, 100), (400, 200))
    assert worker.labels == ["kind 12", "kind 2"]

    worker.press("/")

    field = worker.page.get_by_role("searchbox" if width > 760 else "combobox")
    expect(field).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("crowd-semantic-segmentation", 'src="/picture.png"'),
        ("crowd-instance-segmentation", 'src="/picture.png"'),
        ("crowd-keypoint", 'src="/picture.png"'),
        ("crowd-polygon", 'src="/picture.png"'),
        ("crowd-entity-annotation", 'text="Ada met Grace"'),
    ],
)
def test_every_tool_has_letters_for_its_labels(open_page: Open, tag: str, attributes: str) -> None:
    page = open_page(f"<crowd-form><{tag} id='it' name='it' {attributes} {LABELS}></{tag}></crowd-form>")
    page.wait_for_function("document.querySelector('#it').faults.length === 0")
    letters = {name: key for name, key in badges(page).items() if key.isalpha()}
    last = list(letters)[-1]

    page.locator("#it .surface").focus()
    page.keyboard.press(letters[last].lower())

    expect(page.locator("#it .label-button.selected .name").first).to_have_text(last)


def test_keys_of_the_workers_own_go_before_all_others(new_page: NewPage, site: Any) -> None:
    site.page(
        "/task",
        f"""<meta name="secondlook-render" content="n1">{LIBRARY}<crowd-form><crowd-bounding-box name="boxes"
            src="/picture.png" {LABELS}></crowd-bounding-box></crowd-form>""",
    )
    page = new_page()
    page.goto(site.page("/portal", PORTAL % SANDBOX))
    portal = Portal(page)
    portal.say(
        type="preferences", preferences={"keys": {"kind 40": "d", "kind 2": "3"}, "panes": {"labels": True}}
    )
    tool = portal.frame.locator("crowd-bounding-box")
    expect(row_of(portal.frame, "kind 40")).to_have_attribute("aria-keyshortcuts", "D")
    expect(row_of(portal.frame, "kind 3").locator(".key")).to_have_count(0)

    tool.locator(".surface").focus()
    for key in ("d", "n", "Escape", "3", "n"):
        page.keyboard.press(key)

    labels = tool.evaluate("(tool) => tool.value.boundingBoxes.map(({label}) => label)")
    assert labels == ["kind 40", "kind 2"]
    page.keyboard.press("?")
    expect(tool.locator("dialog.help kbd", has_text="D").filter(has_text=re.compile("^D$"))).to_have_count(1)


def test_a_list_that_is_hidden_stays_so_for_the_next_task(new_page: NewPage, site: Any) -> None:
    site.page(
        "/task",
        f"""<meta name="secondlook-render" content="n1">{LIBRARY}<crowd-form><crowd-bounding-box name="boxes"
            src="/picture.png" {LABELS}></crowd-bounding-box></crowd-form>""",
    )
    page = new_page()
    page.goto(site.page("/portal", PORTAL % SANDBOX))
    portal = Portal(page)
    portal.frame.get_by_role("button", name="List of labels").click()
    kept = portal.wait("preference")
    assert kept == {"type": "preference", "name": "panes", "value": {"labels": False}}

    page = new_page()
    page.goto(site.page("/portal", PORTAL % SANDBOX))
    portal = Portal(page)
    button = portal.frame.get_by_role("button", name="List of labels")
    expect(button).to_have_attribute("aria-expanded", "true")
    portal.say(type="preferences", preferences={"panes": kept["value"]})

    expect(button).to_have_attribute("aria-expanded", "false")


def test_a_long_name_has_its_room_also_in_a_long_list(boxes: Tool) -> None:
    long = "Traffic sign that stands at a crossing and forbids something"
    worker = boxes(f"labels='{json.dumps([*NAMES[:5], long, *NAMES[5:]])}'")

    above, row, below = (row_of(worker.page, name).bounding_box() for name in ("kind 5", long, "kind 6"))

    assert above is not None
    assert row is not None
    assert below is not None
    assert row["height"] > above["height"]
    assert above["y"] + above["height"] <= row["y"]
    assert row["y"] + row["height"] <= below["y"]
