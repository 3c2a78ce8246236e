"""crowd-bounding-box as templates write and script it: attributes, properties, names in the shadow root, pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]
Open = Callable[..., Page]


@pytest.mark.parametrize(
    "labels",
    [
        "['car', 'person']",
        "['car',\n  'person',]",
        "[&quot;car&quot;,&quot;person&quot;]",
        "[ 'car', // the first\n 'person' ]",
    ],
)
def test_labels_are_read_leniently_and_written_back_as_strict_json(boxes: Editor, labels: str) -> None:
    editor = boxes(f'labels="{labels}"')

    assert editor.tool("tool.getAttribute('labels')") == '["car","person"]'
    assert editor.tool("tool.labels") == ["car", "person"]


def test_labels_that_a_script_assigns_replace_the_list(boxes: Editor) -> None:
    editor = boxes()

    editor.tool("tool.labels = []")
    expect(editor.page.get_by_role("option")).to_have_count(0)
    editor.tool("tool.labels = tool.labels.concat(['bus', 'tram'])")
    editor.tool("tool.labels = tool.labels.filter((label) => label !== 'bus')")
    editor.drag((10, 10), (60, 60))

    expect(editor.page.get_by_role("option")).to_have_text(["tram 1 1"], use_inner_text=False)
    assert editor.labels == ["tram"]
    assert editor.tool("tool.getAttribute('labels')") == '["tram"]'


def test_the_element_is_a_global_by_its_id(boxes: Editor) -> None:
    editor = boxes("id='annotator' labels='[\"a\"]'")

    assert editor.page.evaluate("annotator.labels") == ["a"]


def test_initial_boxes_keep_numbers_and_order_and_new_ones_follow(boxes: Editor) -> None:
    editor = boxes(
        """labels='["car", "person"]' initial-value='[
          {"height": 110, "width": 171, "top": 175, "left": 399, "label": "car"},
          {"height": 300, "width": 58, "top": 4, "left": 12, "label": "person"}]'"""
    )
    editor.drag((300, 20), (350, 60))

    assert editor.rects == [(399, 175, 171, 110), (12, 4, 58, 300), (300, 20, 50, 40)]


def test_fractions_of_a_model_are_rounded(boxes: Editor) -> None:
    editor = boxes(
        """labels='["car"]' initial-value='[{"left": 10.4, "top": 20.5, "width": 30.6, "height": 40.2, "label": "car"}]'"""
    )

    assert editor.rects == [(10, 21, 31, 40)]
    assert editor.value["initialValueModified"] is False


def test_initial_boxes_with_a_label_that_is_not_listed_are_not_drawn(boxes: Editor) -> None:
    editor = boxes(
        """labels='["car"]' initial-value='[{"left": 1, "top": 2, "width": 3, "height": 4, "label": "cat"},
          {"left": 5, "top": 6, "width": 7, "height": 8, "label": "car"}]'"""
    )

    assert editor.rects == [(5, 6, 7, 8)]
    assert editor.value["initialValueModified"] is False


@pytest.mark.parametrize("attribute", ["", "initial-value=''", "initial-value='null'"])
def test_without_initial_boxes_there_is_no_word_of_modification(boxes: Editor, attribute: str) -> None:
    editor = boxes(f"labels='[\"car\"]' {attribute}")

    assert "initialValueModified" not in editor.value


def test_initial_boxes_may_be_none(boxes: Editor) -> None:
    editor = boxes("labels='[\"car\"]' initial-value='[]'")
    assert editor.value["initialValueModified"] is False

    editor.drag((10, 10), (50, 50))

    assert editor.value["initialValueModified"] is True


@pytest.mark.parametrize(("member", "percent"), [('"score": 0.83', "83%"), ('"confidence": 83.2', "83%")])
def test_a_score_is_shown_and_never_part_of_the_answer(boxes: Editor, member: str, percent: str) -> None:
    editor = boxes(
        f"""labels='["car"]' initial-value='[{{"left": 100, "top": 100, "width": 99, "height": 99, "label": "car", {member}, "id": "x"}}]'"""
    )
    editor.click((150, 150))

    assert percent in editor.status
    assert editor.value["boundingBoxes"] == [
        {"height": 99, "label": "car", "left": 100, "top": 100, "width": 99}
    ]


def test_a_script_may_add_to_the_objects_of_the_answer(boxes: Editor) -> None:
    editor = boxes(
        """labels='["car"]' initial-value='[{"left": 1, "top": 2, "width": 3, "height": 4, "label": "car"}]'"""
    )
    editor.page.evaluate(
        """() => { document.querySelector('crowd-form').onsubmit = () => {
          const tool = document.querySelector('crowd-bounding-box');
          (tool._submittableValue || tool.value).boundingBoxes[0].id = 'seven';
        }; }"""
    )

    editor.page.get_by_role("button", name="Submit").click()

    expect(editor.page.locator("#answers-box")).to_contain_text('"id": "seven"')


def test_colours_can_be_looked_up_and_named(boxes: Editor) -> None:
    editor = boxes('labels=\'["a", "b", "c"]\' label-colors=\'["#010203"]\'')

    assert editor.tool("tool.store.getState().label.labels") == {
        "a": {"color": "#010203"},
        "b": {"color": "#1f77b4"},
        "c": {"color": "#ff7f0e"},
    }


