"""Filters and joins of records: rows of CSV and documents of JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.hosting.errors import Invalid
from secondlook.hosting.transform.processing import Processing
from secondlook.hosting.transform.splitting import Unusable


def processing(content_type: str, split: str = "Line", accept: str | None = None, **said: str) -> Processing:
    output: dict[str, Any] = {} if accept is None else {"Accept": accept}
    given_ = {"ContentType": content_type, "SplitType": split}
    return Processing({"TransformInput": given_, "TransformOutput": output, "DataProcessing": said})


def test_without_data_processing_everything_passes_as_it_is():
    passing = processing("image/jpeg")

    assert b"\xff\xd8" == passing.sent(b"\xff\xd8")
    assert b"anything" == passing.result([b"\xff\xd8"], b"anything")


def test_csv_is_filtered_joined_and_filtered():
    rows = processing(
        "text/csv; header=absent", InputFilter="$[1:]", JoinSource="Input", OutputFilter="$[0,-1]"
    )

    assert b'"a,b",2' == rows.sent(b'id,"a,b",2')
    assert b"id,0.5" == rows.result([b'id,"a,b",2'], b"x,0.5\n")


def test_json_gets_the_answer_as_a_member():
    joining = processing("application/jsonlines", JoinSource="Input")

    assert b'{"id":1,"SageMakerOutput":[2]}' == joining.result([b'{"id": 1}'], b"[2]")
    assert b'{"SageMakerInput":[1],"SageMakerOutput":2}' == joining.result([b"[1]"], b"2\n")


def test_records_of_one_request_get_their_own_answers():
    joining = processing("application/json", JoinSource="Input", OutputFilter="$.SageMakerOutput")

    assert b"1\n2" == joining.result([b"{}", b"{}"], b"1\n2\n")
    assert b"1\n2" == joining.result([b"{}", b"{}"], b"[1, 2]")
    with pytest.raises(Unusable, match="asked about 2 records and answered with 3 lines"):
        joining.result([b"{}", b"{}"], b"1\n2\n3")


def test_an_object_that_is_not_split_has_a_record_in_each_line():
    rows = processing(
        "text/csv", split="None", InputFilter="$[1:]", JoinSource="Input", OutputFilter="$[0,-1]"
    )

    assert b"a\nb" == rows.sent(b"1,a\r\n2,b\n")
    assert b"1,A\n2,B" == rows.result([b"1,a\r\n2,b\n"], b"A\nB\n")


@pytest.mark.parametrize(
    ("content_type", "accept", "said", "message"),
    [
        ("image/jpeg", None, {"InputFilter": "$[1:]"}, "ContentType is 'image/jpeg'"),
        ("text/csv", "image/png", {"OutputFilter": "$[1:]"}, "Accept is 'image/png'"),
        ("text/csv", "application/json", {"JoinSource": "Input"}, "of the same format"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_runs(content_type, accept, said, message):
    with pytest.raises(Invalid, match=message):
        processing(content_type, accept=accept, **said)


@pytest.mark.parametrize(
    ("content_type", "record", "answer", "said", "message"),
    [
        (
            "text/csv",
            b"a,b",
            b"c",
            {"OutputFilter": "$[4]", "JoinSource": "Input"},
            "OutputFilter .* no element 4",
        ),
        ("application/json", b"{}", b"no", {"JoinSource": "Input"}, "is no JSON"),
        ("application/json", b"[" * 100_000, b"1", {"JoinSource": "Input"}, "is no JSON"),
        ("text/csv", b"\xff", b"1", {"JoinSource": "Input"}, "is no CSV"),
    ],
)
def test_a_record_that_cannot_be_taken_is_said(content_type, record, answer, said, message):
    with pytest.raises(Unusable, match=message):
        processing(content_type, **said).result([record], answer)


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0\ufeff"), max_size=8)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=5))
def test_rows_come_back_as_they_were(rows):
    """Whatever stands in the cells: quotes, commas, blanks."""

    def line(row: list[str]) -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow(row)
        return text.getvalue().encode()

    joining = processing("text/csv", JoinSource="Input", OutputFilter="$[:-1]")
    joined = joining.result([line(row) for row in rows], b"\n".join(b"0" for _ in rows))

    assert rows == [next(csv.reader([each])) for each in joined.decode().split("\n")]


@given(st.lists(st.dictionaries(CELL, st.integers() | CELL), min_size=1, max_size=5))
def test_documents_come_back_as_they_were(documents):
    joining = processing("application/jsonlines", JoinSource="Input")

    joined = joining.result(
        [json.dumps(each).encode() for each in documents], b"\n".join(b"0" for _ in documents)
    )

    assert [{**each, "SageMakerOutput": 0} for each in documents] == list(
        map(json.loads, joined.split(b"\n"))
    )
