"""Models of strangers, with plain boto3: whatever they do, status and log say what happened, others keep running, nothing is left over."""

from __future__ import annotations

import gzip
import io
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from botocore.exceptions import EventStreamError

from tests.hostile_models import (
    ANNOUNCES_WITHOUT_END,
    ANSWERS,
    FORKS,
    GOES_ITS_OWN_WAY,
    LEAKS,
    PINGS_SLOWLY,
    RUN_WHAT_IS_SENT,
    SHOUTS,
)
from tests.own_models import SCIKIT, archive, create
from tests.running import Server, eventually
from tests.wheels import Index

from .client_errors import refused
from .hostile import MEMORY, Stranger, outcome, size

NOT_STARTED = "The primary container for production variant AllTraffic could not be started: "
NOT_READY = "The primary container for production variant AllTraffic did not pass the ping health check: "


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index() as index:
        index.publish("tiny", "1.0", "VERSION = '1.0'")
        index.publish("tiny", "2.0", "VERSION = '2.0'")
        index.publish_source("builds", "1.0", "raise SystemExit('the setup.py of a stranger has run')")
        yield index


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, index: Index) -> Iterator[Stranger]:
    data = tmp_path_factory.mktemp("hostile") / "data"
    # Sockets of its own, to see what is left of them.
    sockets = Path(tempfile.mkdtemp(prefix="sl-", dir="/tmp"))
    extra = {"UV_DEFAULT_INDEX": index.url, "UV_HTTP_RETRIES": "0", "TMPDIR": str(sockets)}
    settings = {"allow_model_code": "yes", "model_memory": str(MEMORY)}
    try:
        with Server(data, settings, extra=extra) as server:
            stranger = Stranger(server.start(), sockets)
            stranger.settle()
            yield stranger
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


@pytest.fixture
def stranger(settled: Stranger, name: str) -> Iterator[Stranger]:
    """Afterwards the neighbour answers as ever, and of endpoints called `name`… nothing is left."""
    before = settled.traces()
    yield settled
    assert settled.neighbour_answers()
    for endpoint in settled.endpoints(name):
        settled.delete(endpoint)
    settled.leaves(before)
    assert settled.neighbour_answers()


def test_it_answers_from_an_environment_of_its_own_and_reaches_nothing_else(
    stranger: Stranger, name: str, index: Index
) -> None:
    script = "import tiny\n" + RUN_WHAT_IS_SENT.replace("\n    ", "\n")
    stranger.deploy(name, script, "tiny==1.0")
    data = stranger.server.data
    others = list((data / "own-models").glob("*/weights.npy"))
    [environment] = [path for path in (data / "environments").iterdir() if len(path.name) == 32]

    assert stranger.has_run(name, "import tiny; result = tiny.VERSION") == "1.0"
    assert stranger.has_run(name, "result = os.listdir(os.environ['SM_MODEL_DIR'])") == ["code"]
    for file in (data / "secondlook.sqlite", data / "client.json", *others, Path("/etc/passwd")):
        assert file.exists()
        assert stranger.refuses(name, f"open({str(file)!r}, 'rb').read()"), file
    if not stranger.refuses(name, f"os.listdir({str(data)!r})"):  # then there is what leads to its own
        models = stranger.has_run(name, f"result = os.listdir('{data}/own-models')")
        own = stranger.has_run(name, "result = os.path.basename(os.environ['SM_MODEL_DIR'])")
        assert models == [own]
    for port in (stranger.server.port, int(index.authority.rpartition(":")[2])):
        assert stranger.refuses(name, f"socket.create_connection(('127.0.0.1', {port}), 2)")
    for path in (environment / "bin" / "x", environment / "lib" / "x", environment / "pyvenv.cfg"):
        assert stranger.refuses(name, f"open({str(path)!r}, 'a')"), path
    assert stranger.refuses(
        name, "import tiny; path = Path(tiny.__file__); path.unlink(); path.write_text('VERSION = 3')"
    )
    assert stranger.refuses(name, "open(os.environ['SM_MODEL_DIR'] + '/x', 'w')")
    told = stranger.has_run(name, "result = ' '.join(f'{key}={value}' for key, value in os.environ.items())")
    assert "SECONDLOOK" not in str(told)
    assert "UV_" not in str(told)


def test_a_script_in_an_archive_of_its_own_brings_its_libraries(stranger: Stranger, name: str) -> None:
    script = (
        "def transform_fn(model, body, content_type, accept):\n    import tiny\n    return tiny.VERSION\n"
    )
    source = archive(**{"serve.py": script, "requirements.txt": "tiny"})
    container = {
        "Image": SCIKIT,
        "ModelDataUrl": stranger.put(f"{name}/model.tar.gz", archive(weights="1")),
        "Environment": {
            "SAGEMAKER_PROGRAM": "serve.py",
            "SAGEMAKER_SUBMIT_DIRECTORY": stranger.put(f"{name}/sourcedir.tar.gz", source),
        },
    }
    create(stranger.sagemaker, name, container)
    stranger.wait(name)

    assert stranger.send(name, "") == b"2.0"
    stranger.server.stop()
    stranger.server.start()
    eventually(lambda: outcome(lambda: stranger.send(name, "")) == "answered")
    eventually(lambda: outcome(stranger.neighbour_answers) == "answered")


