"""Which runtime stands in for an image, and which model data a definition names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid
from secondlook.hosting.images import REPOSITORIES, Images
from secondlook.hosting.model_data import ModelData
from secondlook.settings import Settings
from secondlook.wire.hosts import Hosts

SCIKIT = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"
HOSTS = Hosts(Settings(public_url="https://review.example.org"))


def container(images: Images | None = None, **definition: Any) -> Container:
    return (images or Images(hosts=HOSTS)).container({"Image": SCIKIT, **definition})


@pytest.mark.parametrize("repository", REPOSITORIES)
@pytest.mark.parametrize(
    "image",
    [
        "763104351884.dkr.ecr.eu-central-1.amazonaws.com/{}:2.1-cpu",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/{}",
        "763104351884.dkr.ecr-fips.us-gov-west-1.amazonaws.com/{}:2@sha256:" + "0" * 64,
    ],
)
def test_images_of_aws_run_a_script(repository: str, image: str) -> None:
    found = container(Image=image.format(repository))
    assert (found.runtime, found.kind, found.confined) == ("inference_script", "local", True)


@pytest.mark.parametrize(
    "image",
    [
        "python:3.12",
        "pytorch-inference:2.1",  # no registry of AWS's
        "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.27",
        "763104351884.dkr.ecr.us-east-1.amazonaws.com/my/pytorch-inference:2",
        "763104351884.dkr.ecr.us-east-1.amazonaws.com.evil.org/pytorch-inference:2",
        "secondlook/remote",
        "secondlook/openai_chat",  # it needs the address of a server
        "secondlook/nothing",
        "secondlook/../x",
    ],
)
def test_any_other_image_is_refused_and_the_table_named(image: str) -> None:
    with pytest.raises(Invalid, match=r"--image 'PATTERN=RUNTIME'.*docs/hosting.md") as refusal:
        container(Image=image)
    assert image in str(refusal.value)


def test_our_own_names_run_that_runtime() -> None:
    assert container(Image="secondlook/onnx_detection").runtime == "onnx_detection"
    assert container(Image="secondlook/inference_script:1").runtime == "inference_script"


def test_a_mapping_comes_before_what_is_known() -> None:
    images = Images(["*/sagemaker-scikit-learn:*=http://10.0.0.7:8080", "*/mine:?=text_reading"])
    elsewhere = container(images, ModelDataUrl="s3://models/a.tar.gz", Environment={"A": "1"})
    assert (elsewhere.kind, elsewhere.url) == ("remote", "http://10.0.0.7:8080")
    assert (elsewhere.model_data, elsewhere.confined) == (None, False)
    assert container(images, Image="registry.example.org/mine:3").runtime == "text_reading"
    with pytest.raises(Invalid):
        container(images, Image="registry.example.org/mine:33")


@pytest.mark.parametrize("target", ["docker", "remote", "kserve_v2"])
def test_a_mapping_to_no_runtime_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match=f"'{target}', which is no runtime: it is one of inference_script, "):
        Images([f"*={target}"])


def source(kind: str, compression: str, uri: str, **more: Any) -> dict[str, Any]:
    return {"S3DataSource": {"S3DataType": kind, "CompressionType": compression, "S3Uri": uri, **more}}


@pytest.mark.parametrize(
    ("definition", "data"),
    [
        ({"ModelDataUrl": "s3://models/a/m.tar.gz"}, ModelData("models", "a/m.tar.gz", "archive")),
        ({"ModelDataUrl": "https://s3.eu-west-1.amazonaws.com/models/a%20b.tgz"}, ModelData("models", "a b.tgz", "archive")),
        ({"ModelDataUrl": "https://models.s3.amazonaws.com/a.tgz"}, ModelData("models", "a.tgz", "archive")),
        ({"ModelDataUrl": "https://models.s3-eu-west-1.amazonaws.com/a.tgz"}, ModelData("models", "a.tgz", "archive")),
        ({"ModelDataUrl": "https://review.example.org/models/a/m.tgz"}, ModelData("models", "a/m.tgz", "archive")),
        ({"ModelDataUrl": "https://models.review.example.org/a/m.tgz"}, ModelData("models", "a/m.tgz", "archive")),
        ({"ModelDataSource": source("S3Object", "Gzip", "s3://models/m.tgz")}, ModelData("models", "m.tgz", "archive")),
        ({"ModelDataSource": source("S3Object", "None", "s3://models/m.onnx")}, ModelData("models", "m.onnx", "object")),
        ({"ModelDataSource": source("S3Prefix", "None", "s3://models/m")}, ModelData("models", "m/", "folder")),
        ({"ModelDataSource": source("S3Prefix", "None", "s3://models")}, ModelData("models", "", "folder")),
        ({}, None),
    ],
)  # fmt: skip
def test_model_data_are_found_in_the_object_store(definition: dict[str, Any], data: ModelData | None) -> None:
    assert container(**definition).model_data == data


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        ({"ModelDataUrl": "s3://models/m/"}, "names one tar.gz"),
        ({"ModelDataUrl": "https://example.com/models/m.tgz"}, "no place in this server's object store"),
        ({"ModelDataUrl": "https://amazonaws.com/models/m.tgz"}, "no place in this server's object store"),
        ({"ModelDataUrl": "s3://m_o/m.tgz"}, "names no bucket"),
        ({"ModelDataUrl": "s3://m.tgz", "ModelDataSource": {}}, "names one tar.gz"),
        ({"ModelDataUrl": "s3://models/m", "ModelDataSource": source("S3Prefix", "None", "s3://m")}, "not both"),
        ({"ModelDataSource": source("S3Prefix", "Gzip", "s3://models/m")}, "S3Prefix with CompressionType Gzip"),
        ({"ModelDataSource": source("S3Object", "None", "s3://models/m/")}, "is no object"),
        ({"ModelDataSource": source("S3Prefix", "None", "s3://models/m", ManifestS3Uri="s3://models/x")}, "ManifestS3Uri"),
        ({"ModelDataSource": source("S3Prefix", "None", "s3://models/m", ModelAccessConfig={"AcceptEula": False})}, "AcceptEula"),
        ({"ModelDataSource": {"S3DataSource": None}}, "needs S3DataSource"),
        ({"Mode": "MultiModel"}, "Mode MultiModel is not served"),
        ({"ImageConfig": {"RepositoryAccessMode": "Vpc"}}, "RepositoryAccessMode Vpc"),
        ({"MultiModelConfig": {"ModelCacheSetting": "Enabled"}}, "MultiModelConfig of a container"),
        ({"AdditionalModelDataSources": [{}]}, "AdditionalModelDataSources"),
        ({"Image": None}, "needs Image or ModelPackageName"),
    ],
)  # fmt: skip
def test_what_is_not_served_is_refused_by_name(definition: dict[str, Any], reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        container(**definition)


def test_a_source_archive_is_found_in_the_environment() -> None:
    variables = {"SAGEMAKER_SUBMIT_DIRECTORY": "s3://code/sourcedir.tar.gz", "SAGEMAKER_PROGRAM": "serve.py"}
    images = Images()
    own = container(images, Environment=variables)
    assert own.source == ModelData("code", "sourcedir.tar.gz", "archive")
    assert own.environment == {**variables, "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code"}
    assert images.with_environment(own, {"MORE": "1"}).source == own.source
    over = images.with_environment(own, {"SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code"})
    assert over.source is None
    assert over.environment["SAGEMAKER_PROGRAM"] == "serve.py"


def test_a_container_of_ones_own_comes_back_from_a_row() -> None:
    own = container(
        ModelDataUrl="s3://models/m.tgz",
        Environment={"SAGEMAKER_SUBMIT_DIRECTORY": "s3://code/sourcedir.tar.gz"},
    )
    assert Container.from_json(json.loads(json.dumps(own.as_json()))) == own
    assert own.model_version == "s3://models/m.tgz@"


@pytest.mark.parametrize("variable", ["PYTHONPATH", "LD_PRELOAD", "SECONDLOOK_TOKEN_FILE"])
def test_a_package_cannot_set_either_what_no_model_can(variable: str) -> None:
    with pytest.raises(Invalid, match=f"cannot set {variable}"):
        container(Environment={variable: "x"})
