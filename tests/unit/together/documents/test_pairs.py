"""Keys and values by where they stand."""

from __future__ import annotations

import pytest

from secondlook.together.documents.pairs import form_of

from .paper import pairs, written


def rows(*texts: tuple[str, str]) -> list[tuple[int, int, str]]:
    return [
        (left, 50 + 40 * place, text)
        for place, row in enumerate(texts)
        for left, text in zip((50, 300), row, strict=True)
    ]


LIST = rows(("Make", "Brompton"), ("Colour", "Blue"), ("Frame", "S 1234"))
PRICES = rows(("Item", "Price"), ("Globe", "21"), ("Atlas", "14"))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([(50, 50, "Name: Ada Okafor")], {"Name:": "Ada Okafor"}),
        ([(50, 50, "Full name of the applicant: Ada")], {"Full name of the applicant:": "Ada"}),
        ([(50, 50, "Name:"), (300, 50, "Ada")], {"Name:": "Ada"}),
        ([(50, 50, "Name:"), (300, 56, "Ada")], {"Name:": "Ada"}),
        ([(50, 50, "Name:"), (50, 80, "Ada")], {"Name:": "Ada"}),
        ([(50, 50, "Name:"), (50, 300, "Ada")], {"Name:": ""}),
        ([(50, 50, "Name:"), (900, 50, "page 3")], {"Name:": ""}),
        ([(50, 50, "Name:"), (50, 100, "Town:"), (300, 100, "Leith")], {"Name:": "", "Town:": "Leith"}),
        (
            [(50, 50, "Name:"), (200, 50, "Ada"), (500, 50, "Town:"), (650, 50, "Leith")],
            {"Name:": "Ada", "Town:": "Leith"},
        ),
        (
            [(50, 50, "Address:"), (300, 50, "14 Harbour Road"), (300, 78, "Leith")],
            {"Address:": "14 Harbour Road Leith"},
        ),
        (
            [(50, 50, "Address:"), (300, 50, "14 Harbour Road"), (50, 78, "Town:"), (300, 78, "Leith")],
            {"Address:": "14 Harbour Road", "Town:": "Leith"},
        ),
        ([(50, 50, "From: 1 May Until: 2 June")], {"From:": "1 May", "Until:": "2 June"}),
        ([(50, 50, "[x] Adult [ ] Child")], {"Adult": "True", "Child": "False"}),
        ([(50, 50, "[x] Adult [] Child")], {"Adult": "True", "Child": "False"}),
        ([(50, 50, "Adult ☒ Child ☐")], {"Adult": "True", "Child": "False"}),
        ([(50, 50, "☐ Keep me informed")], {"Keep me informed": "False"}),
        (
            [
                (50, 200, "Employer"),
                (500, 200, "Title"),
                (50, 225, "Northern Lights"),
                (500, 225, "Surveyor"),
            ],
            {"Employer": "Northern Lights", "Title": "Surveyor"},
        ),
        (
            LIST,
            {"Make": "Brompton", "Colour": "Blue", "Frame": "S 1234"},
        ),
        (
            PRICES,
            {},
        ),
        (
            rows(("Subtotal", "475.70"), ("VAT 20 %", "95.14"), ("Total", "570.84")),
            {"Subtotal": "475.70", "VAT 20 %": "95.14", "Total": "570.84"},
        ),
        (rows(("A 1", "x"), ("B 2", "y"), ("Total", "z")), {}),
        ([(50, 200, "Yours sincerely,"), (50, 225, "Morag Lindsay")], {}),
        ([(50, 50, "The meeting began at 12:30 and ended.")], {}),
        ([(50, 50, "One paragraph"), (50, 80, "of three lines"), (50, 110, "of text")], {}),
        ([(50, 50, "10:")], {}),
        ([], {}),
    ],
)
def test_pairs_are_found_where_people_would_see_them(
    texts: list[tuple[int, int, str]], found: dict[str, str]
) -> None:
    assert found == pairs(written(*texts))


@pytest.mark.parametrize("skew", [-12, -3, 2, 9])
def test_a_page_that_leans_reads_as_one_that_stands(skew: float) -> None:
    texts = [(50, 100 + 40 * row, f"Field {chr(65 + row)}:") for row in range(10)]
    texts += [(600, 100 + 40 * row, f"value {row}") for row in range(10)]

    assert pairs(written(*texts)) == pairs(written(*texts, skew=skew))


def test_a_plainer_rule_is_surer() -> None:
    texts = [
        [(50, 50, "Name: Ada")],
        [(50, 50, "Name:"), (200, 50, "Ada")],
        [(50, 50, "Name:"), (400, 50, "Ada")],
        [(50, 50, "Name:"), (50, 80, "Ada")],
        [(50, 50, "Name:")],
    ]
    confidences = [form_of(written(*lines)).pairs[0].confidence for lines in texts]

    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == len(confidences)
    assert 95 < confidences[0] < 100
    assert 40 < confidences[-1] < 60


def test_a_colon_in_a_sentence_is_less_sure_than_one_after_a_key() -> None:
    sentence, key, word = (
        form_of(written((50, 50, text))).pairs[0].confidence
        for text in ("and found the following: all is well", "Findings: all is well", "fax: none")
    )

    assert sentence < 60 < key == word


def test_words_that_were_read_badly_make_a_pair_less_sure() -> None:
    good, bad = (form_of(written((50, 50, "Name: Ada"), score=score)).pairs[0] for score in (1.0, 0.5))

    assert bad.confidence == pytest.approx(good.confidence / 2)


def test_pairs_stand_in_the_order_of_reading() -> None:
    page = written((50, 300, "C: 3"), (500, 100, "B: 2"), (50, 100, "A: 1"))

    assert ["A:", "B:", "C:"] == list(pairs(page))
