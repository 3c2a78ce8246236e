"""The S3 behind us: how it is called, and how its errors become ours.

Credentials come from where boto3 looks for them (environment, profile, instance role).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

from secondlook.settings import SettingError
from secondlook.store import errors
from secondlook.store.bucket import words
from secondlook.store.disk import LOG
from secondlook.store.errors import Elsewhere, ObjectError
from secondlook.store.objects import Stored

_RIGHT = "s3://BUCKET-PREFIX?endpoint=URL&region=REGION"

_CONNECT = 5
_READ = 20
_TRIES = 2
"""Seconds, and how often. A hanging S3 holds one thread so long, no lock and no transaction; in all it is less than the
60 seconds that SDKs wait for us, so that a client is told and does not have to guess.
"""

_EXPIRES = "Expires"
_ASIDE = "secondlook-expires"


class Remote:
    """One S3 and the prefix of our buckets in it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        unknown = options.keys() - {"endpoint", "region"}
        if parts.scheme != "s3" or parts.path.strip("/") or unknown:
            raise SettingError(f"objects must read {_RIGHT}, not {url!r}")
        self.prefix = parts.netloc
        self.region = options.get("region", "us-east-1")
        try:
            self.call = _client(options.get("endpoint"), self.region)
        except ValueError as error:
            raise SettingError(f"objects must read {_RIGHT}; of {url!r} boto3 says: {error}") from error

    def name(self, bucket: str) -> str:
        """The real bucket."""
        return self.prefix + bucket

    def head(self, bucket: str, key: str) -> Stored:
        """The object that is there now."""
        with translated(bucket, key):
            answer = self.call.head_object(Bucket=self.name(bucket), Key=key, ChecksumMode="ENABLED")
        return words.stored(answer, answer["ContentLength"])


def _client(endpoint: str | None, region: str) -> Any:
    # boto3 takes a third of a second to import, and most servers keep objects in a directory.
    boto3, config = import_module("boto3"), import_module("botocore.config")
    session = boto3.session.Session()
    if session.get_credentials() is None:
        raise SettingError(
            "objects lie in an S3, and there are no credentials for it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
            "or AWS_PROFILE, or give this machine a role"
        )
    client = session.client(
        "s3",
        endpoint_url=endpoint,
        region_name=region,
        config=config.Config(
            connect_timeout=_CONNECT,
            read_timeout=_READ,
            retries={"mode": "standard", "total_max_attempts": _TRIES},
            max_pool_connections=64,
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint else "auto"},
            # Bodies have been checked at our door; not every S3 knows these headers.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
    client.meta.events.register("before-parameter-build.s3", _put_aside)
    client.meta.events.register("before-call.s3", _put_into_the_head)
    return client


def _put_aside(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    """boto3 takes a time as Expires and nothing else, S3 any text: so boto3 is not shown it."""
    if _EXPIRES in params:
        context[_ASIDE] = params.pop(_EXPIRES)


def _put_into_the_head(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    if _ASIDE in context:
        params["headers"][_EXPIRES] = context[_ASIDE]


@contextmanager
def translated(bucket: str = "", key: str = "", upload: str = "") -> Iterator[None]:
    """Whatever the S3 behind us refuses, or its silence, in our words."""
    exceptions = import_module("botocore.exceptions")
    try:
        yield
    except exceptions.ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
        raise object_error(error.response.get("Error", {}), bucket, key, upload, status) from error
    except exceptions.ParamValidationError as error:
        raise Elsewhere("InvalidArgument", 400, str(error)) from error
    except exceptions.BotoCoreError as error:
        logging.getLogger(LOG).warning("the S3 behind this server does not answer: %s", error)
        raise Elsewhere(
            "ServiceUnavailable", 503, "The S3 behind this server does not answer just now."
        ) from error


def object_error(
    error: Mapping[str, Any], bucket: str, key: str, upload: str = "", status: int = 500
) -> ObjectError:
    """An error of the S3 behind us as one of ours; what none of ours covers keeps its own words."""
    code = error.get("Code", "")
    ours: dict[str, Callable[[], ObjectError]] = {
        "NoSuchBucket": lambda: errors.NoSuchBucket(bucket),
        "NoSuchKey": lambda: errors.NoSuchKey(key),
        "404": lambda: errors.NoSuchKey(key),  # a HEAD has no body, so no code
        "BucketNotEmpty": lambda: errors.BucketNotEmpty(bucket),
        "InvalidRange": lambda: errors.InvalidRange(int(error.get("ActualObjectSize") or 0)),
        "InvalidPartNumber": lambda: errors.InvalidPartNumber(int(error.get("ActualPartCount") or 0)),
        "416": lambda: errors.InvalidPartNumber(
            0
        ),  # of a HEAD, where we ask for nothing else that could be outside
        "PreconditionFailed": lambda: errors.PreconditionFailed(error.get("Condition", "")),
        "NoSuchUpload": lambda: errors.NoSuchUpload(upload),
        "InvalidPart": lambda: errors.InvalidPart(int(error.get("PartNumber") or 0)),
        "InvalidPartOrder": errors.InvalidPartOrder,
        "EntityTooSmall": lambda: errors.EntityTooSmall(
            int(error.get("PartNumber") or 0), int(error.get("ProposedSize") or 0)
        ),
    }
    if code in ours:
        return ours[code]()
    return Elsewhere(
        code or "InternalError", status, error.get("Message") or "The S3 behind this server failed."
    )
