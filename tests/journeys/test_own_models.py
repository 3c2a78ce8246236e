"""A model archive of one's own, the ordinary way: uploaded, named by CreateModel beside AWS's image, deployed, asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests import sdks
from tests.commandline import of
from tests.databases import Postgres
from tests.environments import ROOT
from tests.own_models import LINEAR, SCIKIT, Maker, archive, create, deploy, linear, weights
from tests.running import Server, eventually
from tests.town import ROLE

from .client_errors import refused

OTHER_BUCKET = "somebody-elses"


def allowing(server: Server) -> Server:
    server.settings["allow_model_code"] = "yes"
    return server


@pytest.fixture(scope="module", params=["sqlite and files", "postgresql and S3"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With bodies in a directory, or in the S3 of another server."""
    data = tmp_path_factory.mktemp("own-models") / "data"
    if request.param == "sqlite and files":
        with allowing(Server(data)) as server:
            yield server.start()
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    storage: Server = request.getfixturevalue("_sqlite_server")
    database = postgres.create()
    with allowing(Server(data, {"database": postgres.url(database)})) as server:
        server.keep_objects_in(storage, "own-models")
        yield server.start()
    postgres.drop(database)


@pytest.fixture(scope="module")
def buckets(server: Server) -> str:
    """The name of one; there is another one."""
    s3 = server.client("s3")
    for bucket in ("models", OTHER_BUCKET):
        s3.create_bucket(Bucket=bucket)
    return "models"


@pytest.fixture(scope="module")
def maker(server: Server, buckets: str) -> Maker:
    return Maker(server, buckets)


def kept(server: Server) -> set[Path]:
    """The models' files on a server's disk."""
    return set((server.data / "own-models").glob("*"))


def test_an_archive_is_deployed_and_asked_and_outlives_its_object_and_a_restart(
    maker: Maker, name: str
) -> None:
    before = kept(maker.server)
    container = {
        "Image": SCIKIT,
        "ModelDataUrl": maker.put(f"{name}/model.tar.gz", linear()),
        "Environment": {
            "FACTOR": "2",
            "SAGEMAKER_PROGRAM": "inference.py",
            "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
            "SAGEMAKER_CONTAINER_LOG_LEVEL": "20",
            "SAGEMAKER_REGION": "us-east-1",
            "SAGEMAKER_MODEL_SERVER_WORKERS": "2",
            "SAGEMAKER_MODEL_SERVER_TIMEOUT": "60",
            "MMS_DEFAULT_RESPONSE_TIMEOUT": "60",
            "TS_DEFAULT_WORKERS_PER_MODEL": "1",
        },
    }
    create(maker.sagemaker, name, container)
    maker.wait(name)

    assert container == maker.sagemaker.describe_model(ModelName=name)["PrimaryContainer"]
    assert [42.0] == maker.ask(name, [[1, 2]])
    described = maker.sagemaker.describe_endpoint(EndpointName=name)["ProductionVariants"][0]
    assert SCIKIT == described["DeployedImages"][0]["SpecifiedImage"]

    maker.put(f"{name}/model.tar.gz", b"something else")
    maker.s3.delete_object(Bucket=maker.bucket, Key=f"{name}/model.tar.gz")
    maker.server.stop()
    maker.server.start()
    maker.wait(name)
    assert [42.0] == eventually(lambda: maker.ask(name, [[1, 2]]))

    maker.delete(name)
    eventually(lambda: kept(maker.server) == before)


def test_a_folder_of_objects_with_its_script(maker: Maker, name: str) -> None:
    source = {"S3DataType": "S3Prefix", "CompressionType": "None", "S3Uri": maker.put_folder(name)}

    create(maker.sagemaker, name, {"Image": SCIKIT, "ModelDataSource": {"S3DataSource": source}})
    maker.wait(name)

    assert [21.0] == maker.ask(name, [[1, 2]])


def test_the_program_of_the_documentation_makes_a_model(maker: Maker, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "hosting.md").read_text().partition("## A model archive\n")[2]
    (tmp_path / "model.tar.gz").write_bytes(linear())

    maker.run([sys.executable, "-c", page.partition("```python\n")[2].partition("```")[0]], tmp_path)

    made = maker.sagemaker.describe_model(ModelName="price")["PrimaryContainer"]
    assert "s3://models/price/model.tar.gz" == made["ModelDataUrl"]


def test_the_script_in_an_archive_of_its_own(maker: Maker, name: str) -> None:
    """As SageMaker's SDK sends SKLearnModel and XGBoostModel."""
    script = maker.put(f"{name}/sourcedir.tar.gz", archive(**{"serve.py": LINEAR}))
    container = {
        "Image": SCIKIT,
        "ModelDataUrl": maker.put(f"{name}/model.tar.gz", linear("raise Exception('not this one')")),
        "Environment": {"SAGEMAKER_PROGRAM": "serve.py", "SAGEMAKER_SUBMIT_DIRECTORY": script},
    }
    create(maker.sagemaker, name, container)
    maker.wait(name)

    assert [21.0] == maker.ask(name, [[1, 2]])


