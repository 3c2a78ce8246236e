"""Models of one's own for tests: archives, and the way from one to an endpoint."""

from __future__ import annotations

import io
import tarfile
import textwrap
from typing import Any

import numpy as np

from tests.town import ROLE

SCIKIT = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"

LINEAR = """
    import json, os
    import numpy as np

    def model_fn(model_dir):
        return np.load(os.path.join(model_dir, "weights.npy"))

    def predict_fn(data, weights):
        return np.asarray(data) @ weights * float(os.environ.get("FACTOR", "1"))
"""
"""A script as for AWS's scikit-learn image: reading and writing are left to the toolkit."""


def archive(**files: str | bytes) -> bytes:
    """A model.tar.gz. Names are paths; scripts may be indented."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as members:
        for name, content in files.items():
            body = textwrap.dedent(content).encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(body)
            members.addfile(member, io.BytesIO(body))
    return written.getvalue()


def weights(*values: float) -> bytes:
    """A .npy file."""
    written = io.BytesIO()
    np.save(written, np.array(values))
    return written.getvalue()


def linear(script: str = LINEAR, place: str = "code/inference.py") -> bytes:
    """A model.tar.gz of weights and the script that loads them."""
    return archive(**{"weights.npy": weights(1, 10), place: script})


def create(sagemaker: Any, name: str, container: dict[str, Any]) -> None:
    """Model, endpoint config and endpoint of one name; returns before the endpoint is in service."""
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)
    deploy(sagemaker, name, name)


def deploy(sagemaker: Any, name: str, model: str) -> None:
    variant = {"VariantName": "AllTraffic", "ModelName": model, "InstanceType": "ml.m5.large"}
    sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
    )
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
