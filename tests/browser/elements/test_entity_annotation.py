"""`crowd-entity-annotation` as a worker and the scripts of public templates meet it; its answers are in `elements/cases`."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elements.conftest import FORM

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

TEXT = "Ada Lovelace wrote to Charles Babbage from London.\n\nLater she met Mary Somerville in Surrey, near London."
LABELS = ["person", "place", "date"]

PLACE = """
(text) => {
  const root = document.querySelector('crowd-entity-annotation').shadowRoot;
  const walker = document.createTreeWalker(root.querySelector('.surface'), NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest('.tags') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  for (let node = walker.nextNode(), start = 0; node; start += node.length, node = walker.nextNode()) nodes.push({node, start});
  const start = nodes.map(({node}) => node.data).join('').indexOf(text);
  const boundary = (unit) => {
    const {node, start} = nodes.findLast((candidate) => candidate.start <= unit);
    return [node, unit - start];
  };
  const first = document.createRange(), last = document.createRange();
  first.setStart(...boundary(start));
  first.setEnd(...boundary(start).with(1, boundary(start)[1] + 1));
  last.setStart(...boundary(start + text.length - 1));
  last.setEnd(...boundary(start + text.length - 1).with(1, boundary(start + text.length - 1)[1] + 1));
  const [a, b] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
  return {from: [a.left, (a.top + a.bottom) / 2], to: [b.right, (b.top + b.bottom) / 2]};
}
"""
"""Where on screen a part of the text begins and ends."""


class Texts:
    """A worker at a `crowd-entity-annotation`."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def place(self, text: str) -> tuple[tuple[float, float], tuple[float, float]]:
        place = self.page.evaluate(PLACE, text)
        return (place["from"][0] + 0.5, place["from"][1]), (place["to"][0] - 0.5, place["to"][1])

    def middle(self, text: str) -> tuple[float, float]:
        start, end = self.place(text)
        return (start[0] + end[0]) / 2, start[1]

    def drag(self, text: str) -> None:
        """From the first character to the last."""
        start, end = self.place(text)
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()

    def click(self, text: str, **options: Any) -> None:
        self.page.mouse.click(*self.middle(text), **options)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def entities(self) -> list[dict[str, Any]]:
        entities = self.page.evaluate("document.querySelector('crowd-entity-annotation').value.entities")
        assert isinstance(entities, list)
        return entities

    @property
    def spans(self) -> list[str]:
        """What is marked, as `label: text`."""
        text = self.page.locator("crowd-entity-annotation").get_attribute("text") or ""
        return [
            f"{entity['label']}: {text[entity['startOffset'] : entity['endOffset']]}"
            for entity in self.entities
        ]

    @property
    def status(self) -> str:
        return self.page.locator("crowd-entity-annotation [role=status]").inner_text()


@pytest.fixture
def texts(open_page: Open) -> Callable[..., Texts]:
    def open_texts(
        text: str = TEXT,
        attributes: str = "",
        content: str = "",
        after: str = "",
        labels: Any = LABELS,
        **options: Any,
    ) -> Texts:
        html = f"""<crowd-entity-annotation id="it" name="names" header="Mark the names" text="{escape(text)}"
            labels="{escape(json.dumps(labels))}" {attributes}>{content}</crowd-entity-annotation>{after}"""
        return Texts(open_page(html, **options))

    return open_texts


def given(*spans: tuple[str, str]) -> str:
    """The attribute `initial-value` with these labels and parts of the text."""
    entities = [
        {
            "label": label,
            "startOffset": TEXT.index(text),
            "endOffset": TEXT.index(text) + len(text),
        }
        for label, text in spans
    ]
    return f'initial-value="{escape(json.dumps(entities))}"'


def test_dragging_over_a_text_marks_it_with_the_chosen_label(texts: Callable[..., Texts]) -> None:
    task = texts()

    task.drag("Charles Babbage")
    task.press("Escape", "2")
    task.drag("London")

    assert task.spans == ["person: Charles Babbage", "place: London"]
    assert task.page.evaluate("getSelection().toString()") == ""


def test_dragging_may_begin_and_end_inside_of_words_and_leaves_out_spaces_at_the_ends(
    texts: Callable[..., Texts],
) -> None:
    task = texts()

    task.drag("bbage from ")
    task.drag("\n\nLat")

    assert task.spans == ["person: bbage from", "person: Lat"]


def test_a_double_click_marks_a_word_and_a_third_no_more(texts: Callable[..., Texts]) -> None:
    task = texts()

    task.click("Babbage", click_count=3)

    assert task.spans == ["person: Babbage"]


def test_a_span_is_selected_whole_given_another_label_and_removed_by_its_x(
    texts: Callable[..., Texts],
) -> None:
    task = texts(attributes=given(("person", "Ada Lovelace"), ("place", "London")))

    task.click("Lovelace")
    expect(task.page.locator("[role=status]")).to_have_text("Span 1 of 2, person: “Ada Lovelace”, selected")
    task.press("3")
    assert task.spans == ["date: Ada Lovelace", "place: London"]

    task.page.get_by_role("button", name="Delete the span", exact=True).last.click()
    assert task.spans == ["place: London"]


def test_spans_may_lie_over_each_other_and_are_selected_in_turn(texts: Callable[..., Texts]) -> None:
    task = texts(attributes=given(("person", "Ada Lovelace wrote")))

    task.drag("Lovelace wrote to")
    task.press("Escape")
    assert task.spans == ["person: Ada Lovelace wrote", "person: Lovelace wrote to"]

    seen = []
    for _ in range(3):
        task.click("wrote")
        seen.append(task.status.split("“")[1].split("”")[0])
    assert seen == ["Lovelace wrote to", "Ada Lovelace wrote", "Lovelace wrote to"]


def test_where_the_template_forbids_overlaps_one_is_refused_in_words(texts: Callable[..., Texts]) -> None:
    task = texts(attributes=f'allow-overlap="false" {given(("person", "Ada Lovelace"))}')

    task.drag("Lovelace wrote")

    expect(
        task.page.get_by_text("Spans of this task may not overlap, and “Ada Lovelace” is marked already.")
    ).to_be_visible()
    assert task.spans == ["person: Ada Lovelace"]


@pytest.mark.parametrize(
    ("side", "target", "expected"),
    [("end", "wrote", "person: Ada Lovelace wrote"), ("start", "Ada", "person: Lovelace")],
)
def test_an_end_of_the_selected_span_is_dragged_and_that_is_undone_at_once(
    texts: Callable[..., Texts], side: str, target: str, expected: str
) -> None:
    task = texts(attributes=given(("person", "Ada Lovelace")))
    task.click("Lovelace")

    box = task.page.locator(f".handle.{side}").bounding_box()
    assert box is not None
    task.page.mouse.move(box["x"] + 8, box["y"] + 8)
    task.page.mouse.down()
    task.page.mouse.move(*task.place(target)[1], steps=5)
    task.page.mouse.up()

    assert task.spans == [expected]
    task.press("Control+z")
    assert task.spans == ["person: Ada Lovelace"]


def test_the_keyboard_alone_marks_words_on_any_line_and_parts_of_them(texts: Callable[..., Texts]) -> None:
    task = texts()
    assert task.page.evaluate("it.shadowRoot.activeElement.className") == "surface"

    task.press("ArrowRight", "Shift+ArrowRight", "1")
    assert task.spans == ["person: Ada Lovelace"]

    task.press("Shift+ArrowRight", "Control+Shift+ArrowLeft", "Delete")
    assert task.spans == []

    task.press("ArrowDown", "ArrowDown")
    first = task.status
    task.press("ArrowUp", "ArrowDown")
    assert task.status == first
    task.press("Enter")
    assert len(task.entities) == 1
    assert task.entities[0]["startOffset"] > TEXT.index("\n")


def test_from_right_to_left_a_drag_marks_from_its_first_letter_to_its_last(
    texts: Callable[..., Texts],
) -> None:
    task = texts(text="ולדת آدا في لندن end")
    box = task.page.evaluate(
        """() => {
          const range = document.createRange(), node = it.shadowRoot.querySelector('.block').firstChild;
          range.setStart(node, 5);
          range.setEnd(node, 8);
          return range.getBoundingClientRect().toJSON();
        }"""
    )
    middle = box["y"] + box["height"] / 2
    task.page.mouse.move(box["right"] - 0.5, middle)
    task.page.mouse.down()
    task.page.mouse.move(box["left"] + 0.5, middle, steps=4)
    task.page.mouse.up()

    assert task.spans == ["person: آدا"]
    handle = task.page.locator(".handle.end").bounding_box()
    assert handle is not None
    assert handle["x"] < box["left"]
    task.page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    task.page.mouse.down()
    task.page.mouse.move(box["left"] - 20, middle, steps=4)
    task.page.mouse.up()
    assert task.spans[0].startswith("person: آدا ")


def test_keys_are_the_fields_while_somebody_types_there(texts: Callable[..., Texts]) -> None:
    task = texts(content="<input name='remark'>")
    task.press("ArrowRight")

    task.page.locator("input[name=remark]").press_sequentially("1x")

    assert task.entities == []
    assert task.page.evaluate(f"{FORM}._serializeForm().taskAnswers") == (
        '[{"names":{"entities":[]},"remark":"1x"}]'
    )


def test_a_finger_highlights_a_word_and_a_label_marks_it(texts: Callable[..., Texts]) -> None:
    task = texts(has_touch=True, viewport={"width": 390, "height": 844})

    task.page.touchscreen.tap(*task.middle("Babbage"))
    expect(task.page.locator("[role=status]")).to_have_text("“Babbage”, selected")
    task.page.get_by_role("option", name="place").tap()

    assert task.spans == ["place: Babbage"]


def test_what_is_highlighted_can_be_copied(texts: Callable[..., Texts]) -> None:
    task = texts()
    task.press("ArrowRight", "Shift+ArrowRight")

    copied = task.page.evaluate(
        """() => {
          const data = new DataTransfer();
          it.shadowRoot.querySelector('.surface').dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
          return data.getData('text/plain');
        }"""
    )

    assert copied == "Ada Lovelace"


def test_attributes_and_properties_are_live(texts: Callable[..., Texts]) -> None:
    task = texts(attributes=given(("person", "Ada")))
    assert task.page.evaluate("[it.getAttribute('labels'), it.labels]") == [
        '["person","place","date"]',
        LABELS,
    ]

    task.page.evaluate("it.labels = [{label: 'person', shortDisplayName: 'P'}]")
    assert task.page.evaluate("it.getAttribute('labels')") == '[{"label":"person","shortDisplayName":"P"}]'
    expect(task.page.locator(".tag")).to_have_text("P")

    task.page.evaluate("it.text = 'Eva met Ada'")
    expect(task.page.locator("mark")).to_have_text("PEva")
    assert task.entities == [{"endOffset": 3, "label": "person", "startOffset": 0}]

    task.page.evaluate(
        "it.setAttribute('initial-value', '[{label: \"person\", startOffset: 8, endOffset: 11}]')"
    )
    expect(task.page.locator("mark")).to_have_text("PAda")


def test_labels_and_text_with_markup_are_text(texts: Callable[..., Texts]) -> None:
    hostile = '<img src=x onerror="window.hurt = 1">\'&amp;"👋'
    task = texts(text=f"{hostile} end", labels=[hostile])

    task.press("ArrowRight", "Shift+ArrowRight", "1")

    assert task.entities[0]["label"] == hostile
    expect(task.page.locator(".block")).to_contain_text(f"{hostile} end")
    assert task.page.evaluate("[window.hurt, it.shadowRoot.querySelectorAll('img').length]") == [None, 0]


def test_a_change_in_a_long_text_draws_one_block_of_it(texts: Callable[..., Texts]) -> None:
    line = "word " * 180
    spans = [
        {"label": LABELS[number % 3], "startOffset": number * 18, "endOffset": number * 18 + 9}
        for number in range(5000)
    ]
    task = texts(text="\n".join([line] * 110), attributes=f'initial-value="{escape(json.dumps(spans))}"')
    task.page.evaluate(
        """() => {
          window.blocks = new Set();
          new MutationObserver((records) => records.forEach(({target}) => blocks.add(target)))
            .observe(it.shadowRoot.querySelector('.surface'), {childList: true, subtree: true});
        }"""
    )

    task.press("ArrowRight", "3")

    task.page.wait_for_function("it.value.entities.length === 5001")
    task.page.wait_for_function("it.shadowRoot.querySelectorAll('.tag.selected').length === 1")
    assert task.page.evaluate("[...blocks].filter((target) => target.matches('.block')).length") == 1
    assert task.page.evaluate("it.shadowRoot.querySelectorAll('.block').length") > 40


QUESTIONS = """<div id="more"><label><input type="checkbox" name="sure"> Sure</label><label>Remark <input name="remark" required></label></div>"""
MOVE = """<script>
  document.addEventListener('all-crowd-elements-ready', () => {
    document.querySelector('crowd-entity-annotation').shadowRoot.querySelector('crowd-form').form.appendChild(more);
  });
</script>"""


@pytest.mark.parametrize("after", ["", MOVE], ids=["where they stand", "moved into the form"])
def test_more_questions_are_seen_asked_and_answered(
    texts: Callable[..., Texts], answer: Callable[[Page], Any], after: str
) -> None:
    task = texts(content=QUESTIONS, after=after)
    page = task.page
    expect(page.get_by_label("Remark")).to_be_visible()
    task.drag("London")

    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Remark: fill this in")).to_be_visible()
    page.get_by_label("Remark").fill("clear")
    page.get_by_role("button", name="Submit").click()

    expect(page.locator("#answers-box")).to_be_visible()
    assert answer(page) == {
        "names": {"entities": [{"endOffset": 49, "label": "person", "startOffset": 43}]},
        "remark": "clear",
        "sure": {"on": False},
    }
    assert page.get_by_role("button", name="Submit").count() == 1


def test_a_button_of_the_template_beside_the_text_submits_once(texts: Callable[..., Texts]) -> None:
    task = texts(content="<button>Done</button>")
    assert task.page.get_by_role("button", name="Submit").count() == 0

    task.page.get_by_role("button", name="Done").click()

    expect(task.page.locator("#answers-box")).to_be_visible()


def test_a_listener_on_the_form_may_object(
    texts: Callable[..., Texts], answer: Callable[[Page], Any]
) -> None:
    task = texts()
    task.page.evaluate(
        f"() => {{ {FORM}.onsubmit = (event) => {{ window.asked = true; event.preventDefault(); }}; }}"
    )

    task.press("Control+Enter")

    assert task.page.evaluate("asked")
    assert answer(task.page) is None


def test_reset_brings_back_what_stands_beside_the_text(texts: Callable[..., Texts]) -> None:
    task = texts(
        content="<input name='a' value='1'><input type='checkbox' name='b'><select name='c'><option>x<option>y</select>"
    )
    before = task.page.evaluate(f"{FORM}._serializeForm().taskAnswers")
    task.press("ArrowRight", "1")
    task.page.locator("input[name=a]").fill("2")
    task.page.locator("input[name=b]").check()
    task.page.locator("select").select_option("y")
    assert task.page.evaluate(f"{FORM}._serializeForm().taskAnswers") != before

    task.page.evaluate(f"{FORM}.reset()")

    assert task.page.evaluate(f"{FORM}._serializeForm().taskAnswers") == before


def test_two_of_them_make_one_answer(open_page: Open, answer: Callable[[Page], Any]) -> None:
    both = "".join(
        f"""<crowd-entity-annotation name="{name}" labels="['x']" text="a b"></crowd-entity-annotation>"""
        for name in ("first", "second")
    )
    page = open_page(both)
    page.locator(".surface").last.press("ArrowRight")
    page.locator(".surface").last.press("Enter")

    page.get_by_role("button", name="Submit").click()

    expect(page.locator("#answers-box")).to_be_visible()
    submitted = page.locator("#answers-box pre").inner_text()
    assert json.loads(submitted) == [
        {
            "first": {"entities": []},
            "second": {"entities": [{"endOffset": 1, "label": "x", "startOffset": 0}]},
        }
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_marked_texts_with_questions(
    texts: Callable[..., Texts], violations: Callable[[Page], list[str]], scheme: str
) -> None:
    task = texts(
        attributes=given(("person", "Ada Lovelace"), ("place", "London"), ("date", "Ada")),
        content=QUESTIONS,
        after=MOVE,
        color_scheme=scheme,
    )
    task.click("Lovelace")

    assert violations(task.page) == []
