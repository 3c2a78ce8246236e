"""Predictions to bodies, without a script's output_fn, in the type that the caller likes best."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from secondlook.hosting.runtimes.call import RequestError
from secondlook.hosting.runtimes.inference_script.accept import acceptable
from secondlook.hosting.runtimes.inference_script.encoders import ENCODERS, encode

JSON, CSV, NPY = "application/json", "text/csv", "application/x-npy"


class Tensor:
    """As PyTorch's and TensorFlow's: known to us by `tolist` alone."""

    def tolist(self) -> list[float]:
        return [0.5]


class Table:
    """As the tables of pandas and the tensors of TensorFlow, known to numpy alone."""

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        return np.array([[1, "a"]], object)


@pytest.mark.parametrize(
    ("prediction", "body"),
    [
        (np.array([[1, 2]]), "[[1, 2]]"),
        (
            {"boxes": np.array([[1.5]]), "n": np.int64(3), "yes": np.bool_(True)},
            '{"boxes": [[1.5]], "n": 3, "yes": true}',
        ),
        ([{"score": np.float32(0.5), "label": np.str_("dog")}], '[{"score": 0.5, "label": "dog"}]'),
        ([Tensor(), (np.array(1),)], "[[0.5], [1]]"),
        (np.array([b"dog"]), '["dog"]'),
        (np.array([b"dog"], object), '["dog"]'),
        (np.array(["2026-03-02"], "M8[D]"), '["2026-03-02"]'),
        (np.array([(1, "a")], [("n", int), ("s", "U1")]), '[[1, "a"]]'),
        ([float("nan"), np.inf], "[NaN, Infinity]"),
        (None, "null"),
        ({np.int64(2): 0.5, np.str_("a"): 1, np.bool_(True): 2}, '{"2": 0.5, "a": 1, "true": 2}'),
        ([{"counts": {np.uint8(7): np.int64(3)}}], '[{"counts": {"7": 3}}]'),
        (np.array([{np.float32(0.5): (1,)}], object), '[{"0.5": [1]}]'),
        ([np.longdouble(0.5), np.array([np.longdouble(1)])], "[0.5, [1.0]]"),
        ({"table": Table()}, '{"table": [[1, "a"]]}'),
        (bytearray(b"dog"), '"dog"'),
        ({b"dog": {date(2026, 3, 2): 1}}, '{"dog": {"2026-03-02": 1}}'),
    ],
)
def test_numpy_is_written_in_json_at_every_level(prediction: object, body: str) -> None:
    assert encode(prediction, JSON) == (body, JSON)


@pytest.mark.parametrize(
    ("prediction", "body"),
    [
        (np.array([[1, 2], [3, 4]]), "1,2\n3,4\n"),
        ([0.5, 0.25], "0.5\n0.25\n"),
        (np.float32(0.1), "0.1\n"),
        ([["dog, big", 'a "b"']], '"dog, big","a ""b"""\n'),
        (np.array([(1, "a")], [("n", int), ("s", "U1")]), "1,a\n"),
        ([[1, None], [float("nan"), "x"]], "1,\nnan,x\n"),
        (Tensor(), "0.5\n"),
        ([Tensor(), Tensor()], "0.5\n0.5\n"),
        (Table(), "1,a\n"),
        ([[True, time(9, 30), None]], "True,09:30:00,\n"),
        (np.longdouble(0.5), "0.5\n"),
    ],
)
def test_rows_are_written_in_csv(prediction: object, body: str) -> None:
    assert encode(prediction, CSV) == (body, CSV)


@pytest.mark.parametrize(
    "prediction", [np.arange(6.0).reshape(1, 2, 3), [1, 2], np.float32(0.5), ["a", "bc"]]
)
def test_arrays_are_written_in_npy(prediction: object) -> None:
    body, content_type = encode(prediction, NPY)

    read = np.load(io.BytesIO(body), allow_pickle=False)
    assert (content_type, read.tolist()) == (NPY, np.asarray(prediction).tolist())


@pytest.mark.parametrize("accept", [CSV, NPY])
@pytest.mark.parametrize("prediction", [{"a": 1}, [{"a": 1}], [[1], [2, 3]]])
def test_what_has_no_rows_is_written_in_the_next_best_type_else_refused(
    prediction: object, accept: str
) -> None:
    assert encode(prediction, f"{accept}, {JSON};q=0.1") == (json.dumps(prediction), JSON)
    with pytest.raises(
        RequestError, match=f"The prediction, a .*cannot be written .{accept}: .*accept {JSON}"
    ) as error:
        encode(prediction, accept)
    assert error.value.status == 406


@pytest.mark.parametrize(
    "prediction",
    [{1}, (item for item in [1]), [object()], print, np.array([np.arange(1), np.arange(2)], object)],
    ids=lambda prediction: type(prediction).__name__,
)
def test_what_is_no_number_or_text_is_not_written_in_csv(prediction: object) -> None:
    with pytest.raises(RequestError, match="only rows of numbers and texts can be written, and this has a "):
        encode(prediction, CSV)


def test_what_json_cannot_hold_is_the_models_fault() -> None:
    with pytest.raises(TypeError, match="an answer in JSON cannot hold a complex"):
        encode([1j], JSON)
    with pytest.raises(TypeError, match="an answer in JSON cannot hold a clongdouble"):
        encode([np.clongdouble(1j)], JSON)
    with pytest.raises(TypeError, match="an answer in JSON cannot hold a tuple"):
        encode({(1, 2): 3}, JSON)


