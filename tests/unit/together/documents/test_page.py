"""What endpoints answer, read as a page."""

from __future__ import annotations

from typing import Any

import pytest

from secondlook.together.documents.page import NotRead, page_of

from .paper import answer

BOX = {"id": "Full name: Okafor", "score": 0.9, "left": 100, "top": 50, "right": 300, "bottom": 80}
LINE = answer((100, 50, "Full name: Okafor"))["lines"][0]


def test_boxes_are_lines_whose_words_are_cut() -> None:
    page = page_of([BOX], (1000, 800))

    assert (page.width, page.height) == (1000, 800)
    (line,) = page.lines
    assert [word.text for word in line.words] == ["Full", "name:", "Okafor"]
    assert line.words[0].polygon[0] == (100, 50)
    assert line.words[-1].polygon[2] == pytest.approx((300, 80))
    assert all(word.score == 0.9 for word in line.words)


def test_words_that_the_reader_found_keep_their_places_and_scores() -> None:
    found = {"text": "Full", "score": 0.4, "polygon": [[1, 2], [3, 2], [3, 4], [1, 4]]}
    page = page_of({"width": 10, "height": 10, "lines": [{**LINE, "words": [found]}]}, None)

    (word,) = page.lines[0].words
    assert (word.text, word.score, word.polygon) == ("Full", 0.4, ((1, 2), (3, 2), (3, 4), (1, 4)))


def test_an_empty_box_to_tick_that_was_read_as_two_words_is_one() -> None:
    words = [
        {"text": text, "score": 1, "polygon": [[left, 0], [left + 5, 0], [left + 5, 9], [left, 9]]}
        for left, text in ((0, "["), (9, "]"), (20, "Child"))
    ]
    page = page_of({"width": 99, "height": 9, "lines": [{**LINE, "words": words}]}, None)

    assert [("[]", 14), ("Child", 25)] == [(word.text, word.polygon[1][0]) for word in page.lines[0].words]


def test_scores_stay_between_nothing_and_certainty() -> None:
    assert [1.0, 0.0] == [page_of([{**BOX, "score": score}], (1000, 800)).lines[0].score for score in (7, -1)]


@pytest.mark.parametrize(
    ("read", "size", "message"),
    [
        ({"predictions": []}, (1, 1), "$ is no list of lines"),
        ("text", (1, 1), "$ is no list of lines"),
        ([BOX], None, "how large the page is"),
        ([BOX], (0, 5), "0 by 5 pixels"),
        ([7], (1, 1), "$[0] is no object"),
        ([{**BOX, "id": 7}], (1, 1), "$[0].id is no text"),
        ([{**BOX, "left": "1"}], (1, 1), "$[0].left is no number"),
        ([{**BOX, "score": True}], (1, 1), "$[0].score is no number"),
        ([{**BOX, "right": float("nan")}], (1, 1), "$[0].right is no number"),
        ([{**BOX, "right": 10**400}], (1, 1), "$[0].right is no number"),
        ({"width": 1, "height": 10**400, "lines": []}, None, "$.height is no number"),
        ({"lines": []}, None, "$.width is no number"),
        ({"width": 1, "height": 1, "lines": [7]}, None, "$.lines[0] is no object"),
        ({"width": 1, "height": 1, "lines": [{**LINE, "text": None}]}, None, "$.lines[0].text is no text"),
        (
            {"width": 1, "height": 1, "lines": [{**LINE, "polygon": [[1, 2]]}]},
            None,
            "$.lines[0].polygon has not 4 corners",
        ),
        (
            {"width": 1, "height": 1, "lines": [{**LINE, "polygon": [1, 2, 3, 4]}]},
            None,
            "$.lines[0].polygon has a corner that is no [x, y]",
        ),
        ({"width": 1, "height": 1, "lines": [{**LINE, "words": 7}]}, None, "$.lines[0].words is no list"),
        (
            {"width": 1, "height": 1, "lines": [{**LINE, "words": [{}]}]},
            None,
            "$.lines[0].words[0].text is no text",
        ),
    ],
)
def test_what_is_no_page_is_refused_with_the_place(read: Any, size: Any, message: str) -> None:
    with pytest.raises(NotRead) as error:
        page_of(read, size)

    assert message in str(error.value)