def test_an_update_brings_up_what_the_archive_is_by_now(maker: Maker, name: str) -> None:
    url = maker.put(f"{name}/model.tar.gz", linear())
    create(maker.sagemaker, name, {"Image": SCIKIT, "ModelDataUrl": url})
    maker.wait(name)
    maker.put(f"{name}/model.tar.gz", linear(LINEAR.replace("@ weights", "@ weights * 2")))

    maker.sagemaker.update_endpoint(EndpointName=name, EndpointConfigName=name)

    maker.wait(name)
    assert "FailureReason" not in maker.sagemaker.describe_endpoint(EndpointName=name)
    eventually(lambda: [42.0] == maker.ask(name, [[1, 2]]))


def test_two_endpoints_share_a_models_files(maker: Maker, name: str) -> None:
    create(
        maker.sagemaker,
        name,
        {"Image": SCIKIT, "ModelDataUrl": maker.put(f"{name}/model.tar.gz", linear())},
    )
    before = len(kept(maker.server))
    deploy(maker.sagemaker, f"{name}-2", name)
    for endpoint in (name, f"{name}-2"):
        maker.wait(endpoint)

    assert len(kept(maker.server)) <= before + 1
    maker.delete(name)
    assert [21.0] == maker.ask(f"{name}-2", [[1, 2]])


