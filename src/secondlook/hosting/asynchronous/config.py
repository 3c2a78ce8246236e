"""AsyncInferenceConfig: where the answers of an endpoint go, who hears of them, and how many calls its models take at once. Pure.

[hosting.md, Asynchronous]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from secondlook.hosting.errors import Invalid

MEMBER = "AsyncInferenceConfig"
SUCCESS, ERROR = "SUCCESS_NOTIFICATION_TOPIC", "ERROR_NOTIFICATION_TOPIC"


@dataclass(frozen=True, slots=True)
class AsyncConfig:
    """`most` calls are under way at an instance at once; None: as many as it has workers. Topics are ARNs."""

    output_path: str
    failure_path: str | None = None
    kms_key_id: str | None = None
    success_topic: str | None = None
    error_topic: str | None = None
    includes: Collection[str] = ()
    most: int | None = None

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """From the member, as it is kept in the rows of configs and endpoints."""
        output = values["OutputConfig"]
        notification = output.get("NotificationConfig", {})
        return cls(
            output.get("S3OutputPath", ""),
            output.get("S3FailurePath"),
            output.get("KmsKeyId"),
            notification.get("SuccessTopic"),
            notification.get("ErrorTopic"),
            frozenset(notification.get("IncludeInferenceResponseIn", ())),
            values.get("ClientConfig", {}).get("MaxConcurrentInvocationsPerInstance"),
        )

    @property
    def buckets(self) -> Iterator[str]:
        """The buckets that answers are written to."""
        for path in (self.output_path, self.failure_path):
            if path is not None:
                yield bucket_and_key(path)[0]


def check(values: Mapping[str, Any], variants: Collection[Mapping[str, Any]]) -> None:
    """Raises Invalid for a config that could not be used with these variants."""
    config = AsyncConfig.from_json(values)
    if not config.output_path:
        raise Invalid(f"{MEMBER} needs OutputConfig.S3OutputPath: where the answers are to be written.")
    for member, path in (("S3OutputPath", config.output_path), ("S3FailurePath", config.failure_path)):
        if path is not None and not path.startswith("s3://"):
            raise Invalid(f"{MEMBER}.OutputConfig.{member} {path[:200]!r} must look like s3://BUCKET/PREFIX.")
    for variant in variants:
        if "ServerlessConfig" in variant:
            raise Invalid(
                f"Production variant {variant['VariantName']} has ServerlessConfig, which does not go with {MEMBER}: leave out one."
            )


def bucket_and_key(uri: str) -> tuple[str, str]:
    """`s3://bucket/a/b` → `bucket`, `a/b`; and as S3's URLs say it, `https://s3.REGION.amazonaws.com/bucket/a/b`."""
    scheme, _, rest = uri.partition("://")
    if scheme == "https":
        rest = rest.partition("/")[2]
    bucket, _, key = rest.partition("/")
    return bucket, key
