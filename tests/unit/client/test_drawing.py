"""What is drawn of a prediction and its answers, and that nothing in it can be more than text."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from secondlook.client.drawing import drawing, words
from secondlook.client.drawing.picture import Picture
from secondlook.client.errors import SecondlookError
from tests.pictures.making import saved

SVG = "{http://www.w3.org/2000/svg}"
PICTURE = saved("PNG", Image.new("RGB", (300, 200), "blue"))
SEEN = [{"id": "dog", "score": 0.5, "left": 10, "top": 20, "right": 60, "bottom": 80}]
BOX = {"label": "cat", "left": 15, "top": 25, "width": 50, "height": 60}


def drawn(answers, prediction=SEEN, content=None, body=PICTURE):
    return drawing(content or {}, prediction, answers, lambda: body)


def titles(svg):
    return [title.text for title in ET.fromstring(svg).iter(f"{SVG}title")]


def test_boxes_stand_over_the_picture_as_predicted_and_as_answered():
    svg = drawn([{"any-name": {"boundingBoxes": [BOX]}}]).svg

    root = ET.fromstring(svg)
    assert "0 0 300 200" == root.get("viewBox")
    assert root.find(f"{SVG}image").get("href").startswith("data:image/png;base64,")
    assert ["dog 0.50 · predicted", "cat · answered"] == titles(svg)
    predicted, answered = (group.findall(f"{SVG}rect")[1] for group in root.findall(f"{SVG}g"))
    assert ("10", "20", "50", "60") == tuple(predicted.get(name) for name in ("x", "y", "width", "height"))
    assert predicted.get("stroke-dasharray")
    assert not answered.get("stroke-dasharray")


def test_several_answers_are_told_apart():
    answer = {"b": {"boundingBoxes": [BOX]}}

    assert ["cat · answer 1 of 2", "cat · answer 2 of 2"] == titles(drawn([answer, answer], None).svg)


@pytest.mark.parametrize(
    ("answer", "element"),
    [
        (
            {
                "polygons": [
                    {"label": "a", "vertices": [{"x": 1, "y": 2}, {"x": 3, "y": 4}, {"x": 9, "y": 1}]}
                ]
            },
            "polygon",
        ),
        ({"polylines": [{"label": "a", "vertices": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]}]}, "polyline"),
        ({"keypoints": [{"label": "a", "x": 1, "y": 2}]}, "circle"),
        ({"labelMappings": {"a": {"color": "#ff0000"}}, "labeledImage": {"pngImageData": "AAAA"}}, "image"),
    ],
)
def test_whatever_has_a_place_is_drawn(answer, element):
    root = ET.fromstring(drawn([{"tool": answer}], None).svg)

    assert 2 == len(list(root.iter(f"{SVG}{element}")))
    assert any("a" in title for title in titles(ET.tostring(root)))


def test_boxes_in_shares_of_the_picture_find_their_place():
    seen = {
        "ModerationLabels": [
            {
                "Name": "x",
                "Confidence": 9,
                "BoundingBox": {"Left": 0.5, "Top": 0.5, "Width": 0.1, "Height": 0.1},
            }
        ]
    }

    rect = next(ET.fromstring(drawn([], seen).svg).iter(f"{SVG}rect"))
    assert ("150", "100", "30", "20") == tuple(rect.get(name) for name in ("x", "y", "width", "height"))


def test_without_a_picture_the_boxes_stand_on_grey_in_a_frame_that_holds_them():
    for body in (None, b"II*\x00tiff", b"\xff\xd8\xffbroken"):
        root = ET.fromstring(drawn([], body=body).svg)

        assert "0 0 63 84" == root.get("viewBox")
        assert root.find(f"{SVG}image") is None


def test_a_loop_that_is_seen_later_shows_the_boxes_its_page_began_with():
    assert ["cat · predicted"] == titles(drawn([], None, {"initialValue": [BOX]}).svg)


def test_texts_are_compared_with_what_the_worker_began_with():
    content = {"prediction": {"summary": "The cat sat."}, "note": "kept"}

    page = drawn([{"summary": "The dog sat.", "note": "kept", "ok": True}], None, content).html(
        "Review · flow"
    )

    assert re.search(r"<del [^>]*>cat</del><ins [^>]*>dog</ins> sat\.", page)
    assert "<b>Review · flow</b>" in page
    assert ">true<" in page
    assert page.count("<del") == 1


def test_choices_fields_and_passages_are_said():
    content = {"text": "Ada wrote it"}
    spans = {"entities": [{"label": "person", "startOffset": 0, "endOffset": 3}]}

    page = drawn([{"ner": spans, "category": {"labels": ["x", "y"]}}], None, content).html()

    assert ">person</th>" in page
    assert ">Ada<" in page
    assert ">x, y<" in page


def test_where_nothing_has_a_place_no_picture_is_fetched():
    def load():
        raise AssertionError("fetched")

    nothing = drawing({}, {"label": "x"}, [{"a": "b"}], load)

    assert nothing.svg is None
    with pytest.raises(SecondlookError, match="no picture to save"):
        nothing.save("x.svg")


def test_a_drawing_is_saved_as_it_is_shown(tmp_path):
    drawn([]).save(tmp_path / "a.svg")

    assert drawn([]).svg == (tmp_path / "a.svg").read_text()


HOSTILE = st.sampled_from(
    ["<script>", "</svg>", '"onload="x', "]]>", "&amp;", "'", "\u202e", "\x00", "\ud800"]
)


@given(st.text() | HOSTILE)
def test_what_strangers_wrote_stays_text(label):
    box = {**BOX, "label": label}
    shown = drawn(
        [{"tool": {"boundingBoxes": [box]}, label: label}], [{**SEEN[0], "id": label}], {label: "x"}
    )

    page = shown.html(label)
    assert not re.search(r"<(?!/?(?:div|b|img|table|tr|td|th|del|ins)[ >])", page)
    ET.fromstring(shown.svg.encode("utf-8", "replace"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_struck_and_what_is_new_make_up_both_texts(before, after):
    page = words.changes(before, after)

    old = re.sub(r"<ins.*?</ins>", "", page, flags=re.DOTALL)
    new = re.sub(r"<del.*?</del>", "", page, flags=re.DOTALL)
    strip = re.compile(r"</?(?:ins|del)[^>]*>")
    if before != after:
        assert words.shown(before) == strip.sub("", old)
    assert words.shown(after) == strip.sub("", new)


def test_long_texts_are_cut_and_not_compared_for_hours():
    assert "5 characters more" in words.shown("x" * 20_005)
    assert "<ins" not in words.changes("a " * 5000, "b " * 5000)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(saved("JPEG"), "jpeg"), (saved("WEBP"), "webp"), (saved("GIF"), "gif"), (saved("PNG"), "png")],
)
def test_pictures_that_browsers_show_are_known_by_their_bytes(body, kind):
    picture = Picture.of(body)

    assert (kind, 600, 400) == (picture.kind, *picture.size)
