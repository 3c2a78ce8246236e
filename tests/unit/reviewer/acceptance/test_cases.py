"""The scripted reviewer answers as the elements do in a browser, or says that it does not."""

from __future__ import annotations

import pytest

from secondlook.reviewer.acceptance import CannotAccept, untouched
from tests.element_cases import ALL, SIZE, Case


def accept(html: str) -> dict:
    return untouched(html, lambda _: dict(SIZE))


def is_left_to_a_person(case: Case) -> bool:
    return case.refused is not None or case.reviewer is not None


@pytest.mark.parametrize("case", [case for case in ALL if not is_left_to_a_person(case)], ids=str)
def test_it_answers_as_the_element_does(case):
    assert case.answer == accept(case.html())


@pytest.mark.parametrize("case", [case for case in ALL if is_left_to_a_person(case)], ids=str)
def test_it_says_what_is_left_to_a_person(case):
    with pytest.raises(CannotAccept) as caught:
        accept(case.html())

    assert (case.reviewer or "") in str(caught.value)
    assert f"<{case.tag}" in str(caught.value) or case.tag == "crowd-form"
