"""Lines of text: the question, the answer, and what became of each."""

from __future__ import annotations

from PIL import Image

from secondlook.cli.demo.lines import Lines

READ = [
    {"id": "II", "score": 0.65, "left": 569, "top": 6, "right": 711, "bottom": 134},
    {"id": "MIST E.", "score": 0.64, "left": 90, "top": 657, "right": 259, "bottom": 682},
    {"id": "dust", "score": 0.5, "left": 0, "top": 0, "right": 5, "bottom": 5},
]
ANSWER = {"line-1": "III.", "line-2": "MIST E."}


def test_the_question_names_a_field_for_each_line():
    lines = Lines().question(READ, "s3://b/page.jpg")["lines"]

    assert [("line-1", "II", 142, 128), ("line-2", "MIST E.", 169, 25)] == [
        (line["name"], line["text"], line["width"], line["height"]) for line in lines[:2]
    ]


def test_the_size_in_the_question_is_that_of_the_picture():
    with Image.open(Lines.picture) as page:
        assert page.size == Lines.size


def test_a_line_is_kept_corrected_or_deleted():
    _, rows = Lines().outcome(READ, ANSWER)

    assert [("II", "III.", "corrected"), ("MIST E.", "MIST E.", "kept"), ("dust", "", "deleted")] == rows


def test_only_lines_that_say_something_are_drawn_afterwards():
    assert ["III.", "MIST E."] == [line.caption for line in Lines().after(READ, ANSWER)]
