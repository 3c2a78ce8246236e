"""What of a page counts for its answer, and what of it no case of an element can say."""

from __future__ import annotations

import pytest

from secondlook.review.render import elements
from secondlook.reviewer.acceptance import CannotAccept, Page, untouched
from tests.element_cases import SIZE


def accept(html: str) -> dict:
    return untouched(html, lambda _: dict(SIZE))


def test_fields_outside_the_form_do_not_count():
    page = '<input name="a" value="x"><crowd-form></crowd-form><input name="b" value="y">'

    assert {} == accept(page)


def test_the_forms_of_a_page_make_one_answer():
    page = '<crowd-form><input name="a" value="x"></crowd-form><crowd-form><input name="b" value="y"></crowd-form>'

    assert {"a": "x", "b": "y"} == accept(page)


def test_a_page_without_a_form_cannot_be_submitted():
    with pytest.raises(CannotAccept, match="The page has no form"):
        accept('<input name="a">')


def test_options_of_a_list_of_suggestions_belong_to_no_select():
    page = '<crowd-form><select name="a"></select><datalist><option value="x"></datalist></crowd-form>'

    assert {} == accept(page)


def test_the_size_of_the_picture_is_that_of_the_tools_own():
    page = """<crowd-form><crowd-bounding-box name="a" src="/p.png?x=1" labels="['car']"
        initial-value="[{label: 'car', left: 1, top: 1, width: 2, height: 2}]"></crowd-bounding-box></crowd-form>"""
    addresses = []

    untouched(page, lambda src: addresses.append(src) or dict(SIZE))

    assert ["/p.png?x=1"] == addresses


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<crowd-unheard-of name="a"></crowd-unheard-of>', '<crowd-unheard-of name="a"> cannot be accepted as it is'),
        ("<crowd-textract-analyze-document initial-value='[{blockType: \"KEY_VALUE_SET\", id: \"k\"}]'></crowd-textract-analyze-document>", "has blocks without an id or a text"),
        ('<crowd-slider name="a" value="many"></crowd-slider>', "no number: 'many'"),
        ('<crowd-slider name="a" value="nan"></crowd-slider>', "no number: 'nan'"),
    ],
)  # fmt: skip
def test_what_only_a_person_can_answer_is_named(html, message):
    with pytest.raises(CannotAccept) as caught:
        accept(f"<crowd-form>{html}</crowd-form>")

    assert message in str(caught.value)


def test_an_element_without_a_rule_and_without_a_name_adds_nothing():
    assert {} == accept("<crowd-form><own-layout></own-layout></crowd-form>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<script src="http://h/static/built/crowd-html-elements.js?v=1"></script>', False),
        ('<script src="data:text/javascript,"></script>', False),
        ("<script>go()</script>", True),
        ('<script src="https://cdn/x.js"></script>', True),
    ],
)
def test_scripts_of_the_page_itself_are_noticed(html, expected):
    assert expected == Page(html).has_scripts


def test_every_rule_is_of_an_element_that_there_is():
    known = {*elements.AMAZONS, *elements.served(), "input", "select", "textarea"}

    assert set() == elements.untouched().keys() - known