def member(name: str, content: bytes = b"", size: int | None = None, **more: object) -> bytes:
    """An archive of one member, which may say that it has another size than it has."""
    if size is not None:
        info = tarfile.TarInfo(name)
        info.size = size
        return gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + content)
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as members:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        for key, value in more.items():
            setattr(info, key, value)
        members.addfile(info, io.BytesIO(content))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (member("../outside", b"x"), "'../outside', which leads out of the model"),
        (member("/etc/outside", b"x"), "'/etc/outside', which leads out of the model"),
        (member("link", type=tarfile.SYMTYPE, linkname="/etc/passwd"), "'link', which is no file or folder"),
        (member("link", type=tarfile.LNKTYPE, linkname="../other"), "'link', which is no file or folder"),
        (member("device", type=tarfile.CHRTYPE), "'device', which is no file or folder"),
        (member("pipe", type=tarfile.FIFOTYPE), "'pipe', which is no file or folder"),
        (member("huge", b"x", size=1 << 60), "larger than 1,073,741,824 bytes when it is unpacked"),
        pytest.param(
            archive(weights="1") + gzip.compress(bytes(16 << 20)) * 68,
            "larger than 1,073,741,824 bytes when it is unpacked",
            marks=pytest.mark.slow,
        ),
        (b"no archive", "Not a gzipped file"),
    ],
    ids=["above", "absolute", "symbolic link", "hard link", "device", "pipe", "huge", "bomb", "no archive"],
)
def test_an_archive_that_means_harm_is_refused_by_name(
    stranger: Stranger, name: str, content: bytes, reason: str
) -> None:
    stranger.create(name, content)

    said = stranger.failure(name)

    assert said.startswith(NOT_STARTED)
    assert reason in said
    assert f"s3://models/{name}/model.tar.gz" in said
    assert stranger.status(name) == "Failed"
    assert reason in stranger.said(name)


@pytest.mark.parametrize(
    ("requirements", "reason"),
    [
        ("tiny==7", "No solution found when resolving dependencies: Because there is no version of tiny==7"),
        ("builds", "builds"),
        ("tiny @ https://example.com/tiny.whl", "requirements.txt, line 1: "),
        ("-e ../../..", "requirements.txt, line 1: "),
    ],
)
def test_requirements_that_cannot_be_installed(
    stranger: Stranger, name: str, requirements: str, reason: str
) -> None:
    stranger.bring(name, RUN_WHAT_IS_SENT, requirements)

    said = stranger.failure(name)

    assert said.startswith(NOT_STARTED)
    assert reason in said
    assert reason in stranger.said(name)
    assert "has run" not in said + stranger.said(name) + stranger.server.log


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os\nos._exit(3)", "the process exited with 3"),
        ("import os\nos.kill(os.getpid(), 9)", "the process was ended by SIGKILL"),
        ("raise ValueError('no weights')", "no weights"),
        ("this is no Python", "SyntaxError"),
        ("import missing_library", "No module named 'missing_library'"),
        (
            "raise SystemExit('x' * 5000)",
            "xxx…). See AllTraffic-1.log, which `secondlook endpoints logs` prints.",
        ),
    ],
)
def test_a_model_that_does_not_load(stranger: Stranger, name: str, script: str, reason: str) -> None:
    stranger.bring(name, script)

    said = stranger.failure(name)

    assert said.startswith(NOT_READY)
    assert reason in said
    assert reason.partition("…")[0] in stranger.said(name)
    assert stranger.status(name) == "Failed"


def test_a_model_that_takes_too_much_memory_as_it_loads(stranger: Stranger, name: str) -> None:
    stranger.bring(name, "kept = [b'x' * (16 << 20) for _ in range(1000)]")

    said = stranger.failure(name)

    assert said.startswith(NOT_READY)
    # Python is refused more, or who looks on is faster.
    reasons = ("MemoryError", "more than the 512 MiB that a model may take")
    assert any(reason in said and reason in stranger.said(name) for reason in reasons)
    assert stranger.status(name) == "Failed"


def test_a_model_that_leaks_is_started_again_with_the_reason_in_its_log(
    stranger: Stranger, name: str
) -> None:
    stranger.deploy(name, RUN_WHAT_IS_SENT)

    stranger.has_run(name, LEAKS)

    stranger.says(name, f"MiB of memory, more than the {MEMORY} MiB that a model may take; starting again")
    eventually(lambda: outcome(lambda: stranger.send(name, "result = 1")) == "answered")
    assert stranger.status(name) == "InService"


def test_a_model_that_forks_without_end(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, RUN_WHAT_IS_SENT)

    stranger.has_run(name, FORKS)

    stranger.says(name, "that a model may")
    assert stranger.neighbour_answers()


