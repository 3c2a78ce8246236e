"""What requests say of encryption: by S3 itself, by KMS, or with a key of the customer's. Checked and worded as S3 does.

The first two are kept and told again ([behaviour.md]). A customer's key is a password: of it a salted digest is kept, and
whoever reads the object must have the key again; the body is not encrypted with it.
Source: S3 user guide, "Using server-side encryption with customer-provided keys"; API reference, "List of error codes".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any

from secondlook.api.call import Call
from secondlook.store.encryption import (
    ALGORITHMS,
    KMS,
    WITH_BUCKET_KEY,
    blocks_customer_keys,
    bucket_key,
    default,
)
from secondlook.wire import errors
from secondlook.wire.errors import AwsError
from secondlook.wire.s3_errors import invalid_argument, invalid_request

HEADER = "x-amz-server-side-encryption"
HEADERS = {
    "ServerSideEncryption": HEADER,
    "SSEKMSKeyId": f"{HEADER}-aws-kms-key-id",
    "BucketKeyEnabled": f"{HEADER}-bucket-key-enabled",
    "SSECustomerAlgorithm": f"{HEADER}-customer-algorithm",
    "SSECustomerKeyMD5": f"{HEADER}-customer-key-MD5",
}
"""Member → header, of what an answer tells."""

_MANAGED = ("ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled")
_CUSTOMER = ("SSECustomerAlgorithm", "SSECustomerKey", "SSECustomerKeyMD5")
_PROOF = "proof"
"""In what is kept: salt and digest of a customer's key."""

_KEY_BYTES = 32
_MUST = "Requests specifying Server Side Encryption with Customer provided keys must provide"


def requested(call: Call) -> dict[str, Any]:
    """What a writer wants, to be kept; empty if they say nothing."""
    params = call.params
    algorithm, key = params.get("ServerSideEncryption"), _customers_key(params)
    if key is not None:
        if algorithm is not None:
            raise _invalid(
                "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
                HEADER,
                algorithm,
            )
        return {"SSECustomerAlgorithm": "AES256", _PROOF: _proof(key, secrets.token_hex(16))}
    if algorithm not in {None, *ALGORITHMS}:
        raise _invalid("The encryption method specified is not supported", HEADER, algorithm)
    if algorithm in KMS:
        _check_context(params.get("SSEKMSEncryptionContext"))
        return {member: params[member] for member in _MANAGED if params.get(member) not in {None, ""}}
    for member in ("SSEKMSKeyId", "SSEKMSEncryptionContext"):
        if params.get(member):
            raise _invalid(
                "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : "
                "aws:kms",
                HEADER,
                algorithm,
            )
    return {"ServerSideEncryption": algorithm} if algorithm else {}


def settled(call: Call, said: Mapping[str, Any], bucket: str) -> Mapping[str, Any]:
    """What is kept with a new object: what its writer has `said`, else what the bucket says. Refuses what the bucket blocks."""
    if _PROOF in said:
        _refuse_blocked(call, bucket)
    kept = said or default(call.services.objects, bucket)
    algorithm = kept.get("ServerSideEncryption")
    if algorithm not in KMS:
        return kept
    place = call.place
    inherited = bucket_key(call.services.objects, bucket) if said else {}
    kept = {"SSEKMSKeyId": f"arn:aws:kms:{place.region}:{place.account}:alias/aws/s3", **inherited, **kept}
    uses_bucket_key = kept.pop("BucketKeyEnabled", False) and algorithm == WITH_BUCKET_KEY
    return kept | ({"BucketKeyEnabled": True} if uses_bucket_key else {})


