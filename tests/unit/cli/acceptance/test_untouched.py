"""The answer of an untouched page, field by field, and what is left to a person."""

from __future__ import annotations

import pytest

from secondlook.cli.acceptance import CannotAccept, read, untouched

SIZE = {"height": 400, "width": 600}


def accept(inside: str) -> dict:
    return untouched(
        f"<p>before</p><crowd-form>{inside}</crowd-form>",
        lambda src: {**SIZE, **({"src": src} if "?" in src else {})},
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<input name="a" value="x &amp; y">', {"a": "x & y"}),
        ('<input name="a">', {}),
        ('<input name="a" type="hidden" value="1">', {"a": "1"}),
        ('<input name="a" type="submit" value="Go"><input name="b" type="file"><button name="c">', {}),
        ('<input name="a" type="range"><input name="b" type="color">', {"a": "50", "b": "#000000"}),
        ('<input name="a" value="x" disabled><fieldset disabled><input name="b" value="y"></fieldset>', {}),
        ('<input value="nameless">', {}),
        ('<input name="a" type="checkbox">', {"a": {"on": False}}),
        ('<input name="a" type="checkbox" value="x" checked><input name="a" type="checkbox" value="y">', {"a": {"x": True, "y": False}}),
        ('<input name="a" type="radio" value="x"><input name="a" type="radio" value="y" checked>', {"a": {"x": False, "y": True}}),
        ('<input name="a" value="1"><input name="a" value="2">', {"a": "2"}),
        ('<textarea name="a">\nfirst\nsecond</textarea>', {"a": "first\nsecond"}),
        ('<select name="a"><option>one</option><option value="2" selected>two</option></select>', {"a": "2"}),
        ('<select name="a"><option disabled value="">Choose</option><option> b  c </option></select>', {"a": "b c"}),
        ('<select name="a" multiple><option selected>x<option selected>y<option>z</select>', {"a": ["x", "y"]}),
        ('<select name="a" multiple><option>x</select>', {}),
        ('<crowd-input name="a" value="v"></crowd-input><crowd-text-area name="b" value="l\nm"></crowd-text-area>', {"a": "v", "b": "l\nm"}),
        ('<crowd-input name="a" label="A"></crowd-input>', {}),
        ('<crowd-checkbox name="a" value="x" checked="true"/><crowd-checkbox name="a" value="y">Y</crowd-checkbox>', {"a": {"x": True, "y": False}}),
        ('<crowd-radio-group><crowd-radio-button name="l" value="left">L</crowd-radio-button></crowd-radio-group>', {"l": {"left": False}}),
        ('<crowd-toggle-button name="a" checked></crowd-toggle-button>', {"a": {"on": True}}),
        ('<crowd-slider name="a" value="5.5"></crowd-slider><crowd-slider name="b" min="2"></crowd-slider>', {"a": 5.5, "b": 2}),
        ('<crowd-classifier name="a" categories="[\'x\', \'y\']" initial-value="y"></crowd-classifier>', {"a": {"label": "y"}}),
        ('<crowd-button form-action="submit">Go</crowd-button><crowd-card><p>t</p></crowd-card>', {}),
        ('<a name="top">x</a><iframe name="f"></iframe>', {}),
    ],
)  # fmt: skip
def test_a_field_gives_what_it_holds(html, expected):
    assert expected == accept(html)


@pytest.mark.parametrize(
    ("attributes", "boxes"),
    [
        (
            """initial-value='[{"label": "car", "left": 1.5, "top": 2.4, "width": 10, "height": 20, "score": 0.7}]'""",
            [{"height": 20, "label": "car", "left": 2, "top": 2, "width": 10}],
        ),
        ("""initial-value='{boundingBoxes: [{label: "tree", left: 1, top: 1, width: 1, height: 1}]}'""", []),
        ("initial-value='[]'", []),
    ],
)
def test_boxes_stay_as_they_came(attributes, boxes):
    html = f"""<crowd-bounding-box name="b" src="/p.png" labels="['car', 'person']" {attributes}></crowd-bounding-box>"""

    assert {
        "b": {"boundingBoxes": boxes, "initialValueModified": False, "inputImageProperties": SIZE}
    } == accept(html)


@pytest.mark.parametrize("attributes", ["", "initial-value=''"])
def test_without_boxes_given_nothing_is_said_about_changes(attributes):
    html = (
        f"<crowd-bounding-box name='b' src='/p.png?x=1' labels='[\"car\"]' {attributes}></crowd-bounding-box>"
    )

    assert {"b": {"boundingBoxes": [], "inputImageProperties": {**SIZE, "src": "/p.png?x=1"}}} == accept(html)


