"""Service models: found, kept once, without prose, with our own among them."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import botocore.loaders
import botocore.model
import pytest

from secondlook.wire import specs
from secondlook.wire.amendments import amend
from tests.wire.served import OPERATIONS, SERVED


@cache
def _botocores_model(service: str) -> botocore.model.ServiceModel:
    loader = botocore.loaders.Loader(extra_search_paths=[str(specs.data_path())])
    model = loader.load_service_model(service, "service-2")
    amend(service, model["shapes"])
    return botocore.model.ServiceModel(model, service)


@pytest.mark.parametrize("service", SERVED)
def test_a_model_is_loaded_once(service: str) -> None:
    assert specs.load(service) is specs.load(service)
    assert specs.load(service).name == service


def test_a_service_that_botocore_does_not_know() -> None:
    with pytest.raises(LookupError, match="'no-such-service'"):
        specs.load("no-such-service")


def test_an_operation_that_the_model_does_not_have() -> None:
    with pytest.raises(KeyError, match="CreateNothing"):
        specs.load("sagemaker").operation("CreateNothing")


@pytest.mark.parametrize("service", SERVED)
def test_botocore_reads_the_same_facts(service: str) -> None:
    botocores = _botocores_model(service)
    ours = specs.load(service)

    assert ours.signing_name == botocores.signing_name
    assert ours.api_version == botocores.api_version
    assert ours.protocols == tuple(botocores.metadata["protocols"])
    assert sorted(ours) == sorted(botocores.operation_names)


@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_botocore_reads_the_same_shapes(service: str, name: str) -> None:
    botocores = _botocores_model(service).operation_model(name)
    ours = specs.load(service).operation(name)

    assert (ours.method, ours.uri) == (botocores.http["method"], botocores.http["requestUri"])
    for mine, other in ((ours.input, botocores.input_shape), (ours.output, botocores.output_shape)):
        assert (mine is None) == (other is None)
        if mine is not None:
            _compare(mine, other, 0)


def _compare(ours: specs.Shape, botocores: botocore.model.Shape, depth: int) -> None:
    assert ours.type == botocores.type_name
    if ours.type == "structure" and depth < 4:
        assert list(ours.members) == list(botocores.members)
        assert list(ours.required) == botocores.required_members
        for name, member in ours.members.items():
            other = botocores.members[name]
            assert (member.location, member.wire_name) == (
                other.serialization.get("location"),
                other.serialization.get("name"),
            )
            _compare(member, other, depth + 1)
    elif ours.type == "list":
        assert ours.flattened == bool(botocores.serialization.get("flattened"))
        _compare(ours.member, botocores.member, depth + 1)
    elif ours.type == "map":
        _compare(ours.value, botocores.value, depth + 1)


def test_prose_is_dropped_and_members_called_documentation_are_not() -> None:
    shapes = specs.load("sagemaker")._shapes

    assert "documentation" not in shapes["CreateModelInput"]
    assert '"documentation": "' not in json.dumps(shapes)


def test_corrections_beside_a_model_are_applied() -> None:
    assert "SourceRegion" in specs.load("rds").operation("CopyDBSnapshot").input.members


@pytest.mark.parametrize(
    ("service", "name", "streams"),
    [
        ("s3", "PutObject", True),
        ("sagemaker-runtime", "InvokeEndpoint", True),
        ("s3", "DeleteObjects", False),
    ],
)
def test_it_is_known_whose_body_stays_a_stream(service: str, name: str, streams: bool) -> None:
    assert specs.load(service).operation(name).takes_stream is streams


def test_the_wire_does_not_import_botocores_code() -> None:
    program = (
        "import sys; from secondlook.wire import chunked, route, serialize, specs, validate; "
        "specs.load('sagemaker'); print([name for name in sys.modules if name.startswith(('botocore', 'boto3'))])"
    )

    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert process.stdout.strip() == "[]"
