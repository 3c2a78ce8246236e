"""Model data: files of one's own in the object store, by where they are and as which version they run.

Shapes of ModelDataUrl and ModelDataSource: [model-hosting.md, CreateModel].
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from secondlook.hosting.errors import Invalid
from secondlook.names import is_bucket_name

ARCHIVE, OBJECT, FOLDER = "archive", "object", "folder"
"""One gzipped tar, one file as it is, every object below a prefix."""

_FORMS = {("S3Object", "Gzip"): ARCHIVE, ("S3Object", "None"): OBJECT, ("S3Prefix", "None"): FOLDER}

_S3_HOST = re.compile(
    r"(?:(?P<bucket>.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?", re.IGNORECASE
)

_NOT_SERVED = ("ManifestS3Uri", "HubAccessConfig", "ETag", "ManifestEtag")


class Hosts(Protocol):
    """Which host names are this server's (`wire.hosts`)."""

    def knows(self, host: str) -> bool: ...

    def bucket(self, host: str) -> str: ...


@dataclass(frozen=True, slots=True)
class ModelData:
    """`version` is the ETag of what runs, of a folder a hash over its list; None until an endpoint is made."""

    bucket: str
    key: str  # of a folder, the prefix
    form: str  # archive | object | folder
    version: str | None = None
    size: int = 0  # bytes as they are stored, known with `version`
    missing: str = ""  # why there was nothing to run when the endpoint was made

    @property
    def uri(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


def of_definition(definition: Mapping[str, Any], hosts: Hosts | None) -> ModelData | None:
    """What a container definition names by ModelDataUrl or ModelDataSource; None where it names nothing. Raises Invalid."""
    url, source = definition.get("ModelDataUrl"), definition.get("ModelDataSource")
    if url and source:
        raise Invalid("Give either ModelDataUrl or ModelDataSource, not both.")
    if url:
        return of_archive(url, hosts)
    return _of_source(source.get("S3DataSource"), hosts) if source else None


def of_archive(url: str, hosts: Hosts | None) -> ModelData:
    """One gzipped tar at an `s3://` or `https://` URL. Raises Invalid."""
    bucket, key = location(url, hosts)
    if not key or key.endswith("/"):
        raise Invalid(
            f"{url} is no archive: ModelDataUrl names one tar.gz. A folder of files is ModelDataSource with S3Prefix."
        )
    return ModelData(bucket, key, ARCHIVE)


def location(url: str, hosts: Hosts | None) -> tuple[str, str]:
    """Bucket and key of an `s3://` URL, or of an `https://` one of Amazon S3's hosts or of this server's. Raises Invalid."""
    if url.startswith("s3://"):
        bucket, _, key = url.removeprefix("s3://").partition("/")
    else:
        parts = urlsplit(url)
        bucket, key = _named(parts.netloc, url, hosts), unquote(parts.path).removeprefix("/")
        if not bucket:
            bucket, _, key = key.partition("/")
    if not is_bucket_name(bucket):
        raise Invalid(f"{url} names no bucket: give it as s3://BUCKET/KEY.")
    return bucket, key


def _named(host: str, url: str, hosts: Hosts | None) -> str:
    """The bucket that a host names; empty where the path begins with it. Raises Invalid for other hosts."""
    amazon = _S3_HOST.fullmatch(host)
    if amazon is not None:
        return amazon["bucket"] or ""
    if hosts is not None and (bucket := hosts.bucket(host)):
        return bucket
    if hosts is not None and hosts.knows(host):
        return ""
    raise Invalid(
        f"{url} is no place in this server's object store: put it there, and give it as s3://BUCKET/KEY."
    )


def _of_source(source: Mapping[str, Any] | None, hosts: Hosts | None) -> ModelData:
    if source is None:
        raise Invalid("ModelDataSource needs S3DataSource.")
    for member in _NOT_SERVED:
        if source.get(member):
            raise Invalid(f"{member} of S3DataSource is not served here: leave it out.")
    if source.get("ModelAccessConfig", {}).get("AcceptEula") is False:
        raise Invalid(
            "ModelAccessConfig.AcceptEula is false: the model may not be used without accepting its licence."
        )
    kind, compression = source["S3DataType"], source["CompressionType"]
    form = _FORMS.get((kind, compression))
    if form is None:
        raise Invalid(
            f"S3DataType {kind} with CompressionType {compression} is not served: a folder of objects is not compressed. "
            "Give S3Object with Gzip for one tar.gz, or S3Prefix with None."
        )
    if form == ARCHIVE:
        return of_archive(source["S3Uri"], hosts)
    bucket, key = location(source["S3Uri"], hosts)
    if form == OBJECT and (not key or key.endswith("/")):
        raise Invalid(f"{source['S3Uri']} is no object: S3DataType S3Object names one.")
    return ModelData(bucket, key if form == OBJECT or not key or key.endswith("/") else f"{key}/", form)
