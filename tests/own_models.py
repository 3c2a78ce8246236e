"""Models of one's own for tests: archives, and the way from one to an endpoint."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.running import Server, eventually
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


def create(sagemaker: Any, name: str, container: dict[str, Any], **variant: Any) -> None:
    """Model, endpoint config and endpoint of one name; returns before the endpoint is in service."""
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)
    deploy(sagemaker, name, name, **variant)


def deploy(sagemaker: Any, name: str, model: str, **variant: Any) -> None:
    """`variant` are further members of the config's only one."""
    variant = {
        "VariantName": "AllTraffic",
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
        **variant,
    }
    sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[{**variant, "ModelName": model}]
    )
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)


class Maker:
    """A program whose key may bring code."""

    def __init__(self, server: Server, bucket: str, **bounds: Any) -> None:
        made = server.client("secondlook").create_key(Name="models", **{"BringsCode": True, **bounds})
        self.keys = keys = made["AccessKeyId"], made["SecretAccessKey"]
        self.server, self.bucket = server, bucket
        self.s3 = server.client("s3", keys)
        self.sagemaker = server.client("sagemaker", keys)
        self.runtime = server.client("sagemaker-runtime", keys)

    def put(self, key: str, body: bytes) -> str:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)
        return f"s3://{self.bucket}/{key}"

    def put_folder(self, name: str) -> str:
        """Weights and the script that loads them, as objects below a prefix."""
        self.put(f"{name}/m/weights.npy", weights(1, 10))
        self.put(f"{name}/m/code/inference.py", textwrap.dedent(LINEAR).encode())
        return f"s3://{self.bucket}/{name}/m/"

    def wait(self, name: str) -> None:
        waiter = self.sagemaker.get_waiter("endpoint_in_service")
        waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def failure(self, name: str) -> str:
        """Why an endpoint did not come into service."""

        def reason() -> str | None:
            return self.sagemaker.describe_endpoint(EndpointName=name).get("FailureReason")

        return str(eventually(reason, 60))

    def ask(self, name: str, data: object) -> object:
        answer = self.runtime.invoke_endpoint(
            EndpointName=name, ContentType="application/json", Body=json.dumps(data)
        )
        return json.loads(answer["Body"].read())

    def run(self, command: Sequence[str], place: Path) -> str:
        """What a program prints that finds the server and the key in its environment, as programs do."""
        key_id, secret = self.keys
        env = {"AWS_ENDPOINT_URL": self.server.url, "AWS_DEFAULT_REGION": "us-east-1"}
        env |= {"AWS_ACCESS_KEY_ID": key_id, "AWS_SECRET_ACCESS_KEY": secret, "HOME": os.environ["HOME"]}
        said = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, check=False)
        assert 0 == said.returncode, said.stderr
        return said.stdout

    def delete(self, name: str) -> None:
        self.sagemaker.delete_endpoint(EndpointName=name)
        waiter = self.sagemaker.get_waiter("endpoint_deleted")
        waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
