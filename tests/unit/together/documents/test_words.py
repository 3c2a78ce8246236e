"""How a line is cut into words."""

from __future__ import annotations

import pytest

from secondlook.together.documents.words import cut, cut_at_colons


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Full name: Okafor", ["Full", "name:", "Okafor"]),
        ("  a   b ", ["a", "b"]),
        ("", []),
        ("   ", []),
        ("Name:Okafor", ["Name:", "Okafor"]),
        ("Name:14", ["Name:", "14"]),
        ("姓名\uff1a王", ["姓名\uff1a", "王"]),
        ("at 12:30", ["at", "12:30"]),
        ("https://example.org", ["https://example.org"]),
        ("C:\\scans", ["C:\\scans"]),
        ("a:b:c", ["a:b:c"]),
        ("Name:", ["Name:"]),
    ],
)
def test_a_line_is_cut_at_its_spaces_and_between_a_key_and_its_value(line: str, words: list[str]) -> None:
    assert words == [word for word, _, _ in cut_at_colons(cut(line))]


def test_words_have_shares_of_the_line_as_broad_as_their_letters() -> None:
    (_, _, narrow), (_, broad, end) = cut("illi MMWW")

    assert 0 < narrow < 0.25 < broad < 0.35
    assert end == pytest.approx(1)


def test_a_key_and_its_value_share_the_place_of_their_word() -> None:
    (_, start, middle), (_, begin, end) = cut_at_colons([("Name:Okafor", 0.5, 1.0)])

    assert (start, end) == (0.5, 1.0)
    assert middle == begin
    assert 0.6 < middle < 0.8