def shown(kept: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """The members of an answer about an object or an upload, to the request with `params`."""
    members = managed(kept)
    if _PROOF in kept:
        members["SSECustomerAlgorithm"] = kept["SSECustomerAlgorithm"]
        members["SSECustomerKeyMD5"] = params.get("SSECustomerKeyMD5")
    return members


def managed(kept: Mapping[str, Any]) -> dict[str, Any]:
    """As `shown`, without a customer's key: CompleteMultipartUpload says nothing of one."""
    return {member: kept[member] for member in _MANAGED if member in kept}


def headers(kept: Mapping[str, Any], params: Mapping[str, Any]) -> list[tuple[str, str]]:
    """`shown`, as header fields."""
    return [(HEADERS[member], _text(value)) for member, value in shown(kept, params).items() if value]


def check_reader(call: Call, kept: Mapping[str, Any]) -> None:
    """Refuse a GetObject or HeadObject without the key that the object was put with."""
    if HEADER in call.request.headers:
        raise _invalid(
            f"{HEADER} header is not supported for this operation.", HEADER, call.request.headers.get(HEADER)
        )
    check_key(kept, call.params)


def check_key(kept: Mapping[str, Any], params: Mapping[str, Any], prefix: str = "") -> None:
    """Refuse a reader without the key that the object was put with. The members of a copy's source begin with a `prefix`."""
    key = _customers_key(params, prefix)
    if _PROOF not in kept:
        if key is not None:
            raise invalid_request("The encryption parameters are not applicable to this object.")
        return
    if key is None:
        raise invalid_request(
            "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to "
            "retrieve the object."
        )
    if not _fits(key, kept):
        raise errors.access_denied(f"{_MUST} the correct secret key.")


def check_part(call: Call, kept: Mapping[str, Any], bucket: str) -> None:
    """Refuse a part that does not come with the key that its upload was begun with, or whose bucket takes none by now."""
    if _PROOF in kept and _customers_key(call.params) is None:
        raise invalid_request(
            "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate "
            "encryption parameters."
        )
    check_named(kept, call.params)
    if _PROOF in kept:
        _refuse_blocked(call, bucket)


def check_named(kept: Mapping[str, Any], params: Mapping[str, Any]) -> None:
    """Refuse a key other than the one that an upload was begun with. Who lists or completes one need not name any."""
    key = _customers_key(params)
    if key is None:
        return
    if _PROOF not in kept:
        raise invalid_request(
            "The multipart upload initiate did not request encryption. Please resend the request without sending "
            "encryption parameters."
        )
    if not _fits(key, kept):
        raise invalid_request("The provided encryption parameters did not match the ones used originally.")


def _refuse_blocked(call: Call, bucket: str) -> None:
    if blocks_customer_keys(call.services.objects, bucket):
        raise errors.access_denied(
            "This bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys "
            "(SSE-C). Please specify a different server-side encryption type."
        )


def _check_context(text: str | None) -> None:
    """A context would bind a key to its use; there is no key, so it is checked and dropped."""
    if text is None:
        return
    try:
        pairs = json.loads(base64.b64decode(text, validate=True))
        good = isinstance(pairs, dict) and all(isinstance(value, str) for value in pairs.values())
    except ValueError:
        good = False
    if not good:
        raise _invalid(
            "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which "
            "represents a string-string map",
            f"{HEADER}-context",
            text,
        )


def _customers_key(params: Mapping[str, Any], prefix: str = "") -> bytes | None:
    """The key that a request brings along, held against all that it says of it; None if it says nothing.

    No error shows the key.
    """
    algorithm, text, digest = (params.get(prefix + member) for member in _CUSTOMER)
    if algorithm is None and text is None and digest is None:
        return None
    if algorithm is None:
        raise _invalid(f"{_MUST} a valid encryption algorithm.", HEADER, "null")
    if algorithm != "AES256":
        raise AwsError(
            "InvalidEncryptionAlgorithmError",
            "The Encryption request you specified is not valid. Supported value: AES256.",
            400,
            {"ArgumentName": HEADER, "ArgumentValue": algorithm},
        )
    if not text:
        raise _invalid(f"{_MUST} an appropriate secret key.", HEADER, "null")
    if not digest:
        raise _invalid(f"{_MUST} the client calculated MD5 of the secret key.", HEADER, "null")
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if base64.b64encode(hashlib.md5(key, usedforsecurity=False).digest()).decode() != digest:
        raise _invalid(
            "The calculated MD5 hash of the key did not match the hash that was provided.", HEADER, "null"
        )
    if len(key) != _KEY_BYTES:
        raise _invalid("The secret key was invalid for the specified algorithm.", HEADER, "null")
    return key


def _proof(key: bytes, salt: str) -> str:
    return f"{salt}:{hashlib.sha256(salt.encode() + key).hexdigest()}"


def _fits(key: bytes, kept: Mapping[str, Any]) -> bool:
    salt, _, _ = kept[_PROOF].partition(":")
    return compare_digest(_proof(key, salt), kept[_PROOF])


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _invalid(message: str, name: str, value: Any) -> AwsError:
    return invalid_argument(message, name, value or "null")