@pytest.mark.parametrize(
    "selector",
    [
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
    ],
)
def test_names_that_templates_reach_for_exist_when_ready(open_page: Open, selector: str) -> None:
    page = open_page(
        f"""<crowd-form><crowd-bounding-box name="b" src="/picture.png" labels="['a']">
          <full-instructions>All</full-instructions><short-instructions>Some</short-instructions></crowd-bounding-box></crowd-form>
        <script>document.addEventListener('all-crowd-elements-ready', () =>
          window.isThere = document.querySelector('crowd-bounding-box').shadowRoot.querySelector('{selector}') !== null);</script>"""
    )

    assert page.evaluate("isThere") is True


def test_a_box_created_by_a_script_works(open_page: Open) -> None:
    page = open_page("<crowd-form id='task'></crowd-form>")

    page.evaluate(
        """() => {
          const tool = document.createElement('crowd-bounding-box');
          tool.setAttribute('name', 'late');
          tool.setAttribute('labels', "['a']");
          tool.setAttribute('initial-value', "[{label: 'a', left: 1, top: 2, width: 3, height: 4}]");
          tool.setAttribute('src', '/picture.png');
          task.form.appendChild(tool);
        }"""
    )

    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value?.inputImageProperties.width === 600"
    )
    page.locator("crowd-bounding-box").get_by_role("button", name="Submit").click()
    expect(page.locator("#answers-box")).to_contain_text('"late"')


def test_fields_in_the_instructions_are_part_of_the_answer(boxes: Editor) -> None:
    editor = boxes(content='<short-instructions><input name="remark" value="blurred"></short-instructions>')
    editor.drag((10, 10), (60, 60))

    editor.page.get_by_role("button", name="Submit").click()

    expect(editor.page.locator("#answers-box")).to_contain_text('"remark": "blurred"')


def test_attributes_stay_live(boxes: Editor, site: Any) -> None:
    out = io.BytesIO()
    Image.new("RGB", (90, 70)).save(out, "PNG")
    site.bodies["/other.png"] = out.getvalue()
    editor = boxes()

    editor.tool("tool.setAttribute('header', 'Another header')")
    editor.tool(
        "tool.setAttribute('initial-value', JSON.stringify([{label: 'car', left: 1, top: 2, width: 3, height: 4}]))"
    )
    editor.tool("tool.src = '/other.png'")

    expect(editor.page.get_by_role("heading", name="Another header")).to_be_visible()
    assert editor.rects == [(1, 2, 3, 4)]
    editor.page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width === 90"
    )


def test_stored_pixels_count_whatever_the_exif_orientation_says(boxes: Editor, site: Any) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # "rotate by 90 degrees to display"
    out = io.BytesIO()
    image = Image.new("RGB", (600, 400), "grey")
    image.save(out, "JPEG", exif=exif)
    site.bodies["/picture.png"] = out.getvalue()

    editor = boxes()
    editor.drag((500, 300), (580, 390))

    assert editor.value["inputImageProperties"] == {"height": 400, "width": 600}
    assert editor.rects == [(500, 300, 80, 90)]


def test_a_picture_that_does_not_load_is_named_without_its_signature_and_can_be_retried(
    boxes: Editor, open_page: Open, site: Any
) -> None:
    site.bodies["/secret.png"] = None
    page = open_page(
        '<crowd-form><crowd-bounding-box name="b" src="/secret.png?X-Amz-Signature=abc" labels="[\'a\']"></crowd-bounding-box></crowd-form>'
    )
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(
        "/secret.png could not be loaded: its server answered 403, its link may have expired."
    )
    expect(alert).not_to_contain_text("abc")

    site.bodies["/secret.png"] = site.bodies["/picture.png"]
    page.get_by_role("button", name="Try again").click()

    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value?.inputImageProperties.width === 600"
    )
    expect(alert).to_be_hidden()


def test_a_file_that_is_no_picture_is_named(open_page: Open, site: Any) -> None:
    site.bodies["/notes.png"] = b"these are not pixels"

    page = open_page(
        '<crowd-form><crowd-bounding-box name="b" src="/notes.png" labels="[\'a\']"></crowd-bounding-box></crowd-form>'
    )

    expect(page.get_by_role("alert")).to_contain_text(
        "/notes.png is not a picture that this browser can show."
    )


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        (
            "labels=\"['car' 'person']\"",
            'The attribute labels cannot be read: expected "," or "]" at character 8, found "\'person\']"',
        ),
        ("labels='{}'", 'The attribute labels must be a list such as ["car", "person"]'),
        ("labels='[{}]'", "The attribute labels must hold texts, but item 1 is {}"),
        (
            "labels='[\"a\"]' initial-value='7'",
            'The attribute initial-value must be a list, or an object with a list "boundingBoxes"',
        ),
    ],
)
def test_an_attribute_that_cannot_be_read_is_explained(
    open_page: Open, attributes: str, message: str
) -> None:
    page = open_page(
        f'<crowd-form><crowd-bounding-box name="b" src="/picture.png" {attributes}></crowd-bounding-box></crowd-form>'
    )

    expect(page.get_by_role("alert")).to_have_text(message)


def test_the_tool_fills_the_window_below_what_stands_above_it(open_page: Open) -> None:
    page = open_page(
        """<div style="height: 100px">Above</div>
        <crowd-form><crowd-bounding-box name="b" src="/picture.png" labels="['a']"></crowd-bounding-box></crowd-form>"""
    )

    page.wait_for_function(
        "Math.round(document.querySelector('crowd-bounding-box').getBoundingClientRect().bottom) === innerHeight"
    )
    assert page.evaluate("document.documentElement.scrollHeight === innerHeight")
