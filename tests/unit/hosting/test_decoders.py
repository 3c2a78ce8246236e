"""Bodies to arrays, without a script's input_fn."""

from __future__ import annotations

import contextlib
import io
import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.hosting.contract import MAX_PAYLOAD
from secondlook.hosting.runtimes.call import RequestError
from secondlook.hosting.runtimes.inference_script.decoders import DECODERS, decode
from secondlook.hosting.runtimes.inference_script.encoders import encode

JSON, CSV, NPY = "application/json", "text/csv", "application/x-npy"


def npy(array: object, **more: object) -> bytes:
    file = io.BytesIO()
    np.save(file, array, **more)
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "dtype", "items"),
    [
        ("[[1, 2], [3, 4]]", "int64", [[1, 2], [3, 4]]),
        ("[1, 2.5]", "float64", [1, 2.5]),
        ('["a", "bc"]', "<U2", ["a", "bc"]),
        ('[{"a": "b"}]', "object", [{"a": "b"}]),
        ("[[1], [2, 3]]", "object", [[1], [2, 3]]),
        ("null", "object", None),
        ("7", "int64", 7),
    ],
)
def test_json_becomes_an_array(body: str, dtype: str, items: object) -> None:
    data = decode(body, JSON)

    assert (data.dtype, data.tolist()) == (np.dtype(dtype), items)


def test_a_json_object_is_a_dict_and_the_array_around_one() -> None:
    data = decode('{"inputs": [1]}', JSON)

    assert {"inputs": [1]} == data == data.item() == data.tolist() == data[()] == np.asarray(data)[()]
    with pytest.raises(KeyError, match="outputs"):
        data["outputs"]


@pytest.mark.parametrize(
    ("body", "dtype", "items"),
    [
        ("1,2,3\n4,5,6\n", "int64", [[1, 2, 3], [4, 5, 6]]),
        ("1,2.5\r\n3,4", "float64", [[1, 2.5], [3, 4]]),
        ("1,2,3", "int64", [1, 2, 3]),
        ("1\n2\n", "int64", [1, 2]),
        ("5", "int64", 5),
        ("99999999999999999999,1e3", "float64", [1e20, 1000]),
        ("a,b\n1,2", "<U1", [["a", "b"], ["1", "2"]]),
        ("# a, b\n\n1, 2\n  \n", "int64", [1, 2]),
        ('"#1 seller",5\n"b",6', [("f0", "<U9"), ("f1", "<i8")], [("#1 seller", 5), ("b", 6)]),
        ('"a\n#b\n\nc"\n#d "e\nf', "<U7", ["a\n#b\n\nc", "f"]),
        ('a\n""\nb', "<U1", ["a", "", "b"]),
        ("True,false", "bool", [True, False]),
        ("0.5,abc\n0.2,d", [("f0", "<f8"), ("f1", "<U3")], [(0.5, "abc"), (0.2, "d")]),
        ('"a, ""b""",True\n"c\nd",False', [("f0", "<U6"), ("f1", "?")], [('a, "b"', True), ("c\nd", False)]),
        ("", "float64", []),
    ],
)
def test_csv_becomes_an_array(body: str, dtype: Any, items: object) -> None:
    data = decode(body, "text/csv; charset=utf-8")

    assert (data.dtype, data.tolist()) == (np.dtype(dtype), items)


@pytest.mark.parametrize(
    "body",
    [
        "1,2,3\n4,5,6\n",
        "1.5,2\n2.5,3.5",
        "1,2",
        "1.5\n2",
        "7",
        "a,b\n1,2",
        "1.5,,3.5\n4.5,5.5,6.5",
        "0.5,x\n0.2,y",
    ],
)
def test_csv_is_read_as_the_toolkit_reads_it(body: str) -> None:
    """Its decoder is this call of genfromtxt; where ours differs on purpose stands in `csv_table`."""
    numpys = np.genfromtxt(io.StringIO(body), dtype=None, delimiter=",")

    ours = decode(body, CSV)

    assert ours.shape == numpys.shape
    assert repr(ours.tolist()) == repr(np.array(numpys.tolist(), ours.dtype).tolist())


def test_an_empty_cell_among_numbers_is_nan() -> None:
    for body in ("1,,3", '1\n""\n3'):
        assert np.isnan(decode(body, CSV)).tolist() == [False, True, False]


def test_a_cell_may_be_as_long_as_a_body() -> None:
    text = "x" * MAX_PAYLOAD

    assert decode(text, CSV).item() == text


