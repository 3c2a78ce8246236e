"""DataCaptureConfig of an endpoint config: how much is captured, of what, and where it goes [model-hosting.md, CreateEndpointConfig]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from secondlook.hosting.errors import Invalid

SCHEME = "s3://"
LONGEST_KEY = 1024
LONGEST_REST = 200
"""Bytes of a key behind the destination: names of endpoint and variant (63 each), the hour, the name of the file."""

_MODES = {"Input": {"Input"}, "Output": {"Output"}, "InputAndOutput": {"Input", "Output"}}


@dataclass(frozen=True, slots=True)
class CaptureConfig:
    """What is captured of an endpoint's calls. Types of content are in lower case, without parameters."""

    bucket: str
    prefix: str  # ends with a slash unless it is empty
    key_id: str  # of KMS, or empty
    percentage: int
    takes_input: bool
    takes_output: bool
    csv_types: frozenset[str] = frozenset()
    json_types: frozenset[str] = frozenset()

    @classmethod
    def of(cls, config: Mapping[str, Any] | None) -> Self | None:
        """From the member DataCaptureConfig; None where it captures nothing. Raises Invalid for a destination that cannot be one."""
        if config is None or not is_enabled(config):
            return None
        bucket, prefix = destination(config)
        modes = set().union(*(_MODES[option["CaptureMode"]] for option in config["CaptureOptions"]))
        types = config.get("CaptureContentTypeHeader") or {}
        return cls(
            bucket,
            prefix,
            config.get("KmsKeyId") or "",
            config["InitialSamplingPercentage"],
            "Input" in modes,
            "Output" in modes,
            _lower(types.get("CsvContentTypes", ())),
            _lower(types.get("JsonContentTypes", ())),
        )

    def encoding(self, media_type: str) -> str:
        """How a body of this type is written: CSV and JSON as their text, all others in base64."""
        if media_type in self.csv_types:
            return "CSV"
        return "JSON" if media_type in self.json_types else "BASE64"


def is_enabled(config: Mapping[str, Any]) -> bool:
    """EnableCapture "defaults to enabled" (API reference, DataCaptureConfig)."""
    return bool(config.get("EnableCapture", True))


def destination(config: Mapping[str, Any]) -> tuple[str, str]:
    """Bucket and prefix of DestinationS3Uri. Raises Invalid saying what would be right."""
    uri: str = config["DestinationS3Uri"]
    bucket, _, prefix = uri.removeprefix(SCHEME).partition("/")
    if not uri.startswith(SCHEME) or not bucket:
        raise Invalid(f"DestinationS3Uri of DataCaptureConfig is {uri!r}; right is s3://BUCKET/PREFIX.")
    prefix = prefix.rstrip("/")
    if len(prefix.encode()) > LONGEST_KEY - LONGEST_REST:
        raise Invalid(
            f"The prefix of DestinationS3Uri of DataCaptureConfig has {len(prefix.encode())} bytes; at most "
            f"{LONGEST_KEY - LONGEST_REST} leave room for the names of captures in a key of {LONGEST_KEY}."
        )
    return bucket, f"{prefix}/" if prefix else ""


def described(config: Mapping[str, Any], *, is_losing: bool) -> dict[str, Any]:
    """DataCaptureConfig of DescribeEndpoint. `is_losing` says that just now nothing can be kept."""
    started = is_enabled(config) and not is_losing
    return {
        "EnableCapture": is_enabled(config),
        "CaptureStatus": "Started" if started else "Stopped",
        "CurrentSamplingPercentage": config["InitialSamplingPercentage"],
        "DestinationS3Uri": config["DestinationS3Uri"],
        "KmsKeyId": config.get("KmsKeyId") or "",
    }


def _lower(types: Any) -> frozenset[str]:
    return frozenset(each.lower() for each in types)
