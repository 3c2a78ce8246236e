"""What a transform job may ask for, and what of it holds where nothing is said. Pure.

Source: API reference, CreateTransformJob, TransformInput, TransformS3DataSource, ModelClientConfig; the guides "Batch transform"
and "Use Your Own Inference Code with Batch Transform".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from secondlook.hosting import contract
from secondlook.hosting.errors import Invalid
from secondlook.hosting.transform.processing import Processing

KEPT = (
    "ModelName",
    "MaxConcurrentTransforms",
    "ModelClientConfig",
    "MaxPayloadInMB",
    "BatchStrategy",
    "Environment",
    "TransformInput",
    "TransformOutput",
    "TransformResources",
    "DataProcessing",
    "ExperimentConfig",
)
"""Members of CreateTransformJob that DescribeTransformJob tells again."""

MB = 1 << 20
MOST_MB = 100
"""MaxPayloadInMB, and MaxPayloadInMB times MaxConcurrentTransforms."""

DEFAULT_MB = 6
DEFAULT_TIMEOUT = 600
DEFAULT_RETRIES = 3


@dataclass(frozen=True, slots=True)
class Location:
    """A bucket and the beginning of keys in it, or one key."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str, member: str) -> Self:
        """Raises Invalid."""
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        if not uri.startswith("s3://") or not bucket:
            raise Invalid(f"{member} {uri!r} must look like s3://BUCKET/PREFIX.")
        return cls(bucket, key)


@dataclass(frozen=True, slots=True)
class Requests:
    """How the model is asked. `payload` is in bytes; a model may say itself what holds where the job says nothing."""

    concurrent: int
    payload: int
    several: bool  # records in one request (MultiRecord)
    timeout: float
    retries: int

    @classmethod
    def of(cls, definition: Mapping[str, Any], model: Mapping[str, Any] | None = None) -> Self:
        """`model` is what it answered to GET /execution-parameters, if anything."""
        said = {**(model or {}), **{name: value for name, value in definition.items() if value}}
        client = definition.get("ModelClientConfig") or {}
        megabytes = definition.get("MaxPayloadInMB")
        if megabytes is None:
            megabytes = said.get("MaxPayloadInMB", DEFAULT_MB)
        megabytes = megabytes or MOST_MB
        concurrent = said.get("MaxConcurrentTransforms") or 1
        if not definition.get("MaxConcurrentTransforms"):  # a model's word is held to the limit of a job's
            concurrent = max(1, min(concurrent, MOST_MB // megabytes))
        return cls(
            concurrent=concurrent,
            payload=megabytes * MB,
            several=str(said.get("BatchStrategy", "MultiRecord")).replace("_", "").lower() == "multirecord",
            timeout=client.get("InvocationsTimeoutInSeconds", DEFAULT_TIMEOUT),
            retries=client.get("InvocationsMaxRetries", DEFAULT_RETRIES),
        )

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """What a model's process is told: `own` variables, those of the guide, and ours for how long and how often it predicts."""
        return {
            contract.WORKERS: str(self.concurrent),
            contract.TIMEOUT: f"{self.timeout:g}",
            **own,
            contract.BATCH: "true",
            contract.BATCH_STRATEGY: "MULTI_RECORD" if self.several else "SINGLE_RECORD",
            contract.BATCH_CONCURRENT: str(self.concurrent),
            contract.BATCH_PAYLOAD: str(self.payload // MB),
        }


def check(params: Mapping[str, Any]) -> None:
    """Refuse, by name, what is not served or contradicts itself. Raises Invalid."""
    if params.get("DataCaptureConfig"):
        raise Invalid("DataCaptureConfig is not served for transform jobs: leave it out.")
    given = params["TransformInput"]
    kind = given["DataSource"]["S3DataSource"]["S3DataType"]
    if kind not in {"S3Prefix", "ManifestFile"}:
        raise Invalid(f"S3DataType {kind} is not served for transform jobs: give S3Prefix or ManifestFile.")
    split = given.get("SplitType", "None")
    if split not in {"None", "Line"}:
        raise Invalid(f"SplitType {split} is not served here: give None or Line.")
    megabytes, concurrent = params.get("MaxPayloadInMB"), params.get("MaxConcurrentTransforms") or 1
    if (megabytes or 0) > MOST_MB:
        raise Invalid(f"MaxPayloadInMB is at most {MOST_MB}, not {megabytes}.")
    if (DEFAULT_MB if megabytes is None else megabytes) * concurrent > MOST_MB:
        raise Invalid(
            f"MaxConcurrentTransforms times MaxPayloadInMB is at most {MOST_MB}, not "
            f"{concurrent} times {DEFAULT_MB if megabytes is None else megabytes}."
        )
    source_of(params)
    target_of(params)
    Processing(params)


def source_of(definition: Mapping[str, Any]) -> Location:
    """Where the input lies, or the manifest that names it. Raises Invalid."""
    uri = definition["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"]
    location = Location.parse(uri, "TransformInput.DataSource.S3DataSource.S3Uri")
    if is_manifest(definition) and not location.key:
        raise Invalid(f"A ManifestFile is an object: {uri!r} names none.")
    return location


def target_of(definition: Mapping[str, Any]) -> Location:
    """Where results go. Raises Invalid."""
    return Location.parse(definition["TransformOutput"]["S3OutputPath"], "TransformOutput.S3OutputPath")


def is_manifest(definition: Mapping[str, Any]) -> bool:
    return bool(definition["TransformInput"]["DataSource"]["S3DataSource"]["S3DataType"] == "ManifestFile")