@pytest.mark.parametrize(
    ("tag", "given", "expected"),
    [
        ("crowd-keypoint", "[{label: 'a', x: 1, y: 2}]", {"keypoints": [{"label": "a", "x": 1, "y": 2}]}),
        (
            "crowd-polygon",
            "[{label: 'a', vertices: [{x: 1, y: 2}, {x: 3, y: 4}]}]",
            {"polygons": [{"label": "a", "vertices": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]}]},
        ),
        (
            "crowd-line",
            "{lines: [{label: 'a', vertices: [{x: 1, y: 2}, {x: 3, y: 4}]}]}",
            {"lines": [{"label": "a", "vertices": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]}]},
        ),
    ],
)
def test_other_shapes_stay_as_they_came(tag, given, expected):
    html = f"""<{tag} name="s" src="/p.png" labels="['a']" initial-value="{given}"></{tag}>"""

    assert {"s": {**expected, "initialValueModified": False, "inputImageProperties": SIZE}} == accept(html)


def test_spans_of_text_stay_as_they_came():
    html = """<crowd-entity-annotation name="e" text="Ada met Bob" labels="[{label: 'person'}]"
      initial-value="[{label: 'person', startOffset: 0, endOffset: 3, score: 0.9}]"></crowd-entity-annotation>"""

    assert {"e": {"entities": [{"endOffset": 3, "label": "person", "startOffset": 0}]}} == untouched(
        html, lambda _: SIZE
    )


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<input name="a" required>', '<input name="a"> is required and empty'),
        ('<input name="a" type="checkbox" required>', '<input name="a"> is required and not ticked'),
        ('<input name="a" type="radio" value="x" required>', '<input name="a"> is required and nothing is chosen'),
        ('<select name="a" required><option value="">Choose</option></select>', "is required and empty"),
        ('<crowd-slider name="a" required></crowd-slider>', "a person has to move it"),
        ('<crowd-slider name="a" value="many"></crowd-slider>', "no number: 'many'"),
        ('<crowd-classifier name="a" categories="[\'x\']"></crowd-classifier>', "a person has to choose one"),
        ('<crowd-image-classifier name="a"></crowd-image-classifier>', '<crowd-image-classifier name="a"> cannot be accepted'),
        ('<object-value-input name="a"></object-value-input>', "<object-value-input"),
        ("<crowd-textract-analyze-document></crowd-textract-analyze-document>", "<crowd-textract-analyze-document> cannot"),
        ('<crowd-bounding-box name="b" labels="[oops"></crowd-bounding-box>', "an attribute labels that cannot be read: unexpected"),
        ('<crowd-bounding-box name="b" labels="3"></crowd-bounding-box>', "labels that holds no list"),
        ("""<crowd-bounding-box name="b" labels="['a']" initial-value="[{label: 'a'}]"></crowd-bounding-box>""", "lacks 'height'"),
        (
            """<crowd-keypoint name="b" labels="['a']" initial-value="[{label: 'a', x: 'left', y: 1}]"></crowd-keypoint>""",
            "'x' is no number: 'left'",
        ),
    ],
)  # fmt: skip
def test_what_only_a_person_can_answer_is_named(html, message):
    with pytest.raises(CannotAccept) as caught:
        accept(html)

    assert message in caught.value.message


def test_a_required_radio_group_with_a_choice_is_fine():
    html = '<input name="a" type="radio" value="x" required><input name="a" type="radio" value="y" checked>'

    assert {"a": {"x": False, "y": True}} == accept(html)


def test_a_page_without_a_form_says_so():
    with pytest.raises(CannotAccept, match="no crowd-form"):
        untouched('<input name="a" value="x">', lambda _: SIZE)


def test_fields_outside_the_form_do_not_count():
    assert {} == untouched(
        '<input name="a" value="x"><crowd-form></crowd-form><input name="b" value="y">', lambda _: SIZE
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<script src="http://h/static/built/crowd-html-elements.js?v=1"></script>', False),
        ("<script>go()</script>", True),
        ('<script src="https://cdn/x.js"></script>', True),
    ],
)
def test_scripts_of_the_page_itself_are_noticed(html, expected):
    assert expected == read(html).has_scripts


def test_of_repeated_attributes_the_first_counts():
    assert {"a": "1"} == accept('<input name="a" value="1" value="2">')