def test_processes_that_go_their_own_way_end_with_the_endpoint(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, RUN_WHAT_IS_SENT)
    before = stranger.traces()

    stranger.has_run(name, GOES_ITS_OWN_WAY)

    eventually(lambda: stranger.traces()["processes"] >= before["processes"] + 3)


def test_endless_output_fills_no_disk_and_keeps_nobody_waiting(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, RUN_WHAT_IS_SENT)
    folder = stranger.server.data / "logs" / "endpoints" / name

    stranger.has_run(name, SHOUTS)

    eventually((folder / "AllTraffic-1.log.1").exists)
    for _ in range(20):
        assert stranger.has_run(name, "result = 2") == 2
        assert stranger.neighbour_answers()
        assert size(folder) < 3 << 20
    assert "yyyy" in stranger.said(name)


def test_a_model_that_dies_under_load(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, RUN_WHAT_IS_SENT)

    def ask(number: int) -> str:
        code = "os._exit(3)" if number % 20 == 10 else "time.sleep(0.02); result = 1"
        return outcome(lambda: stranger.send(name, code))

    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(ask, range(60)))

    assert {"answered", "ModelError"} <= outcomes <= {"answered", "ModelError", "ServiceUnavailable"}
    stranger.says(name, "the process exited with 3; starting again in")
    eventually(lambda: outcome(lambda: stranger.send(name, "result = 1")) == "answered", 60)
    assert stranger.status(name) == "InService"


def test_a_model_that_answers_garbage(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, ANSWERS)

    assert stranger.send(name, "fine") == b"ok"
    for garbage in ("no-http", "too-short", "wrong-length"):
        assert "The model broke off before it answered" in stranger.refused(name, garbage)
    stranger.refused(name, "endless")
    assert [stranger.send(name, order) for order in ("twice", "fine", "fine")] == [b"ok"] * 3


def test_a_prediction_that_takes_longer_than_it_may(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, RUN_WHAT_IS_SENT, environment={"SAGEMAKER_MODEL_SERVER_TIMEOUT": "2"})

    assert "broke off" in stranger.refused(name, "time.sleep(600)")

    stranger.says(name, "starting again")
    eventually(lambda: outcome(lambda: stranger.send(name, "result = 1")) == "answered")


@pytest.mark.slow
def test_who_never_answers_and_who_never_has_loaded_get_a_minute(stranger: Stranger, name: str) -> None:
    a_minute = {"ContainerStartupHealthCheckTimeoutInSeconds": 60}
    stranger.bring(f"{name}-loads", "import time\ntime.sleep(600)", variant=a_minute)
    stranger.bring(f"{name}-drips", PINGS_SLOWLY, variant=a_minute)
    stranger.bring(f"{name}-announces", ANNOUNCES_WITHOUT_END, variant=a_minute)
    stranger.deploy(name, ANSWERS)
    runtime = stranger.server.client("sagemaker-runtime", stranger.keys, read_timeout=90)

    answer = refused("ModelError", "timed out", runtime.invoke_endpoint, EndpointName=name, Body=b"never")

    assert answer["OriginalMessage"].startswith("Your invocation timed out while waiting for a response")
    assert stranger.send(name, "fine") == b"ok"
    for endpoint, what in {
        "loads": "did not announce in time that it is ready",
        "announces": "did not announce in time that it is ready",
        "drips": "did not pass the ping health check in time",
    }.items():
        reason = stranger.failure(f"{name}-{endpoint}")
        assert reason == f"{NOT_READY}{what}. See AllTraffic-1.log, which `secondlook endpoints logs` prints."
        assert what in stranger.said(f"{name}-{endpoint}")


def test_an_update_to_a_model_that_means_harm_leaves_what_there_was(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, RUN_WHAT_IS_SENT)
    before = stranger.traces()
    stranger.bring(f"{name}-2", "import os\nos._exit(3)", "tiny==1.0")

    stranger.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=f"{name}-2")

    eventually(lambda: stranger.status(name) == "InService", 60)
    described = stranger.sagemaker.describe_endpoint(EndpointName=name)
    assert described["EndpointConfigName"] == name
    assert "the process exited with 3" in described["FailureReason"]
    assert stranger.has_run(name, "result = 1") == 1
    stranger.delete(f"{name}-2")
    stranger.leaves(before)


def test_an_answer_in_pieces_that_never_ends_or_breaks_off(stranger: Stranger, name: str) -> None:
    stranger.deploy(name, ANSWERS)
    runtime = stranger.server.client("sagemaker-runtime", stranger.keys)

    answer = runtime.invoke_endpoint_with_response_stream(EndpointName=name, Body=b"endless")
    with closing(answer["Body"]) as body, closing(iter(body)) as pieces:
        assert all(set(next(pieces)["PayloadPart"]["Bytes"]) == {0} for _ in range(100))
    runtime.close()
    answer = stranger.runtime.invoke_endpoint_with_response_stream(EndpointName=name, Body=b"too-short")
    with closing(answer["Body"]) as body, pytest.raises(EventStreamError, match="ModelStreamError"):
        list(body)

    assert stranger.send(name, "fine") == b"ok"
