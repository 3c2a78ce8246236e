"""What a writer may say of an object (type, headers, metadata), and what they may not ask for."""

from __future__ import annotations

from secondlook.api.call import Call
from secondlook.api.s3 import encryption, tags
from secondlook.api.s3.grants import refuse_lists
from secondlook.store.metadata import check_size
from secondlook.store.objects import BINARY, About
from secondlook.wire.chunked import content_encoding
from secondlook.wire.errors import AwsError

KEPT = ("Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires")
"""Header fields that are stored with an object and sent with it, as they are."""


def about(call: Call) -> About:
    """The description in the request's headers, for PutObject, CopyObject and CreateMultipartUpload."""
    refuse_unserved(call)
    headers = {name: call.request.headers.get(name) for name in KEPT if name in call.request.headers}
    encoding = content_encoding(call.request)
    headers.pop("Content-Encoding", None)
    if encoding:
        headers["Content-Encoding"] = encoding
    metadata = dict(call.params.get("Metadata") or {})
    check_size(metadata)
    return About(
        call.params.get("ContentType") or BINARY,
        headers,
        metadata,
        encryption=encryption.requested(call),
        tags=tags.of_header(call),
    )


def refuse_unserved(call: Call) -> None:
    """Refuse what would be silently broken if it were ignored."""
    params = call.params
    refuse_lists(params)
    if params.get("StorageClass", "STANDARD") != "STANDARD":
        raise AwsError(
            "InvalidStorageClass",
            "The storage class you specified is not valid: objects here are STANDARD.",
            400,
        )