@pytest.mark.slow
def test_models_of_the_sagemaker_sdk(maker: Maker, name: str, tmp_path: Path) -> None:
    """SKLearnModel and XGBoostModel send their script as an archive of its own, the others repack the model with it."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "inference.py").write_text(dedent(LINEAR))
    data = maker.put(f"{name}/model.tar.gz", archive(**{"weights.npy": weights(1, 10)}))
    program = sdks.two("deploying.py", *maker.keys, maker.bucket, str(folder), data, SCIKIT, name)

    said = of(maker.server, tmp_path).run("exec", "--", *program)

    answers = json.loads(said.out.splitlines()[-1])
    assert {"sklearn": [42.0], "pytorch": [21.0], "xgboost": [21.0], "model": [21.0]} == {
        kind: answer for kind, (answer, _) in answers.items()
    }
    places = {kind: place for kind, (_, place) in answers.items()}
    assert places["pytorch"] == "/opt/ml/model/code"
    assert places["sklearn"].startswith("s3://models/")


@pytest.mark.slow
def test_a_model_of_the_sagemaker_sdk_3(maker: Maker, name: str, tmp_path: Path) -> None:
    folder = maker.put_folder(name)
    program = sdks.three("deploying.py", name, folder, SCIKIT, ROLE)

    said = maker.run(program, tmp_path)

    assert {"place": folder, "answer": [63.0]} == json.loads(said.splitlines()[-1])


# what is refused


def test_model_data_that_are_not_there(maker: Maker, name: str) -> None:
    refused(
        "ValidationException",
        "Could not find model data at s3://models/none-such.tar.gz.",
        maker.sagemaker.create_model,
        ModelName=name,
        PrimaryContainer={"Image": SCIKIT, "ModelDataUrl": "s3://models/none-such.tar.gz"},
    )


def test_model_data_that_are_gone_when_the_endpoint_is_made(maker: Maker, name: str) -> None:
    url = maker.put(f"{name}.tar.gz", linear())
    maker.sagemaker.create_model(ModelName=name, PrimaryContainer={"Image": SCIKIT, "ModelDataUrl": url})
    maker.s3.delete_object(Bucket=maker.bucket, Key=f"{name}.tar.gz")
    deploy(maker.sagemaker, name, name)

    assert f"there was nothing at {url} when the endpoint was made" in maker.failure(name)


def test_model_data_that_only_its_owner_can_read(maker: Maker, name: str) -> None:
    key = f"{name}/m/model.tar.gz"
    by_key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"k" * 32}
    maker.s3.put_object(Bucket=maker.bucket, Key=key, Body=linear(), **by_key)
    url = f"s3://{maker.bucket}/{key}"

    refused(
        "ValidationException",
        f"The model data at {url} is encrypted with a customer's key (SSE-C), which this server does not keep.",
        maker.sagemaker.create_model,
        ModelName=name,
        PrimaryContainer={"Image": SCIKIT, "ModelDataUrl": url},
    )
    folder = {
        "S3Uri": url.removesuffix("model.tar.gz"),
        "S3DataType": "S3Prefix",
        "CompressionType": "None",
    }
    create(maker.sagemaker, name, {"Image": SCIKIT, "ModelDataSource": {"S3DataSource": folder}})
    assert f"{url} is encrypted with a customer's key (SSE-C)" in maker.failure(name)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"no archive", "cannot be unpacked: Not a gzipped file"),
        (archive(**{"../up": "x"}), "'../up', which leads out of the model"),
        (archive(**{"model.joblib": "x"}), "holds neither code/inference.py nor inference.py: a model comes with the script"),
        (archive(**{"code/inference.py": "import a_library_that_nobody_has"}), "No module named 'a_library_that_nobody_has'"),
    ],
    ids=["none", "leads out", "without a script", "without a library"],  # what is packed has the time in it
)  # fmt: skip
def test_an_archive_that_cannot_run_is_the_endpoints_reason(
    maker: Maker, name: str, body: bytes, reason: str
) -> None:
    create(maker.sagemaker, name, {"Image": SCIKIT, "ModelDataUrl": maker.put(f"{name}.tar.gz", body)})

    assert reason in maker.failure(name)


def test_a_key_without_the_right_makes_no_model_that_runs_code(
    server: Server, maker: Maker, name: str
) -> None:
    plain = Maker(server, maker.bucket, BringsCode=False)
    container = {"Image": SCIKIT, "ModelDataUrl": maker.put(f"{name}.tar.gz", linear())}

    answer = refused(
        "AccessDeniedException",
        "may not make models that run code or files of their own",
        plain.sagemaker.create_model,
        ModelName=name,
        PrimaryContainer=container,
    )
    assert "secondlook keys create --brings-code" in answer["Error"]["Message"]
    # A model is judged when it is made: whoever may deploy may deploy this one.
    maker.sagemaker.create_model(ModelName=name, PrimaryContainer=container)
    deploy(plain.sagemaker, name, name)
    plain.wait(name)


def test_an_admins_key_always_may(server: Server, maker: Maker, name: str) -> None:
    container = {"Image": SCIKIT, "ModelDataUrl": maker.put(f"{name}.tar.gz", linear())}

    server.client("sagemaker").create_model(ModelName=name, PrimaryContainer=container)


@pytest.mark.parametrize("member", ["ModelDataUrl", "SAGEMAKER_SUBMIT_DIRECTORY"])
def test_a_key_bound_to_buckets_reads_no_other_through_a_model(
    server: Server, maker: Maker, name: str, member: str
) -> None:
    bound = Maker(server, maker.bucket, Buckets=[maker.bucket])
    server.client("s3").put_object(Bucket=OTHER_BUCKET, Key="m.tar.gz", Body=linear())
    container: dict[str, Any] = {"Image": SCIKIT, "ModelDataUrl": bound.put("mine.tar.gz", linear())}
    elsewhere = f"s3://{OTHER_BUCKET}/m.tar.gz"
    more = {member: elsewhere} if member == "ModelDataUrl" else {"Environment": {member: elsewhere}}

    refused(
        "AccessDeniedException",
        f"may use the buckets models, not '{OTHER_BUCKET}'",
        bound.sagemaker.create_model,
        ModelName=name,
        PrimaryContainer=container | more,
    )
    bound.sagemaker.create_model(ModelName=name, PrimaryContainer=container)


def test_nobody_reads_the_servers_own_bucket_through_a_model(server: Server, name: str) -> None:
    refused(
        "AccessDeniedException",
        "",
        server.client("sagemaker").create_model,
        ModelName=name,
        PrimaryContainer={"Image": SCIKIT, "ModelDataUrl": "s3://secondlook-internal/m.tar.gz"},
    )


def test_a_server_that_was_not_told_to_runs_no_code_not_even_an_admins(
    sqlite_server: Server, name: str
) -> None:
    answer = refused(
        "AccessDeniedException",
        "--allow-model-code",
        sqlite_server.client("sagemaker").create_model,
        ModelName=name,
        PrimaryContainer={"Image": SCIKIT, "ModelDataUrl": "s3://models/m.tar.gz"},
    )
    assert "secondlook keys create --brings-code" in answer["Error"]["Message"]


def test_what_runs_stops_with_the_next_start_when_the_setting_is_taken_away(
    own_server: Server, name: str
) -> None:
    server = allowing(own_server).start()
    server.client("s3").create_bucket(Bucket="models")
    maker = Maker(server, "models")
    create(maker.sagemaker, name, {"Image": SCIKIT, "ModelDataUrl": maker.put("m.tar.gz", linear())})
    maker.wait(name)
    server.stop()
    del server.settings["allow_model_code"]
    server.start()

    deploy(maker.sagemaker, f"{name}-2", name)
    assert "this server runs no code or files of those who make models" in maker.failure(f"{name}-2")
    refused("ModelNotReadyException", "", maker.runtime.invoke_endpoint, EndpointName=name, Body=b"[[1, 2]]")
