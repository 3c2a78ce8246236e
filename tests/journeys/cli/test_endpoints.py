"""`secondlook catalog new` and `deploy`, and `secondlook endpoints`."""

from __future__ import annotations

import json
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.commandline import CommandLine, of
from tests.running import Server, eventually

BROKEN = """
import sys
print("reading the \\x1b[31mweights")
sys.stdout.flush()

def model_fn(model_dir):
    sys.exit("no weights here")

def predict_fn(data, model):
    return 1
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("endpoints") / "data") as server:
        yield server.start()


@pytest.fixture
def command(server: Server, tmp_path: Path) -> CommandLine:
    return of(server, tmp_path)


@pytest.fixture
def product(server: Server, command: CommandLine, name: str) -> str:
    """A product of this test's own."""
    short = name[-30:].strip("-")
    command.run("catalog", "new", short)
    return short


def deploy(command: CommandLine, product: str, *more: str) -> str:
    return command.run("catalog", "deploy", product, product, *more).out


def test_a_new_product_is_deployed_and_answers_as_its_snippet_says(
    server: Server, command: CommandLine, product: str
) -> None:
    out = deploy(command, product)

    snippet = command.cwd / "ask.py"
    snippet.write_text(out[: out.index("\nprintf ")])
    answer = json.loads(command.run("exec", "--", "python", str(snippet)).out)
    assert answer["label"] == "complaint"
    assert answer["score"] > 0.9
    assert deploy(command, product) == out
    other = command.run("catalog", "deploy", product, product, "--count", "2", code=1)
    assert "There is an endpoint config" in other.err
    shown = command.run("endpoints", "show", product).out
    assert re.search(r"^Status +InService$", shown, re.MULTILINE)
    assert re.search(r"^AllTraffic +secondlook/inference_script +1 +1 of 1", shown, re.MULTILINE)
    assert out.strip() in shown
    assert re.search(
        rf"^{product} +InService +{product} +1 of 1 ", command.run("endpoints", "list").out, re.MULTILINE
    )
    said = eventually(lambda: "score 0.9" in (said := command.run("endpoints", "logs", product).out) and said)
    assert re.search(
        r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z  AllTraffic/1  10 words, score 0\.9", said, re.MULTILINE
    )
    assert "words" not in command.run("endpoints", "logs", product, "--grep", "nothing").out
    assert (
        command.run(
            "endpoints", "logs", product, "--grep", "words", "--since", "10m", "--lines", "1"
        ).out.count("\n")
        == 1
    )
    assert command.run("endpoints", "logs", product, "--instance", "2").out == ""
    command.run("endpoints", "delete", product)
    eventually(lambda: product not in command.run("endpoints", "list").out)


def test_an_endpoint_that_fails_says_why_and_what_its_model_said(
    server: Server, command: CommandLine, product: str
) -> None:
    (server.data / "catalog" / product / "model/code/inference.py").write_text(BROKEN)

    said = command.run("catalog", "deploy", product, product, code=1).err

    assert f"Error: The endpoint {product} failed: " in said
    assert "no weights here" in said
    assert "reading the \N{REPLACEMENT CHARACTER}[31mweights" in said
    assert "\x1b" not in said
    shown = command.run("endpoints", "show", product).out
    assert f"What its models said: secondlook endpoints logs {product}" in shown
    assert "invoke_endpoint" not in shown


def test_deploying_again_brings_up_what_the_product_has_become(
    server: Server, command: CommandLine, product: str
) -> None:
    script = server.data / "catalog" / product / "model/code/inference.py"
    works = script.read_text()
    script.write_text(BROKEN)
    command.run("catalog", "deploy", product, product, code=1)
    script.write_text(works)

    after_a_failure = command.run("catalog", "deploy", product, product)

    assert f"Removing the endpoint {product}, which was Failed" in after_a_failure.err
    assert answer(server, product)["label"] == "complaint"
    script.write_text(works.replace('"score": round', '"again": True, "score": round'))
    deploy(command, product)
    assert answer(server, product)["again"] is True
    script.write_text(BROKEN)
    refused = command.run("catalog", "deploy", product, product, code=1).err
    assert f"{product} goes on as it was; the update failed: " in refused
    assert "no weights here" in refused
    assert answer(server, product)["again"] is True


def answer(server: Server, endpoint: str) -> Any:
    called = server.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=endpoint, ContentType="text/plain", Body=b"It came late."
    )
    return json.load(called["Body"])


def test_logs_are_followed_through_an_update_and_a_restart_of_the_server(
    own_server: Server, tmp_path: Path
) -> None:
    command = of(own_server.start(), tmp_path)
    command.run("catalog", "new", "followed")
    deploy(command, "followed")
    with command.running("endpoints", "logs", "followed", "--follow", "--grep", "words") as following:
        lines = gathered(following.stdout)
        ask(own_server, "one two")
        eventually(lambda: any("AllTraffic/1  2 words" in line for line in lines))
        sagemaker = own_server.client("sagemaker")
        sagemaker.update_endpoint(EndpointName="followed", EndpointConfigName="followed")
        sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="followed", WaiterConfig={"Delay": 1})
        ask(own_server, "one two three")
        eventually(lambda: any(".g" in line and "3 words" in line for line in lines))
        own_server.stop()
        own_server.start()
        eventually(lambda: ask(own_server, "one two three four") or True)
        eventually(lambda: any("4 words" in line for line in lines))
        following.send_signal(signal.SIGINT)
        following.wait(30)

    assert following.returncode == 0
    assert len([line for line in lines if "2 words" in line]) == 1


def gathered(stream: IO[str] | None) -> list[str]:
    """What is written there from now on, as it comes."""
    assert stream is not None
    lines: list[str] = []
    threading.Thread(target=lambda: lines.extend(iter(stream.readline, "")), daemon=True).start()
    return lines


def ask(server: Server, text: str) -> None:
    server.client("sagemaker-runtime").invoke_endpoint(
        EndpointName="followed", ContentType="text/plain", Body=text.encode()
    )


def test_a_product_is_never_written_over_and_its_name_is_checked(
    server: Server, command: CommandLine, product: str, tmp_path: Path
) -> None:
    assert "is there already; nothing in it was changed" in command.run("catalog", "new", product, code=1).err
    assert "comes with secondlook" in command.run("catalog", "new", "langid-text", code=1).err
    for name in ("../x", "a_b", "x" * 31, "-a"):
        assert "no name of a product" in command.run("catalog", "new", "--", name, code=2).err
    assert (
        "--runtime remote needs --url"
        in command.run("catalog", "new", "far", "--runtime", "remote", code=2).err
    )
    assert (
        "give --runtime too, one of remote, kserve_v2, openai_chat"
        in command.run("catalog", "new", "far", "--url", "https://models.example.com/x", code=2).err
    )


@pytest.mark.parametrize(
    "more",
    [
        ["--runtime", "onnx_detection"],
        *(
            ["--runtime", name, "--url", "https://models.example.com/x"]
            for name in ("remote", "kserve_v2", "openai_chat")
        ),
        [],
    ],
)
def test_what_is_written_is_a_product(command: CommandLine, more: list[str]) -> None:
    folder = Path(command.run("catalog", "new", "mine", "--directory", str(command.cwd), *more).out.strip())

    assert re.search(r'^name = "mine-[0-9a-f]{32}"', (folder / "product.toml").read_text(), re.MULTILINE)
    assert {path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*")]} == {0}
