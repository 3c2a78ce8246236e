"""An asynchronous endpoint over plain boto3: deployed, called, and its answers read where the calls said they would be."""

from __future__ import annotations

import json
from typing import Any

from tests.running import eventually
from tests.town import Town

WORKER = """
    import json, os, threading, time, uuid

    lock, under_way, most, refused = threading.Lock(), 0, 0, 0

    class Busy(Exception):
        status_code = 503

    def transform_fn(model, body, content_type, accept):
        global under_way, most, refused
        order = bytes(body[:80] if isinstance(body, bytes) else body.encode()[:80]).decode(errors="replace")
        print(f"begins: {order}", flush=True)
        if order.startswith("busy") and refused < 2:
            refused += 1
            raise Busy("not now")
        if order.startswith("fail"):
            raise ValueError("no such label")
        if order.startswith("die"):
            os._exit(3)
        with lock:
            under_way += 1
            most = max(most, under_way)
        if order.startswith("sleep "):
            time.sleep(float(order.split()[1]))
        with lock:
            under_way -= 1
        if order.startswith("many "):
            return b"x" * int(order.split()[1]), "application/octet-stream"
        score = float(order.split()[1]) if order.startswith("score ") else 1.0
        box = {"left": 10, "top": 20, "right": 110, "bottom": 220}
        if order.startswith("score "):
            return json.dumps([{"id": "bicycle", "score": score, **box}]), "application/json"
        said = {"order": order.split("\\0")[0], "bytes": len(body), "most": most, "once": uuid.uuid4().hex,
                "type": content_type, "accept": accept}
        return json.dumps(said), "application/json"
"""
"""Sleeps, fails, dies, is busy twice, or says much when it is told to; else it says what it was asked, and how many calls it had at once."""


class AsyncTown(Town):
    """A town with a bucket of its own for what goes in and out."""

    @property
    def s3(self) -> Any:
        return self.server.client("s3")

    def deploy_async(
        self,
        name: str,
        package: str,
        bucket: str,
        *,
        instances: int = 1,
        output: dict[str, Any] | None = None,
        tags: list[dict[str, str]] | None = None,
        **client: Any,
    ) -> None:
        """An endpoint whose answers go below `s3://bucket/out`, its failures below `s3://bucket/failed`."""
        self.s3.create_bucket(Bucket=bucket)
        self.sagemaker.create_model(ModelName=name, PrimaryContainer={"ModelPackageName": package})
        variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m4.xlarge"}
        paths = {"S3OutputPath": f"s3://{bucket}/out/", "S3FailurePath": f"s3://{bucket}/failed"}
        self.sagemaker.create_endpoint_config(
            EndpointConfigName=name,
            ProductionVariants=[{**variant, "InitialInstanceCount": instances}],
            AsyncInferenceConfig={
                "OutputConfig": {**paths, **(output or {})},
                **({"ClientConfig": client} if client else {}),
            },
        )
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name, Tags=tags or [])
        self.wait(name)

    def put(self, bucket: str, key: str, body: bytes) -> str:
        self.s3.put_object(Bucket=bucket, Key=key, Body=body)
        return f"s3://{bucket}/{key}"

    def call(self, name: str, order: str | None = None, **members: Any) -> dict[str, Any]:
        """InvokeEndpointAsync, with the order as its Body."""
        members = {"ContentType": "application/octet-stream", **members}
        body = {} if order is None else {"Body": order.encode()}
        return self.runtime.invoke_endpoint_async(EndpointName=name, **body, **members)

    def read(self, location: str) -> bytes | None:
        """The object at a URI; None while there is none."""
        bucket, _, key = location.removeprefix("s3://").partition("/")
        try:
            return self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        except self.s3.exceptions.NoSuchKey:
            return None

    def head(self, location: str) -> dict[str, Any]:
        bucket, _, key = location.removeprefix("s3://").partition("/")
        return self.s3.head_object(Bucket=bucket, Key=key)

    def answer(self, call: dict[str, Any], seconds: float = 60) -> Any:
        """The answer of a call, once it is there, as JSON."""
        return json.loads(eventually(lambda: self.read(call["OutputLocation"]), seconds))

    def has_begun(self, name: str, order: str) -> bool:
        """Whether the endpoint's model was asked this."""
        log = self.server.data / "logs" / "endpoints" / name / "AllTraffic-1.log"
        return f"begins: {order}" in log.read_text()

    def failure(self, call: dict[str, Any]) -> str:
        """Why a call failed, once that is there."""
        return eventually(lambda: self.read(call["FailureLocation"]), 60).decode()
