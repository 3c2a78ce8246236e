"""A server with a model that answers at once, and transform jobs over plain boto3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.running import eventually
from tests.town import ROLE, Town

SCRIPT = """
    import os, time

    def transform_fn(model, body, content_type, accept):
        answers = []
        text = body if isinstance(body, str) else body.decode()
        for line in text.split("\\n"):
            print("asked", line[:40])
            order, _, rest = line.partition(" ")
            if order == "die":
                os._exit(3)
            if order == "refuse":
                raise Refused(rest)
            if order == "fail":
                raise ValueError(rest)
            if order == "sleep":
                time.sleep(float(rest))
            while order == "hold" and not os.path.exists(rest):
                time.sleep(0.02)
            if order == "environment":
                answers += [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("SAGEMAKER")]
                continue
            if order == "size":
                answers.append(str(len(body)))
                break
            answers.append(line.upper())
        return "\\n".join(answers), accept or "text/plain"

    class Refused(Exception):
        status_code = 422
"""
"""Answers each line in capitals, or does what it orders: `hold FILE` until there is that file, for example."""

PRODUCT = "capitals"


@dataclass
class Jobs:
    """A bucket of this name, and a model of this name, whose jobs are called so too."""

    town: Town
    name: str

    def __post_init__(self) -> None:
        self.s3 = self.town.server.client("s3")
        self.sagemaker = self.town.sagemaker

    def set_up(self, product: str = PRODUCT) -> Jobs:
        self.s3.create_bucket(Bucket=self.name)
        package = self.town.subscribe(product)
        self.sagemaker.create_model(
            ModelName=self.name,
            ExecutionRoleArn=ROLE,
            PrimaryContainer={"ModelPackageName": package},
        )
        return self

    def put(self, objects: Mapping[str, str | bytes]) -> None:
        for key, body in objects.items():
            self.s3.put_object(Bucket=self.name, Key=key, Body=body)

    def params(self, name: str, uri: str = "in/", **more: Any) -> dict[str, Any]:
        """Of CreateTransformJob; `given` and `output` are further members of TransformInput and TransformOutput."""
        kind = more.pop("kind", "S3Prefix")
        return {
            "TransformJobName": name,
            "ModelName": self.name,
            "TransformInput": {
                "DataSource": {"S3DataSource": {"S3DataType": kind, "S3Uri": f"s3://{self.name}/{uri}"}},
                "ContentType": "text/plain",
                **more.pop("given", {}),
            },
            "TransformOutput": {"S3OutputPath": f"s3://{self.name}/out", **more.pop("output", {})},
            "TransformResources": {
                "InstanceType": "ml.m4.xlarge",
                "InstanceCount": more.pop("instances", 1),
            },
            **more,
        }

    def start(self, name: str, uri: str = "in/", **more: Any) -> str:
        return self.sagemaker.create_transform_job(**self.params(name, uri, **more))["TransformJobArn"]

    def wait(self, name: str, seconds: float = 120) -> dict[str, Any]:
        def over() -> dict[str, Any] | None:
            said = self.sagemaker.describe_transform_job(TransformJobName=name)
            return said if said["TransformJobStatus"] in {"Completed", "Failed", "Stopped"} else None

        return eventually(over, seconds)

    def run(self, name: str, uri: str = "in/", **more: Any) -> dict[str, Any]:
        self.start(name, uri, **more)
        return self.wait(name)

    def progress(self, name: str) -> dict[str, Any]:
        return self.town.secondlook.describe_transform_progress(TransformJobName=name)["Progress"]

    def asked(self, name: str) -> Counter[str]:
        """The first 40 characters of each line that the model of this server was asked for a job, by its log."""
        log = self.town.server.data / "logs" / "transform-jobs" / name / "model-1.log"
        lines = log.read_text().splitlines() if log.exists() else []
        return Counter(line.partition(" asked ")[2] for line in lines if " asked " in line)

    def results(self, prefix: str = "out/") -> dict[str, bytes]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        keys: Sequence[str] = [each["Key"] for page in pages for each in page.get("Contents", ())]
        return {
            key.removeprefix(prefix): self.s3.get_object(Bucket=self.name, Key=key)["Body"].read()
            for key in keys
        }
