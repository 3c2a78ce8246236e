"""`crowd-textract-analyze-document` in use: from the page to its fields and back, by pointer and by keyboard, with pictures and PDFs."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pdfs import pdf, text_page

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

KEY = "AWS/Textract/AnalyzeDocument/Forms/V1"


def pair(number: int, key: str, value: str, **more: Any) -> list[dict[str, Any]]:
    """Two blocks, in a row of their own: on the picture of 600 x 400, at 20 | 200 and 40 a row."""
    top = (20 + 40 * number) / 400

    def geometry(left: float, width: float) -> dict[str, Any]:
        return {"boundingBox": {"left": left / 600, "top": top, "width": width / 600, "height": 20 / 400}}

    return [
        {
            "blockType": "KEY_VALUE_SET",
            "entityTypes": ["KEY"],
            "id": f"k{number}",
            "geometry": geometry(20, 100),
            "relationships": [{"ids": [f"v{number}"], "type": "VALUE"}],
            "text": key,
            **more,
        },
        {
            "blockType": "KEY_VALUE_SET",
            "entityTypes": ["VALUE"],
            "id": f"v{number}",
            "geometry": geometry(200, 200),
            "relationships": [],
            "text": value,
            **{name: more[name] for name in ("page",) if name in more},
        },
    ]


BLOCKS = [
    *pair(0, "Name", "Ada", confidence=99),
    *pair(1, "Town", "Lagcs", confidence=40),
    *pair(2, "Street", "Marina", confidence=70),
]


class Document:
    """A worker at the element."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.it = page.locator("crowd-textract-analyze-document")
        page.wait_for_function(
            "document.querySelector('crowd-textract-analyze-document').shadowRoot.querySelector('.surface > img').style.width !== ''"
        )

    def is_at(self, key: str) -> None:
        expect(self.it.locator(".at-work .fixed")).to_have_text(key)

    @property
    def value(self) -> Any:
        return self.it.locator(".at-work input.value")

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return self.page.evaluate("document.querySelector('crowd-textract-analyze-document').value.blocks")

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The point of the screen that shows this pixel of the picture of 600 x 400."""
        box = self.it.locator(".surface > img").bounding_box()
        assert box is not None
        return box["x"] + x * box["width"] / 600, box["y"] + y * box["height"] / 400

    def block(self, name: str) -> dict[str, Any]:
        return next(block for block in self.blocks if block["id"] == name)


def document(
    blocks: Any = BLOCKS, attributes: str = "no-key-edit", src: str = "/picture.png", content: str = ""
) -> str:
    initial = blocks if isinstance(blocks, str) else json.dumps(blocks)
    return f"""<crowd-form><crowd-textract-analyze-document src="{src}" header="Check" initial-value="{escape(initial)}" {attributes}>
        {content}</crowd-textract-analyze-document></crowd-form>"""


@pytest.fixture
def opened(open_page: Open) -> Callable[..., Document]:
    def open_document(*arguments: Any, **options: Any) -> Document:
        return Document(open_page(document(*arguments, **options)))

    return open_document


def test_the_least_sure_comes_first_and_tab_goes_from_doubt_to_doubt(opened: Callable[..., Document]) -> None:
    it = opened()
    it.is_at("Town")

    it.page.keyboard.press("Tab")
    expect(it.value).to_be_focused()
    it.is_at("Town")
    it.page.keyboard.press("Tab")
    it.is_at("Street")
    it.page.keyboard.press("Shift+Tab")

    it.is_at("Town")
    expect(it.value).to_be_focused()


def test_enter_says_that_a_field_is_right_and_goes_on(opened: Callable[..., Document]) -> None:
    it = opened()
    it.page.keyboard.press("Tab")
    it.page.keyboard.type("Lagos")
    it.page.keyboard.press("Enter")
    it.is_at("Street")
    it.page.keyboard.press("Enter")

    expect(it.it.get_by_text("All checked")).to_be_visible()
    assert it.block("v1")["text"] == "Lagos"
    assert it.block("v2")["text"] == "Marina"


def test_past_the_last_doubtful_field_tab_moves_on_as_everywhere(opened: Callable[..., Document]) -> None:
    it = opened(pair(0, "Name", "Ada", confidence=40))
    it.value.focus()

    it.page.keyboard.press("Tab")

    expect(it.it.get_by_role("button", name="No pair")).to_be_focused()


def test_a_click_on_a_box_goes_to_its_field(opened: Callable[..., Document]) -> None:
    it = opened()

    it.page.mouse.click(*it.at(70, 30))
    it.is_at("Name")
    expect(it.value).to_be_focused()

    it.page.mouse.click(*it.at(300, 110))
    it.is_at("Street")


def test_a_field_of_the_list_brings_its_box_into_sight(opened: Callable[..., Document]) -> None:
    it = opened()
    for _ in range(8):
        it.it.get_by_role("button", name="Zoom in").click()

    it.it.get_by_role("button", name="Name").click()

    surface = it.it.locator(".surface").bounding_box()
    x, y = it.at(300, 30)
    assert surface is not None
    assert surface["x"] <= x <= surface["x"] + surface["width"]
    assert surface["y"] <= y <= surface["y"] + surface["height"]


@pytest.mark.parametrize(("key", "left"), [("n", []), ("k", ["k1"]), ("b", ["k1", "v1"])])
def test_what_it_is_is_said_by_a_letter_on_the_page(
    opened: Callable[..., Document], key: str, left: list[str]
) -> None:
    it = opened()
    it.it.locator(".surface").focus()

    it.page.keyboard.press(key)

    assert [block["id"] for block in it.blocks if block["id"] in {"k1", "v1"}] == left


def test_escape_leads_from_the_field_to_the_page_and_e_back(opened: Callable[..., Document]) -> None:
    it = opened()
    it.value.focus()

    it.page.keyboard.press("Escape")
    expect(it.it.locator(".surface")).to_be_focused()
    it.page.keyboard.press("e")

    expect(it.value).to_be_focused()
    expect(it.value).to_have_value("Lagcs")


def test_a_box_is_moved_by_the_pointer_and_by_keys(opened: Callable[..., Document]) -> None:
    it = opened()
    before = it.block("v1")["geometry"]["boundingBox"]

    it.page.mouse.move(*it.at(300, 70))
    it.page.mouse.down()
    it.page.mouse.move(*it.at(330, 90), steps=3)
    it.page.mouse.up()
    moved = it.block("v1")["geometry"]
    assert round((moved["boundingBox"]["left"] - before["left"]) * 600) == 30
    assert round((moved["boundingBox"]["top"] - before["top"]) * 400) == 20
    assert moved["polygon"][0] == {"x": moved["boundingBox"]["left"], "y": moved["boundingBox"]["top"]}

    it.it.locator(".surface").focus()
    it.page.keyboard.press("Shift+ArrowRight")
    it.page.keyboard.press("x")
    it.page.keyboard.press("ArrowDown")
    assert round((it.block("v1")["geometry"]["boundingBox"]["left"] - before["left"]) * 600) == 40
    assert round(it.block("k1")["geometry"]["boundingBox"]["top"] * 400) == 61


def test_no_geometry_edit_keeps_boxes_where_they_are(opened: Callable[..., Document]) -> None:
    it = opened(attributes="no-geometry-edit")

    it.page.mouse.move(*it.at(300, 70))
    it.page.mouse.down()
    it.page.mouse.move(*it.at(330, 90), steps=3)
    it.page.mouse.up()
    it.it.locator(".surface").focus()
    it.page.keyboard.press("ArrowRight")

    assert it.blocks == BLOCKS


def test_no_key_edit_keeps_keys_as_they_are_live(opened: Callable[..., Document]) -> None:
    it = opened(attributes="")
    it.it.locator(".at-work input.key").fill("City")
    assert it.block("k1")["text"] == "City"

    it.page.evaluate(
        "document.querySelector('crowd-textract-analyze-document').setAttribute('no-key-edit', '')"
    )

    expect(it.it.locator(".at-work input.key")).to_have_count(0)
    it.is_at("City")


def test_undo_takes_back_what_was_typed_at_once(opened: Callable[..., Document]) -> None:
    it = opened()
    it.page.keyboard.press("Tab")
    it.page.keyboard.type("Lagos")

    it.it.get_by_role("button", name="Undo").click()
    assert it.block("v1")["text"] == "Lagcs"

    it.it.get_by_role("button", name="Redo").click()
    assert it.block("v1")["text"] == "Lagos"


def test_a_script_may_bring_the_blocks_and_the_keys_later(opened: Callable[..., Document]) -> None:
    it = opened([])
    expect(it.it.get_by_text("Nothing was found in this document.")).to_be_visible()

    it.page.evaluate(
        """(blocks) => {
          const it = document.querySelector('crowd-textract-analyze-document');
          it.setAttribute('initial-value', blocks);
          it.setAttribute('keys', "[{importantFormKey: 'Mail', importantFormKeyAliases: []}]");
        }""",
        json.dumps(BLOCKS),
    )

    it.is_at("Mail")
    assert it.blocks == BLOCKS


def test_tables_stand_below_the_fields(opened: Callable[..., Document]) -> None:
    cells = [
        {
            "blockType": "CELL",
            "id": f"c{row}{column}",
            "rowIndex": row,
            "columnIndex": column,
            "text": f"{row}/{column}",
        }
        for row in (1, 2)
        for column in (1, 3)
    ]
    table = {
        "blockType": "TABLE",
        "id": "t",
        "relationships": [{"type": "CHILD", "ids": [cell["id"] for cell in cells]}],
    }

    it = opened([*BLOCKS, *cells, table])

    rows = it.it.get_by_role("row")
    expect(rows).to_have_count(2)
    assert rows.nth(1).get_by_role("cell").all_inner_texts() == ["2/1", "", "2/3"]
    assert it.blocks == BLOCKS


def test_a_pdf_is_shown_page_by_page_and_a_field_leads_to_its_own(open_page: Open, site: Any) -> None:
    site.bodies["/form.pdf"] = pdf([text_page("First"), text_page("Second")])
    blocks = [*pair(0, "Name", "Ada", page=1), *pair(1, "Town", "Lagos", page=2)]
    it = Document(open_page(document(blocks, src="/form.pdf")))
    expect(it.it.get_by_text("1 of 2", exact=True)).to_be_visible()

    it.it.get_by_role("button", name="Town").click()
    expect(it.it.get_by_text("2 of 2", exact=True)).to_be_visible()
    it.page.keyboard.press("Escape")
    it.page.keyboard.press("PageUp")

    expect(it.it.get_by_text("1 of 2", exact=True)).to_be_visible()
    assert it.blocks == blocks


def test_until_it_is_known_what_a_document_is_it_is_said_to_come(open_page: Open, site: Any) -> None:
    site.bodies["/form"] = pdf([text_page("First")])
    page = open_page(document(src=""))
    expect(page.get_by_text("This task names no picture")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/form", hold, times=1)
    it = page.locator("crowd-textract-analyze-document")
    it.evaluate("(it) => { it.src = '/form'; }")
    expect(page.get_by_text("Loading the document…")).to_be_visible()
    held[0].continue_()

    expect(it.get_by_text("Loading the document…")).to_have_count(0)
    page.evaluate("document.querySelector('crowd-form').submit()")
    expect(page.locator("#answers-box")).to_be_visible()


def test_a_pdf_that_cannot_be_read_says_so(open_page: Open, site: Any) -> None:
    site.bodies["/form.pdf"] = b"%PDF-1.7 and no more"

    page = open_page(document(src="/form.pdf"))

    expect(page.get_by_role("alert")).to_contain_text("is damaged, or no PDF")
    page.evaluate("document.querySelector('crowd-form').submit()")
    expect(page.get_by_text("The document is not there yet.")).to_be_visible()


def test_what_a_self_closed_tag_swallows_is_shown_and_collected(
    open_page: Open, answer: Callable[[Page], Any]
) -> None:
    page = open_page(
        """<crowd-form><crowd-textract-analyze-document src="/picture.png" /><p>After it</p><input name="x" value="1"></crowd-form>"""
    )
    Document(page)
    expect(page.get_by_text("After it")).to_be_visible()

    page.evaluate("document.querySelector('crowd-form').submit()")

    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {KEY: {"blocks": []}, "x": "1"}


def test_hostile_texts_are_shown_as_texts(opened: Callable[..., Document]) -> None:
    nasty = "<img src=x onerror=document.title='bad'>\N{PILE OF POO}\"'`"
    it = opened(pair(0, nasty, nasty, confidence=10))

    it.is_at(nasty)
    expect(it.value).to_have_value(nasty)
    assert it.page.title() == "Task"
    assert it.block("k0")["text"] == nasty


def test_ten_thousand_words_and_thousands_of_fields_stay_at_work(opened: Callable[..., Document]) -> None:
    words = [
        {
            "blockType": "WORD",
            "id": f"w{number}",
            "text": "word",
            "confidence": 50,
            "geometry": {
                "boundingBox": {
                    "left": number % 100 / 100,
                    "top": number // 100 / 100,
                    "width": 0.008,
                    "height": 0.008,
                }
            },
        }
        for number in range(10_000)
    ]
    fields = [
        block
        for number in range(2_000)
        for block in pair(number % 9, f"Key {number}", f"Value {number}", confidence=number % 100)
    ]
    for position, block in enumerate(fields):
        block["id"] = f"{block['id'][0]}-{position // 2}"
        for relationship in block["relationships"]:
            relationship["ids"] = [f"v-{position // 2}"]

    it = opened([*words, *fields])
    it.value.fill("Typed")
    it.value.press("Enter")

    expect(it.value).to_be_focused()
    assert len(it.blocks) == 4_000
    assert [block["text"] for block in it.blocks].count("Typed") == 1
