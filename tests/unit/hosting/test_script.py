"""The convention of SageMaker's inference toolkits, as a script's author sees it."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secondlook.hosting.runtimes.call import Predict, Refusal, Reply, Request
from secondlook.hosting.runtimes.inference_script import script

Load = Callable[[str], Predict]


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Load]:
    path = list(sys.path)

    def written(code: str, place: str = "code/inference.py") -> Predict:
        file = tmp_path / place
        file.parent.mkdir(exist_ok=True)
        file.write_text(textwrap.dedent(code))
        return script.load(tmp_path)

    yield written
    sys.path[:] = path
    sys.modules.pop("inference", None)


def test_four_functions_are_called_in_order(load: Load, tmp_path: Path) -> None:
    predict = load("""
        def model_fn(model_dir): return ["model", model_dir]
        def input_fn(body, content_type): return ["input", body, content_type]
        def predict_fn(data, model): return [data, model]
        def output_fn(prediction, accept): return repr((prediction, accept)), "text/plain"
    """)

    reply = predict(Request(b"\x00\x01", "application/x-thing", "json"))

    assert reply.content_type == "text/plain"
    assert reply.body.decode() == repr(
        ([["input", b"\x00\x01", "application/x-thing"], ["model", str(tmp_path)]], "json")
    )


def test_with_model_fn_alone_json_goes_in_and_out(load: Load) -> None:
    predict = load("def model_fn(model_dir): return lambda data: [2 * x for x in data]", "inference.py")

    assert predict(Request(b"[1, 2]", "application/json; charset=utf-8")) == Reply(
        b"[2, 4]", "application/json"
    )


def test_transform_fn_does_everything(load: Load) -> None:
    predict = load("def transform_fn(model, body, content_type, accept): return body.upper(), accept")

    assert predict(Request(b"hello", "text/plain", "text/csv")) == Reply(b"HELLO", "text/csv")


def test_an_accept_that_is_no_media_type_does_not_become_the_content_type(load: Load) -> None:
    predict = load("def transform_fn(model, body, content_type, accept): return '[]'")

    assert predict(Request(b"", "text/plain", "json")).content_type == "application/json"


def test_a_script_may_import_what_lies_beside_it(load: Load, tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "beside_inference.py").write_text("ANSWER = 42")

    predict = load("""
        from beside_inference import ANSWER
        def transform_fn(model, body, content_type, accept): return str(ANSWER)
    """)

    assert predict(Request(b"")).body == b"42"


def test_without_input_fn_another_content_type_is_refused(load: Load) -> None:
    with pytest.raises(Refusal, match="'text/csv' is not supported") as refusal:
        load("")(Request(b"1,2", "text/csv"))

    assert refusal.value.status == 415


def test_without_input_fn_a_body_that_is_no_json_is_refused(load: Load) -> None:
    with pytest.raises(Refusal, match="The body is not JSON") as refusal:
        load("")(Request(b"{", "application/json"))

    assert refusal.value.status == 400


def test_a_model_without_a_script_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"holds neither code/inference.py nor inference.py"):
        script.load(tmp_path)