@pytest.mark.parametrize("array", [np.arange(6.0).reshape(2, 3), np.array(["a", "bc"]), np.array(3, "i1")])
def test_npy_becomes_the_array_that_was_saved(array: np.ndarray) -> None:
    data = decode(npy(array), NPY)

    assert (data.dtype, data.tolist()) == (array.dtype, array.tolist())


class Bomb:
    """Unpickling it makes a file."""

    def __init__(self, file: Path) -> None:
        self._file = str(file)

    def __reduce__(self) -> object:
        return open, (self._file, "w")


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_pickle_is_never_loaded(tmp_path: Path, wrapped: bool) -> None:
    bomb = Bomb(tmp_path / "went off")
    body = npy(np.array([bomb], object), allow_pickle=True) if wrapped else pickle.dumps(bomb)

    with pytest.raises(RequestError, match="not an array in NPY format") as error:
        decode(body, NPY)

    assert error.value.status == 400
    assert not (tmp_path / "went off").exists()


@pytest.mark.parametrize(
    ("body", "content_type", "said"),
    [
        ("{", JSON, "The body is not JSON: Expecting property name .* line 1 column 2"),
        ("[" * 100_000, JSON, "nested too deeply"),
        ("9" * 5000, JSON, "The body is not JSON: Exceeds the limit"),
        ("1,2\n3,4\n5", CSV, "The body is not CSV: line 3 has 1 columns, the first one 2"),
        ('#"\n1,2\n#3\n4', CSV, "The body is not CSV: line 4 has 1 columns, the first one 2"),
        ('1,2\n"3,4', CSV, "The body is not CSV: line 2: unexpected end of data"),
        (npy([1, 2])[:-1], NPY, "The body is not an array in NPY format"),
        (b"no magic", NPY, "The body is not an array in NPY format"),
        (npy([1]).replace(b"(1,), }", b"(9**9,)}"), NPY, "The body is not an array in NPY format"),
        (b"", NPY, "The body is not an array in NPY format"),
        (b"\x00", "", "The body is not JSON"),
    ],
)
def test_a_body_that_is_not_what_it_is_said_to_be_is_refused(
    body: bytes | str, content_type: str, said: str
) -> None:
    with pytest.raises(RequestError, match=said) as error:
        decode(body, content_type)

    assert error.value.status == 400


def test_an_array_that_claims_more_than_its_bytes_takes_no_memory() -> None:
    header = {"descr": "<f8", "fortran_order": False, "shape": (10**12,)}
    body = io.BytesIO()
    np.lib.format.write_array_header_1_0(body, header)

    with pytest.raises(RequestError, match="not an array in NPY format"):
        decode(body.getvalue(), NPY)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('["' + "a" * 2_000_000 + '"' + ',"b"' * 100_000 + "]", JSON),
        ("a" * 100_000 + "\nb" * 10_000, CSV),
    ],
)
def test_texts_that_would_fill_the_memory_as_an_array_are_refused(body: str, content_type: str) -> None:
    with pytest.raises(RequestError, match=r"would take [\d,]+ bytes .* at most 536,870,912") as error:
        decode(body, content_type)

    assert error.value.status == 413


@pytest.mark.parametrize("content_type", ["image/png", "application/octet-stream", "application/jsonlines"])
def test_other_content_types_are_refused_naming_what_is_read(content_type: str) -> None:
    with pytest.raises(
        RequestError, match=f"'{content_type}' is not supported.*{', '.join(DECODERS)}"
    ) as error:
        decode(b"", content_type)

    assert error.value.status == 415


@pytest.mark.parametrize("shape", [(10**12, 0), (10**6, 10**6, 0)])
def test_an_array_without_items_whose_lists_would_fill_the_memory_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(RequestError, match="array without items"):
        decode(npy(np.empty(shape)), NPY)


def test_an_array_of_texts_without_characters_is_no_larger_than_its_body() -> None:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<U0", "fortran_order": False, "shape": (10**12,)})

    with pytest.raises(RequestError, match="array without items"):
        decode(file.getvalue(), NPY)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=2), values, max_size=3),
    max_leaves=20,
)


@given(VALUES)
def test_whatever_json_says_becomes_data_that_is_written_as_json(value: object) -> None:
    data = decode(json.dumps(value), JSON)

    json.loads(encode(data, JSON)[0])


@given(st.binary(max_size=200), st.sampled_from(sorted(DECODERS)), st.booleans())
def test_whatever_is_sent_is_read_or_refused(body: bytes, content_type: str, headed: bool) -> None:
    sent = b"\x93NUMPY\x01\x00" + body if headed else body
    with contextlib.suppress(RequestError):
        decode(sent if content_type == NPY else sent.decode("latin-1"), content_type)
