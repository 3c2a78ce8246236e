"""The elements that lay a task out: they show, hide and mark, and add nothing to the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

HOSTILE = "&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot; '👩‍👩‍👧'"
SHOWN = "<img src=x onerror=alert(1)> \"quoted\" '👩‍👩‍👧'"

INSTRUCTIONS = """<crowd-instructions link-text="Help" link-type="button">
    <short-summary><p>In short</p></short-summary>
    <detailed-instructions><p>At length</p></detailed-instructions>
    <positive-example><p>Good one</p></positive-example><positive-example><p>Good two</p></positive-example>
    <negative-example><p>Bad one</p></negative-example>
</crowd-instructions>"""

TABS = """<crowd-tabs>
    <crowd-tab header="First"><p>Panel one</p></crowd-tab>
    <crowd-tab header="Second"><p>Panel two</p><input type="text" name="deep" required></crowd-tab>
    <crowd-tab header="Third"><p>Panel three</p></crowd-tab>
</crowd-tabs>"""

EVERYTHING = f"""<crowd-form>{INSTRUCTIONS}{TABS}
    <crowd-alert type="warning" dismissible>Look out</crowd-alert><crowd-alert type="success">Done</crowd-alert>
    <crowd-card id="card" heading="About" image="/picture.png">A card</crowd-card><crowd-badge for="card" label="new"></crowd-badge>
    <crowd-modal link-text="More">A dialog</crowd-modal>
    <crowd-toast duration="0" opened>A notice</crowd-toast>
