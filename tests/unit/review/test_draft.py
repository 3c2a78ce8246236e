"""A draft may have as many bytes as an answer: what can be handed in can be kept."""

from __future__ import annotations

import pytest

from secondlook.review import answer, draft
from secondlook.review.errors import Invalid


@pytest.mark.parametrize("character", ["a", "é", "日", "😀"])
def test_what_can_be_handed_in_can_be_kept(character):
    size = len(character.encode())
    most = {"x": character * ((answer.MOST_BYTES - 100) // size)}

    assert answer.accept(most) == draft.document(most).value


def test_more_is_refused_with_its_size():
    with pytest.raises(Invalid, match=r"the draft has 20,97\d,\d{3} bytes; at most 20,971,520 can be kept"):
        draft.document({"x": "日" * (answer.MOST_BYTES // 3)})


def test_half_a_pair_of_surrogates_is_kept_as_it_came():
    assert draft.document({"x": "\ud83d"}).value == {"x": "\ud83d"}
