"""Products for text, for sound, and of a server that speaks another protocol, over plain boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondlook.testing.products import describe
from tests.kserve.running import mlserver
from tests.running import Server
from tests.speech import file, spoken
from tests.town import ROLE, Town

from .client_errors import refused


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with mlserver(tmp_path_factory.mktemp("mlserver")) as url:
        yield url


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, models: str) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("kinds") / "data"
    token = data.parent / "token"
    token.write_text("secret-1")
    folder = data / "catalog" / "doubler"
    folder.mkdir(parents=True)
    runtime = f'name = "kserve_v2"\nurl = "{models}"\ntoken_file = "{token}"\n\n[environment]\nMODEL_NAME = "doubler"'
    describe(folder, ["application/json"], runtime)
    with Server(data, {"allow_outbound": "127.0.0.0/8"}) as server:
        yield Town(server.start())


def test_the_language_of_a_text(town: Town, name: str) -> None:
    town.deploy(name, town.subscribe("langid-text"))

    best, *others = json.loads(town.ask(name, "Die Rechnung ist Ende nächster Woche fällig."))

    assert best["id"] == "de"
    assert best["score"] > others[0]["score"]


def test_the_speech_in_a_recording(town: Town, name: str) -> None:
    town.deploy(name, town.subscribe("silero-speech"))
    samples, rate = spoken("The invoice is due at the end of next week.")

    answer = town.runtime.invoke_endpoint(
        EndpointName=name, Body=file(samples, rate), ContentType="audio/wav"
    )

    found = json.loads(answer["Body"].read())
    assert answer["ContentType"] == "application/json"
    assert found
    assert 0 <= found[0]["start"] < found[-1]["end"] <= len(samples) / rate + 0.001


def test_a_model_behind_another_protocol(town: Town, models: str, name: str) -> None:
    package = town.subscribe("doubler")
    town.deploy(name, package)

    assert json.loads(town.ask(name, "[[1, 2, 3]]", ContentType="application/json")) == [[2, 4, 6]]
    log = town.server.data / "logs" / "endpoints" / name
    shown = [
        str(town.sagemaker.describe_model_package(ModelPackageName=package)),
        str(town.sagemaker.describe_model(ModelName=name)),
        *(path.read_text() for path in log.iterdir()),
    ]
    assert not [text for text in shown if "secret-1" in text or f"{town.server.data.parent}/token" in text]


def test_no_model_may_say_where_the_token_is_sent(town: Town, name: str) -> None:
    refused(
        "ValidationException",
        "cannot set SECONDLOOK_MODEL_URL",
        town.sagemaker.create_model,
        ModelName=name,
        ExecutionRoleArn=ROLE,
        PrimaryContainer={
            "ModelPackageName": town.subscribe("doubler"),
            "Environment": {"SECONDLOOK_MODEL_URL": "https://elsewhere.example"},
        },
    )


def test_the_token_lies_beside_the_data_and_not_in_the_database(town: Town) -> None:
    assert not [
        path
        for path in Path(town.server.data).rglob("*")
        if path.is_file() and b"secret-1" in path.read_bytes()
    ]
