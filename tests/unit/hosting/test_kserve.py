"""Models behind the Open Inference Protocol, on a real MLServer."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

np = pytest.importorskip("numpy", reason="the extra secondlook[models] is not installed")

from secondlook.hosting.errors import StartFailed  # noqa: E402
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance  # noqa: E402
from secondlook.hosting.runtimes.call import Request, RequestError  # noqa: E402
from secondlook.hosting.runtimes.kserve_v2.messages import asked, read  # noqa: E402
from tests.kserve.running import mlserver  # noqa: E402

from .conftest import invoke  # noqa: E402
from .translating import started  # noqa: E402


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with mlserver(tmp_path_factory.mktemp("mlserver")) as url:
        yield url


@pytest.fixture(scope="module")
def doubler(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInstance]:
    process = started("kserve_v2", server, tmp_path_factory.mktemp("doubler"), MODEL_NAME="doubler")
    yield process
    process.stop()


@pytest.fixture(scope="module")
def shouter(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInstance]:
    process = started("kserve_v2", server, tmp_path_factory.mktemp("shouter"), MODEL_NAME="shouter")
    yield process
    process.stop()


def npy(array: object) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"[[1, 2, 3], [4, 5, 6.5]]"),
        ("text/csv", b"1,2,3\n4,5,6.5\n"),
        ("application/x-npy", npy([[1, 2, 3], [4, 5, 6.5]])),
    ],
)
def test_arrays_are_asked_as_the_model_takes_them(
    doubler: LocalInstance, content_type: str, body: bytes
) -> None:
    status, answer = invoke(doubler, body, Content_Type=content_type)

    assert (status, json.loads(answer)) == (200, [[2, 4, 6], [8, 10, 13]])


def test_several_outputs_are_an_object(doubler: LocalInstance) -> None:
    _, answer = invoke(doubler, b"[[1, 2, 3]]", X_Amzn_SageMaker_Inference_Id="with-sum")

    assert json.loads(answer) == {"doubled": [[2, 4, 6]], "sum": [[6]]}


def test_a_message_of_the_protocol_goes_through_as_it_is(doubler: LocalInstance) -> None:
    tensor = {"name": "numbers", "shape": [1, 3], "datatype": "FP64", "data": [1, 2, 3]}

    status, answer = invoke(doubler, json.dumps({"id": "mine", "inputs": [tensor]}).encode())

    said = json.loads(answer)
    assert (status, said["model_name"], said["id"]) == (200, "doubler", "mine")
    assert said["outputs"][0]["data"] == [2, 4, 6]


def test_texts_and_bytes_are_bytes_of_the_protocol(shouter: LocalInstance) -> None:
    for content_type, body, said in (
        ("text/plain", "grüß dich".encode(), "GRÜSS DICH"),
        ("application/json", b'"hello"', "HELLO"),
        ("image/png", b"\x89PNG\x00\xff", "6 bytes"),
    ):
        status, answer = invoke(shouter, body, Content_Type=content_type)
        assert (status, json.loads(answer)) == (200, [[said]])


def test_its_errors_are_handed_on(doubler: LocalInstance) -> None:
    status, said = invoke(doubler, b"[[-1, 2, 3]]")

    assert status >= 400
    assert b"numbers below nought" in said
    assert b"/v2/models/doubler/infer answered" in said


@pytest.mark.parametrize(
    ("status", "reason", "content_type", "body"),
    [
        (400, "The body is not JSON", "application/json", b"{"),
        (400, "An object must be a request of the inference protocol", "application/json", b'{"numbers": 1}'),
        (400, "The body is not an array in NPY format", "application/x-npy", b"junk"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    doubler: LocalInstance, status: int, reason: str, content_type: str, body: bytes
) -> None:
    answered, said = invoke(doubler, body, Content_Type=content_type)

    assert answered == status
    assert reason in said.decode()


def test_a_model_that_the_server_does_not_have_never_starts(server: str, tmp_path: Path) -> None:
    with pytest.raises(StartFailed, match="/v2/models/none/ready answered 404"):
        started("kserve_v2", server, tmp_path, startup=3, MODEL_NAME="none")


def test_a_private_address_needs_leave(server: str, tmp_path: Path) -> None:
    with pytest.raises(StartFailed, match="allow-outbound"):
        started("kserve_v2", server, tmp_path, allow="", MODEL_NAME="doubler")


@pytest.mark.parametrize("body", [b"[300]", b"[1.5]", b"[-1]", b"[1e999]", b"[NaN]"])
def test_numbers_that_the_model_cannot_hold_are_refused(body: bytes) -> None:
    with pytest.raises(RequestError, match="does not become UINT8, which the model takes, without a loss"):
        asked(Request(body, "application/json"), [{"name": "x", "datatype": "UINT8"}])


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"outputs": 7},
        {"outputs": [{"name": "x"}]},
        {"outputs": [{"name": "x", "datatype": "FP32", "shape": [2], "data": [1]}]},
        {"outputs": [{"name": "x", "datatype": "FP33", "shape": [1], "data": [1]}]},
    ],
)
def test_an_answer_that_is_none_is_said_to_be(answer: dict[str, object]) -> None:
    with pytest.raises(RequestError, match="none of the inference protocol"):
        read(answer)


def test_nested_data_are_read_too() -> None:
    output = {"name": "x", "datatype": "INT64", "shape": [2, 2], "data": [[1, 2], [3, 4]]}

    assert read({"outputs": [output]}) == [[1, 2], [3, 4]]
