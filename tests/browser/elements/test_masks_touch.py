"""Fingers and a pen on a mask. Buttons are clicked: Chromium takes a made-up tap right after a made-up stroke for the end of a fling."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.elements.conftest import OpenMasks
from tests.browser.elements.fingers import Fingers
from tests.browser.elements.masks import BLUE, GREEN, Masks

pytestmark = pytest.mark.browser


def fingers_of(worker: Masks) -> Fingers:
    return Fingers(worker.page, lambda point: worker.screen(*point))


def test_five_quick_strokes_of_a_finger_paint_five_strokes(masks: OpenMasks) -> None:
    worker = masks(has_touch=True)
    fingers = fingers_of(worker)

    for row in range(5):
        fingers.stroke((100, 60 + 60 * row), (200, 60 + 60 * row))

    one = worker.colors()[GREEN] // 5
    assert one == pytest.approx(24 * 100 + 452, abs=30)
    for row in range(5):
        worker.press("Control+z")
        assert worker.colors().get(GREEN, 0) == pytest.approx(one * (4 - row), abs=5)


def test_two_fingers_leave_no_dab_behind_and_begin_no_instance(instances: OpenMasks) -> None:
    worker = instances(has_touch=True)
    fingers = fingers_of(worker)
    fingers.touch("touchStart", (280, 250))
    fingers.touch("touchStart", (280, 250), (320, 250))
    fingers.touch("touchEnd")
    assert worker.value["instances"] == []
    assert worker.page.locator("#tool button#undo").is_disabled()

    fingers.touch("touchStart", (280, 250))
    fingers.touch("touchMove", (290, 255))
    fingers.touch("touchStart", (290, 255), (320, 250))
    fingers.touch("touchMove", (200, 255), (400, 250))
    fingers.touch("touchEnd")

    assert worker.value["instances"] == []
    assert worker.colors() == {}


def test_two_fingers_let_go_of_a_lasso(masks: OpenMasks) -> None:
    worker = masks(has_touch=True)
    worker.press("a")
    fingers = fingers_of(worker)
    fingers.touch("touchStart", (100, 100))
    for point in [(200, 100), (200, 200), (100, 200)]:
        fingers.touch("touchMove", point)
    fingers.touch("touchStart", (100, 200), (300, 200))
    fingers.touch("touchEnd")

    assert worker.colors() == {}
    expect(worker.page.locator("#tool [role=status]")).not_to_contain_text("Polygon")


def test_a_finger_draws_a_lasso_and_a_cut(instances: OpenMasks) -> None:
    worker = instances(has_touch=True)
    fingers = fingers_of(worker)
    worker.page.locator("#tool button#lasso").click()
    expect(worker.page.locator("#tool button#lasso")).to_have_attribute("aria-pressed", "true")
    fingers.stroke((100, 100), (300, 100), (300, 200), (100, 200), (100, 102))
    worker.page.locator("#tool button#split").click()
    expect(worker.page.locator("#tool button#split")).to_have_attribute("aria-pressed", "true")
    fingers.stroke((180, 80), (180, 150), (180, 220))

    assert len(worker.value["instances"]) == 2
    assert sum(worker.colors().values()) == pytest.approx(20_000, abs=300)


def test_fingers_select_several_and_merge_them(instances: OpenMasks) -> None:
    worker = instances(has_touch=True, viewport={"width": 390, "height": 780})
    fingers = fingers_of(worker)
    fingers.stroke((100, 100), (150, 100))
    worker.page.get_by_role("button", name="Add instance").click()
    expect(worker.page.locator("#tool [role=status]")).to_contain_text("next: road")
    fingers.stroke((300, 200), (350, 200))
    worker.page.locator("#tool button#select").click()
    worker.page.get_by_role("button", name="Select several").click()
    expect(worker.page.get_by_role("button", name="Select several")).to_have_attribute("aria-pressed", "true")
    # The one that was painted last is selected.
    worker.page.touchscreen.tap(*worker.screen(120, 100))
    worker.page.get_by_role("button", name="Merge").click()
    expect(worker.page.locator("#tool [role=status]")).to_contain_text("Instance 1 of 1")

    assert set(worker.colors()) == {BLUE}
    assert worker.value["instances"] == [{"color": "#1f77b4", "label": "road"}]


PEN = """([kind, x, y, button]) => tool.shadowRoot.querySelector('.surface').dispatchEvent(new PointerEvent(kind, {
    clientX: x, clientY: y, button, buttons: 32, pointerType: 'pen', pointerId: 77, pressure: 0.1, bubbles: true, composed: true,
}))"""


def test_the_other_end_of_a_pen_erases_in_the_size_of_the_eraser(masks: OpenMasks) -> None:
    worker = masks()
    worker.drag((100, 100), (300, 100))
    worker.press("e", "[", "[", "[", "b")
    whole = worker.colors()[GREEN]
    x, y = worker.screen(200, 100)
    for kind in ("pointerdown", "pointerup"):
        worker.page.evaluate(PEN, [kind, x, y, 5])

    assert whole - worker.colors()[GREEN] == pytest.approx(3.14 * (12 / 2) ** 2, abs=12)
    expect(worker.page.locator("#tool button#brush")).to_have_attribute("aria-pressed", "true")


def test_how_hard_a_pen_presses_makes_no_difference(masks: OpenMasks) -> None:
    worker = masks()
    worker.click(100, 100)
    dab = worker.colors()[GREEN]
    x, y = worker.screen(300, 100)
    for kind in ("pointerdown", "pointerup"):
        worker.page.evaluate(PEN, [kind, x, y, 0])

    assert worker.colors()[GREEN] == 2 * dab