</crowd-form>"""


def form(content: str) -> str:
    return f"<crowd-form>{content}</crowd-form>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    open_page: Open, violations: Callable[[Page], list[str]], scheme: str, width: int
) -> None:
    page = open_page(EVERYTHING, color_scheme=scheme, viewport={"width": width, "height": 800})

    assert violations(page) == []
    page.get_by_role("button", name="Help").click()
    assert violations(page) == []


def test_nothing_reaches_over_the_edge_of_a_phone(open_page: Open) -> None:
    page = open_page(EVERYTHING, viewport={"width": 390, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


class TestAlert:
    def test_it_is_announced_when_a_script_adds_it(self, open_page: Open) -> None:
        page = open_page(form("<div id='box'></div>"))

        page.evaluate(
            "box.innerHTML = '<crowd-alert type=\"error\" dismissible>Mark <b>both</b></crowd-alert>'"
        )

        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_text("Mark both")).to_be_visible()
        assert (
            page.evaluate(
                "box.firstChild.shadowRoot.querySelector('[role=alert] slot').assignedNodes().length"
            )
            == 2
        )

    @pytest.mark.parametrize(
        ("kind", "role"),
        [("info", "status"), ("success", "status"), ("warning", "alert"), ("bogus", "status")],
    )
    def test_its_type_says_how_urgent_it_is(self, open_page: Open, kind: str, role: Any) -> None:
        page = open_page(form(f"<crowd-alert type='{kind}'>A word</crowd-alert>"))

        expect(page.locator("crowd-alert").get_by_role(role)).to_be_visible()

    def test_it_can_be_closed_where_the_template_says_so(self, open_page: Open) -> None:
        page = open_page(form("<crowd-alert id='it' dismissible='false'>A word</crowd-alert>"))
        page.evaluate("it.addEventListener('close', () => window.heard = true)")

        page.get_by_role("button", name="Dismiss").click()

        expect(page.locator("crowd-alert")).to_be_hidden()
        assert page.evaluate("window.heard")

    def test_its_attributes_are_live(self, open_page: Open) -> None:
        page = open_page(form("<crowd-alert id='it' dismissible type='error'>A word</crowd-alert>"))

        page.evaluate("it.removeAttribute('dismissible'); it.type = 'info'")

        expect(page.get_by_role("button", name="Dismiss")).to_have_count(0)
        expect(page.locator("#it").get_by_role("status")).to_be_visible()


class TestBadge:
    def at_the_corner(self, page: Page) -> bool:
        """Does the middle of the badge lie on the top right corner of its element?"""
        return bool(
            page.evaluate(
                """() => {
                    const mark = document.querySelector('crowd-badge').shadowRoot.querySelector('.badge').getBoundingClientRect();
                    const goal = document.getElementById('goal').getBoundingClientRect();
                    const near = (a, b) => Math.abs(a - b) < 2;
                    return near((mark.left + mark.right) / 2, goal.right) && near((mark.top + mark.bottom) / 2, goal.top);
                }"""
            )
        )

    @pytest.mark.parametrize("around", ["", "position: relative; padding: 30px", "transform: scale(1)"])
    def test_it_sits_at_the_corner_and_follows(self, open_page: Open, around: str) -> None:
        page = open_page(
            form(f"""<div style="{around}"><crowd-badge for="goal" label="3"></crowd-badge>
            <div id="goal" style="margin-top: 60px; width: 200px; height: 50px"></div></div><div style="height: 2000px"></div>""")
        )
        assert self.at_the_corner(page)

        page.evaluate("goal.style.width = '300px'; window.scrollTo(0, 40)")

        page.wait_for_function("scrollY === 40")
        expect(page.locator("crowd-badge .badge")).to_be_visible()
        page.wait_for_function(
            "Math.abs(document.querySelector('crowd-badge').shadowRoot.querySelector('.badge').getBoundingClientRect().right - goal.getBoundingClientRect().right) < 30"
        )
        assert self.at_the_corner(page)

    def test_it_stays_in_the_window(self, open_page: Open) -> None:
        page = open_page(
            form(
                "<div id='goal' style='height: 50px; margin: 0 -24px'></div><crowd-badge for='goal' label='abc'></crowd-badge>"
            )
        )

        box = page.locator("crowd-badge .badge").bounding_box()

        assert box is not None
        assert box["x"] + box["width"] <= 1280

    def test_it_finds_an_element_that_comes_later(self, open_page: Open) -> None:
        page = open_page(form("<crowd-badge for='goal' label='3'></crowd-badge><div id='place'></div>"))

        page.evaluate(
            "place.innerHTML = '<div id=goal style=\"width: 100px; height: 50px; margin: 40px\"></div>'"
        )

        expect(page.locator("crowd-badge .badge.attached")).to_be_visible()

    def test_an_icon_goes_before_the_label_which_is_read_still(self, open_page: Open) -> None:
        page = open_page(form("<crowd-badge id='it' icon='star' label='3'></crowd-badge>"))
        badge = page.locator("crowd-badge .badge")

        expect(badge.locator("svg path")).to_have_count(1)
        expect(badge).to_have_text("3")
        box = badge.bounding_box()
        assert box is not None
        assert box["width"] == 20

        page.evaluate("it.icon = '/picture.png'")
        expect(badge.locator("img")).to_have_attribute("src", "/picture.png")

    def test_what_a_self_closed_one_swallows_is_seen(self, open_page: Open, answer: Answer) -> None:
        page = open_page(
            form(
                "<div id='goal'></div><crowd-badge for='goal' label='1'/><p>After</p><input name='x' value='1'>"
            )
        )

        expect(page.get_by_text("After")).to_be_visible()
        page.get_by_role("button", name="Submit").click()
        assert answer(page) == {"x": "1"}


class TestCard:
    def test_it_is_a_box_that_templates_can_size(self, open_page: Open) -> None:
        page = open_page(
            form(
                "<style>crowd-card { width: 50%; height: 90px; overflow-y: auto }</style><crowd-card id='it'>A</crowd-card>"
            )
        )

        assert page.evaluate("[it.offsetHeight, it.offsetWidth * 2 === it.parentElement.offsetWidth]") == [
            90,
            True,
        ]

    def test_heading_and_picture_are_live(self, open_page: Open) -> None:
        page = open_page(form(f"<crowd-card id='it' heading=\"{HOSTILE}\">A</crowd-card>"))
        expect(page.get_by_role("heading")).to_have_text(SHOWN)

        page.evaluate("it.heading = 'Other'; it.setAttribute('image', '/picture.png')")

        expect(page.get_by_role("heading")).to_have_text("Other")
        assert (
            page.evaluate(
                "it.updateComplete.then(() => it.shadowRoot.querySelector('img').getAttribute('src'))"
            )
            == "/picture.png"
        )


class TestInstructions:
    def test_three_tabs_show_the_four_regions(self, open_page: Open) -> None:
        page = open_page(form(INSTRUCTIONS))
        expect(page.get_by_text("In short")).to_be_hidden()

        page.get_by_role("button", name="Help").click()

        expect(page.get_by_text("In short")).to_be_visible()
        expect(page.get_by_text("At length")).to_be_hidden()
        page.get_by_role("tab", name="Detailed Instructions").click()
        expect(page.get_by_text("At length")).to_be_visible()
        page.get_by_role("tab", name="Examples").click()
        for text in ("Good one", "Good two", "Bad one"):
            expect(page.get_by_text(text)).to_be_visible()

    def test_the_keyboard_alone_opens_walks_and_closes(self, open_page: Open) -> None:
        page = open_page(form(INSTRUCTIONS))
        page.get_by_role("button", name="Help").focus()

        page.keyboard.press("Enter")
        page.get_by_role("tab", name="Summary").focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "End"):
            page.keyboard.press(key)

        expect(page.get_by_role("tab", name="Examples")).to_be_focused()
        expect(page.get_by_text("Bad one")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_text("Bad one")).to_be_hidden()
        expect(page.get_by_role("button", name="Help")).to_be_focused()

    def test_a_region_that_is_missing_has_no_tab(self, open_page: Open) -> None:
        page = open_page(
            form("<crowd-instructions><positive-example>Good</positive-example></crowd-instructions>")
        )

        page.get_by_text("Click for instructions").click()

        expect(page.get_by_role("tab")).to_have_text("Examples")
        expect(page.get_by_text("Bad examples")).to_have_count(0)


class TestModal:
    def test_link_or_button_opens_it(self, open_page: Open) -> None:
        page = open_page(
            "<crowd-modal id='it' link-text = 'See more' link-type = 'button'><p>Inside</p></crowd-modal>"
        )
        expect(page.get_by_text("Inside")).to_be_hidden()

        page.get_by_role("button", name="See more").click()
        expect(page.get_by_role("dialog", name="See more")).to_be_visible()
        expect(page.get_by_text("Inside")).to_be_visible()
        page.get_by_role("button", name="Close").click()

        expect(page.get_by_text("Inside")).to_be_hidden()

    def test_scripts_open_and_close_it(self, open_page: Open) -> None:
        page = open_page("<crowd-modal id='it'><p>Inside</p></crowd-modal>")
        expect(page.get_by_text("Click to open modal")).to_be_visible()

        page.evaluate("it.open(); it.open()")
        expect(page.get_by_text("Inside")).to_be_visible()
        page.evaluate("it.close()")

        expect(page.get_by_text("Inside")).to_be_hidden()

    def test_a_refused_field_in_it_is_shown(self, open_page: Open) -> None:
        page = open_page(form("<crowd-modal><input type='text' name='deep' required></crowd-modal>"))

        page.get_by_role("button", name="Submit").click()

        expect(page.locator("[name=deep]")).to_be_focused()


class TestTabs:
    def test_one_panel_is_in_front(self, open_page: Open) -> None:
        page = open_page(form(TABS))
        expect(page.get_by_text("Panel one")).to_be_visible()

        page.get_by_role("tab", name="Third").click()

        expect(page.get_by_text("Panel three")).to_be_visible()
        expect(page.get_by_text("Panel one")).to_be_hidden()
        expect(page.get_by_role("tab", name="Third")).to_have_attribute("aria-selected", "true")

    def test_arrow_keys_walk_them_in_a_circle(self, open_page: Open) -> None:
        page = open_page(form(TABS))
        page.get_by_role("tab", name="First").focus()

        page.keyboard.press("ArrowLeft")
        expect(page.get_by_text("Panel three")).to_be_visible()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")

        expect(page.get_by_text("Panel two")).to_be_visible()
        expect(page.get_by_role("tab", name="Second")).to_be_focused()

    def test_a_refused_field_in_another_tab_is_shown(self, open_page: Open, answer: Answer) -> None:
        page = open_page(form(TABS))

        page.get_by_role("button", name="Submit").click()

        expect(page.locator("[name=deep]")).to_be_focused()
        page.keyboard.type("x")
        page.get_by_role("tab", name="First").click()
        page.get_by_role("button", name="Submit").click()
        assert answer(page) == {"deep": "x"}

    def test_tabs_that_a_script_adds_renames_and_removes(self, open_page: Open) -> None:
        page = open_page(form(TABS))

        page.evaluate(
            """() => {
                const tabs = document.querySelector('crowd-tabs');
                tabs.children[0].remove();
                tabs.children[0].setAttribute('header', 'Renamed');
                tabs.insertAdjacentHTML('beforeend', '<crowd-tab header="&lt;b&gt;">Panel four</crowd-tab>');
            }"""
        )

        expect(page.get_by_role("tab")).to_have_text(["Renamed", "Third", "<b>"])
        expect(page.get_by_text("Panel two")).to_be_visible()
        expect(page.get_by_text("Panel four")).to_be_hidden()

    def test_a_tab_that_is_not_closed_is_a_tab_beside_the_next(self, open_page: Open) -> None:
        page = open_page(
            form(
                "<crowd-tabs><crowd-tab header='A'><p>One</p><crowd-tab><crowd-tab header='B'><p>Two</p></crowd-tab></crowd-tabs>"
            )
        )
        expect(page.get_by_role("tab")).to_have_text(["A", "B"])
        expect(page.get_by_text("Two")).to_be_hidden()

        page.get_by_role("tab", name="B").click()

        expect(page.get_by_text("Two")).to_be_visible()
        expect(page.get_by_text("One")).to_be_hidden()

    def test_tabs_in_a_tab_are_their_own(self, open_page: Open) -> None:
        page = open_page(
            form("""<crowd-tabs><crowd-tab header="A"><crowd-tabs><crowd-tab header="a">One</crowd-tab><crowd-tab header="b">Two</crowd-tab>
            </crowd-tabs></crowd-tab><crowd-tab header="B">Three</crowd-tab></crowd-tabs>""")
        )

        page.get_by_role("tab", name="b", exact=True).click()

        expect(page.get_by_text("Two")).to_be_visible()
        expect(page.get_by_role("tab", name="A", exact=True)).to_have_attribute("aria-selected", "true")


class TestToast:
    def test_a_script_opens_it_and_it_goes_away(self, open_page: Open) -> None:
        page = open_page(
            form(
                "<crowd-toast id='it' duration='5000'><crowd-alert type='error'>Incomplete</crowd-alert></crowd-toast>"
            )
        )
        page.clock.install()
        expect(page.get_by_text("Incomplete")).to_be_hidden()

        page.evaluate("it.open()")
        expect(page.get_by_text("Incomplete")).to_be_visible()
        assert page.evaluate("it.hasAttribute('opened')")
        page.clock.run_for(5000)

        expect(page.get_by_text("Incomplete")).to_be_hidden()
        assert not page.evaluate("it.hasAttribute('opened')")

    def test_opened_shows_it_from_the_start_and_zero_leaves_closing_to_the_worker(
        self, open_page: Open
    ) -> None:
        page = open_page(
            form("<crowd-toast text='A &lt;b&gt;notice&lt;/b&gt;' duration='0' opened></crowd-toast>")
        )

        expect(page.get_by_text("A <b>notice</b>")).to_be_visible()
        page.get_by_role("button", name="Dismiss").click()

        expect(page.get_by_text("A <b>notice</b>")).to_be_hidden()

    def test_only_one_is_seen(self, open_page: Open) -> None:
        page = open_page(
            form(
                "<crowd-toast id='a' duration='0' opened><p>One</p></crowd-toast><crowd-toast id='b' duration='0'><p>Two</p></crowd-toast>"
            )
        )
        expect(page.get_by_text("One")).to_be_visible()

        page.evaluate("b.open()")

        expect(page.get_by_text("Two")).to_be_visible()
        expect(page.get_by_text("One")).to_be_hidden()

    def test_who_reads_it_is_not_hurried(self, open_page: Open) -> None:
        page = open_page(form("<crowd-toast id='it' duration='5000'><p>Read me</p></crowd-toast>"))
        page.clock.install()
        page.evaluate("it.open()")

        page.get_by_text("Read me").hover()
        page.clock.run_for(20_000)
        expect(page.get_by_text("Read me")).to_be_visible()
        page.mouse.move(0, 0)
        page.clock.run_for(5000)

        expect(page.get_by_text("Read me")).to_be_hidden()

    def test_what_a_self_closed_one_swallows_is_seen(self, open_page: Open, answer: Answer) -> None:
        page = open_page(form("<crowd-toast text='Notice' /><p>After</p><input name='x' value='1'>"))

        expect(page.get_by_text("After")).to_be_visible()
        page.get_by_role("button", name="Submit").click()
        assert answer(page) == {"x": "1"}
