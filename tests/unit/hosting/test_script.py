"""SageMaker's inference toolkit, as a script's author sees it: which functions are called with what, and what they may answer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from secondlook.hosting.runtimes.call import Reply, Request, RequestError
from secondlook.hosting.runtimes.inference_script import script

from .conftest import Load, StartScript, invoke


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


def test_a_model_without_a_script_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"holds neither code/inference.py nor inference.py"):
        script.load(tmp_path)


@pytest.mark.parametrize(
    ("function", "server"), [("input_handler", "TensorFlow Serving"), ("handle", "DJL Serving")]
)
def test_a_script_for_a_server_of_another_kind_is_refused_by_name(
    load: Load, function: str, server: str
) -> None:
    with pytest.raises(SystemExit, match=f"inference.py has {function}, as scripts for {server} do"):
        load(f"def {function}(data, context=None): return data")


def test_transform_fn_and_the_functions_it_replaces_exclude_each_other(load: Load) -> None:
    with pytest.raises(SystemExit, match=r"has transform_fn together with input_fn, output_fn"):
        load("""
            def transform_fn(model, body, content_type, accept): return body
            def input_fn(body, content_type): return body
            def output_fn(prediction, accept): return prediction
        """)


def test_each_function_may_ask_for_the_context(load: Load) -> None:
    predict = load("""
        import json
        def pre_model_fn(model_dir, context): context.manifest["before"] = 1
        def model_fn(model_dir, context): return {"dir": context.system_properties["model_dir"] == model_dir}
        def model_warmup_fn(model_dir, model, context): model["warm"] = context.manifest["before"]
        def input_fn(body, content_type, context): return json.loads(body)
        def predict_fn(data, model, context): return [data, model]
        def output_fn(prediction, accept, context): return json.dumps(prediction)
    """)

    assert predict(Request(b"[1]", "application/json")).body == b'[[1], {"dir": true, "warm": 1}]'


def test_transform_fn_may_ask_for_the_context(load: Load) -> None:
    predict = load(
        "def transform_fn(model, body, content_type, accept, context): return context.get_request_id() or 'none'"
    )

    assert predict(Request(b"", headers={"x-amzn-sagemaker-inference-id": "a-1"})).body == b"a-1"
    assert predict(Request(b"")).body == b"none"


@pytest.mark.parametrize(
    ("signature", "said"),
    [
        ("data, model, context=None", "Context"),
        ("data, model, *rest", "Context"),
        ("data, model, limit=1, floor=2", "nothing"),
        ("data, model, **more", "nothing"),
        ("data, model, *, context", "Context"),
        ("data, model, limit=1, *, context=None", "Context"),
    ],
)
def test_the_context_goes_where_there_is_room_for_one_argument_more(
    load: Load, signature: str, said: str
) -> None:
    predict = load(f"""
        def predict_fn({signature}):
            return "Context" if "Context" in repr(list(locals().values())) else "nothing"
    """)

    assert json.loads(predict(Request(b"[]", "application/json")).body) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def predict_fn(data): return data", r"takes \(data\)"),
        ("def predict_fn(data, model, *, limit): return data", r"takes \(data, model, \*, limit\)"),
        ("def predict_fn(data, model, context, *, limit): return data", r"takes \(.*limit\)"),
        ("def predict_fn(data, *, context): return data", r"takes \(data, \*, context\)"),
        ("async def predict_fn(data, model): return data", "is async, and nothing here awaits"),
        ("async def predict_fn(data, model):\n yield data", "is async"),
        ("class Model:\n async def __call__(self, data, model): 0\npredict_fn = Model()", "is async"),
        ("predict_fn = max", "does not tell which arguments it takes"),
        ("predict_fn = 5", "is of type int, no function"),
    ],
)
def test_a_function_that_cannot_be_called_is_refused_by_name(load: Load, code: str, said: str) -> None:
    right = r"; right is def predict_fn\(data, model\) or def predict_fn\(data, model, context\)"
    with pytest.raises(SystemExit, match=f"^inference.py: predict_fn {said}.*{right}$"):
        load(code)


def test_without_predict_fn_the_model_is_called_or_its_predict(load: Load) -> None:
    assert load("def model_fn(d): return sum")(Request(b"[1, 2]", "application/json")).body == b"3"
    assert (
        load("""
        class Model:
            def predict(self, data): return data * 2
        def model_fn(d): return Model()
    """)(Request(b"[1, 2]", "application/json")).body
        == b"[2, 4]"
    )


def test_a_script_that_could_never_answer_is_refused(load: Load) -> None:
    with pytest.raises(SystemExit, match="has neither predict_fn nor transform_fn"):
        load("def input_fn(body, content_type): return body")


@pytest.mark.parametrize(
    ("answer", "body", "content_type"),
    [
        ("'text'", b"text", "text/csv"),
        ("b'bytes'", b"bytes", "text/csv"),
        ("bytearray(b'array')", b"array", "text/csv"),
        ("('text', 'text/html; charset=utf-8')", b"text", "text/html; charset=utf-8"),
        ("('é', 'text/html; charset=klingon')", "é".encode(), "text/html; charset=klingon"),
        ("('text',)", b"text", "text/csv"),
        ("('text', None)", b"text", "text/csv"),
        ("{'a': 1}", b'{"a": 1}', "application/json"),
    ],
)
def test_a_script_answers_text_or_bytes_or_either_with_its_type_or_an_object(
    load: Load, answer: str, body: bytes, content_type: str
) -> None:
    predict = load(f"def transform_fn(model, body, content_type, accept): return {answer}")

    assert predict(Request(b"", accept="text/csv")) == Reply(body, content_type)


@pytest.mark.parametrize("answer", ["()", "('a', 1)", "('a', b'text/csv')"])
def test_a_tuple_that_is_no_body_and_type_is_told_what_would_be_right(load: Load, answer: str) -> None:
    predict = load(f"def transform_fn(model, body, content_type, accept): return {answer}")

    with pytest.raises(TypeError, match=r"a tuple is answered as \(body, content type\)"):
        predict(Request(b""))


def test_a_caller_that_takes_anything_gets_the_default(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "def transform_fn(model, body, content_type, accept): return accept"

    for accept in ("", "*/*", "*/*;q=0.8"):
        assert load(code)(Request(b"", accept=accept)) == Reply(b"application/json", "application/json")
    monkeypatch.setenv("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "text/csv")
    assert load(code)(Request(b"")) == Reply(b"text/csv", "text/csv")
    assert load(code)(Request(b"", accept="image/png")) == Reply(b"image/png", "image/png")


def test_of_a_list_of_types_an_answer_has_the_one_liked_best(load: Load) -> None:
    predict = load("def transform_fn(model, body, content_type, accept): return accept, accept")

    reply = predict(Request(b"", accept="*/*;q=0.1, text/csv;q=0.5, application/json"))

    assert reply.content_type == "application/json"


def test_a_caller_that_takes_anything_but_the_default_gets_another_type(load: Load) -> None:
    predict = load("def predict_fn(data, model): return data")

    reply = predict(Request(b"[1, 2]", "application/json", "application/json;q=0, */*"))

    assert reply == Reply(b"1\n2\n", "text/csv")
    with pytest.raises(RequestError, match=r"Accept '.*' is not supported"):
        predict(Request(b"[1, 2]", "application/json", "*/*;q=0"))


@pytest.mark.parametrize("content_type", ["application/json", "text/csv; charset=utf-8"])
def test_json_and_csv_arrive_as_text_without_a_mark_of_their_order(load: Load, content_type: str) -> None:
    predict = load("def transform_fn(model, body, content_type, accept): return repr((body, content_type))")

    assert predict(Request(b"\xef\xbb\xbf[1]", content_type)).body.decode() == repr(("[1]", content_type))
    with pytest.raises(RequestError, match=r"is not text in UTF-8: .* position 1"):
        predict(Request(b"[\xff]", content_type))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "iso-8859-1", "Windows-1252", "utf-16", '"UTF-8"'])
@pytest.mark.parametrize("media_type", ["application/json", "text/csv"])
def test_a_text_is_read_and_written_in_the_charset_it_is_said_to_be_in(
    load: Load, media_type: str, codec: str
) -> None:
    predict = load("def transform_fn(model, body, content_type, accept): return body, content_type")
    content_type = f"{media_type}; charset={codec}"

    reply = predict(Request('"é"'.encode(codec.strip('"')), content_type))

    assert (reply.body.decode(codec.strip('"')), reply.content_type) == ('"é"', content_type)


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("text/csv; charset=klingon", 415),
        ("text/csv; charset=zlib", 415),
        ("text/csv; charset=utf-16-le", 400),
        ("text/csv", 400),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(load: Load, content_type: str, status: int) -> None:
    predict = load("def transform_fn(model, body, content_type, accept): return body, content_type")

    with pytest.raises(RequestError) as refused:
        predict(Request(b"\xff,\xd8", content_type))

    assert refused.value.status == status
    assert content_type in str(refused.value)


@pytest.mark.parametrize("content_type", ["text/plain", "image/jpeg", "application/x-image", ""])
def test_all_else_arrives_as_bytes(load: Load, content_type: str) -> None:
    predict = load("def transform_fn(model, body, content_type, accept): return repr(body)")

    assert predict(Request(b"\xff\xd8", content_type)).body == rb"b'\xff\xd8'"


def test_a_script_that_reads_and_writes_itself_does_without_numpy(script: StartScript) -> None:
    process = script("""
        import json, sys
        def input_fn(body, content_type): return body
        def predict_fn(data, model): return sorted({"numpy", "json"} & sys.modules.keys())
        def output_fn(prediction, accept): return json.dumps(prediction)
    """)
    process.ready()

    assert invoke(process) == (200, b'["json"]')


def test_the_script_of_the_documentation_is_served(load: Load, tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "hosting.md").read_text()
    code = page.partition("## inference.py\n")[2].partition("```python\n")[2].partition("```")[0]
    np.save(tmp_path / "weights.npy", np.array([1, 2]))

    predict = load(code)

    assert predict(Request(b"1,0\n0,1", "text/csv")).body == b'{"scores": [1, 2], "best": 1}'