@pytest.mark.parametrize(
    ("accept", "types"),
    [
        ("", [JSON, CSV, NPY]),
        ("*/*", [JSON, CSV, NPY]),
        ("json", [JSON, CSV, NPY]),
        ("text/csv", [CSV]),
        ("Text/CSV; charset=utf-8", [CSV]),
        ("text/csv, application/json", [CSV, JSON]),
        ("application/json;q=0.2, text/csv;q=0.8", [CSV, JSON]),
        ("text/*", [CSV]),
        ("application/*;q=0.5, text/csv", [CSV, JSON, NPY]),
        ("*/*;q=0.1, application/x-npy", [NPY, JSON, CSV]),
        ("application/json;q=0, text/csv", [CSV]),
        ("application/json;q=0, */*", [CSV, NPY]),
        ("*/*, application/json;q=0", [CSV, NPY]),
        ("application/json;q=0.1, */*;q=0.9", [CSV, NPY, JSON]),
        ("application/*;q=0.2, application/x-npy;q=0.4, */*;q=0.3", [NPY, CSV, JSON]),
        ("*/*, text/csv", [CSV, JSON, NPY]),
        ("text/csv;q=0", []),
        ("text/csv;q=2, application/json", [CSV, JSON]),
        ("text/csv;q=nan, application/json;q=-1", [CSV]),
        ("text/csv;q=x", [CSV]),
        ("image/png", []),
        ("image/png, text/csv;q=0.1", [CSV]),
    ],
)
def test_an_accept_header_is_read_with_its_qualities_and_wildcards(accept: str, types: list[str]) -> None:
    assert acceptable(accept, ENCODERS) == types


def test_an_accept_header_without_any_of_ours_is_refused() -> None:
    with pytest.raises(RequestError, match="Accept 'image/png' is not supported") as error:
        encode([1], "image/png")

    assert error.value.status == 406


RECORDS = np.array([(1, b"cat", "2026-03-02")], [("n", int), ("s", "S3"), ("t", "M8[ns]")])
NANOSECONDS = "2026-03-02T00:00:00.000000000"


@pytest.mark.parametrize(
    ("prediction", "in_json", "in_csv"),
    [
        (np.array([b"cat"]), ["cat"], "cat\n"),
        (np.array([["é".encode(), 1]], object), [["é", 1]], "é,1\n"),
        (np.array(["2026-03-02", "NaT"], "M8[ns]"), [NANOSECONDS, None], f'{NANOSECONDS}\n""\n'),
        (np.array(["2026-03-02T09:14:05"], "M8[s]"), ["2026-03-02T09:14:05"], "2026-03-02T09:14:05\n"),
        (np.array([["2026-03-02"]], "M8[D]"), [["2026-03-02"]], "2026-03-02\n"),
        (np.datetime64("2026-03-02", "ns"), NANOSECONDS, f"{NANOSECONDS}\n"),
        (np.array("2026-03-02", "M8[ns]"), NANOSECONDS, f"{NANOSECONDS}\n"),
        (np.array([5], "m8[s]"), ["5 seconds"], "5 seconds\n"),
        ([datetime(2026, 3, 2, 9, tzinfo=UTC)], ["2026-03-02T09:00:00+00:00"], "2026-03-02T09:00:00+00:00\n"),
        (RECORDS, [[1, "cat", NANOSECONDS]], f"1,cat,{NANOSECONDS}\n"),
        (np.ma.array([[1, 7], [3, 4]], mask=[[0, 1], [0, 0]]), [[1, None], [3, 4]], "1,\n3,4\n"),
        ([np.ma.array([1, 7], mask=[0, 1])], [[1, None]], "1,\n"),
        (np.ma.array(["cat", "dog"], mask=[0, 1]), ["cat", None], 'cat\n""\n'),
        (np.ma.array(RECORDS, mask=[(1, 0, 1)]), [[None, "cat", None]], ",cat,\n"),
    ],
)
def test_bytes_times_and_masks_say_the_same_in_json_and_csv(
    prediction: object, in_json: object, in_csv: str
) -> None:
    assert json.loads(encode(prediction, JSON)[0]) == in_json
    assert encode(prediction, CSV)[0] == in_csv


@pytest.mark.parametrize(
    ("prediction", "read"),
    [
        (np.ma.array([1, 7], mask=[0, 1]), np.array([1, np.nan])),
        ([np.ma.array([1.5, 7], "f4", mask=[0, 1])], np.array([[1.5, np.nan]])),
        (np.ma.array([True, False], mask=[0, 1]), np.array([1, np.nan])),
        (np.ma.array([1, 7]), np.array([1, 7])),
        (np.ma.array(["2026-03-02"] * 2, "M8[ns]", mask=[0, 1]), np.array(["2026-03-02", "NaT"], "M8[ns]")),
        (np.ma.array(RECORDS), RECORDS),
    ],
)
def test_what_is_masked_is_no_number_in_npy(prediction: object, read: np.ndarray) -> None:
    saved = np.load(io.BytesIO(encode(prediction, NPY)[0]), allow_pickle=False)

    np.testing.assert_array_equal(saved, read)


def test_masked_texts_are_not_written_in_npy() -> None:
    with pytest.raises(RequestError, match="masked items of type <U3 have no value that says so"):
        encode(np.ma.array(["cat", "dog"], mask=[0, 1]), NPY)
    with pytest.raises(RequestError, match="masked items of type"):
        encode(np.ma.array(RECORDS, mask=[(1, 0, 1)]), NPY)
