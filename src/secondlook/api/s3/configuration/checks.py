"""Parts of a bucket's configuration, checked as S3 checks them: what is put in, what is kept out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secondlook.store import encryption
from secondlook.store.encryption import ALGORITHMS, KMS
from secondlook.wire.s3_errors import invalid_argument, invalid_request, malformed_xml

MOST_RULES = 100
METHODS = ("GET", "PUT", "HEAD", "POST", "DELETE")
OWNERSHIPS = ("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")
CORS, ENCRYPTION = "CORSConfiguration", encryption.SETTING
OWNERSHIP, PUBLIC_ACCESS = "OwnershipControls", "PublicAccessBlockConfiguration"
"""Under these names buckets keep them."""

_CORS_TEXTS = ("AllowedOrigins", "AllowedHeaders", "ExposeHeaders")
_BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
NEW_PUBLIC_ACCESS: Mapping[str, bool] = dict.fromkeys(_BLOCKS, True)
"""What S3 says of a bucket that has just been made, since April 2023."""


def cors_rules(document: Mapping[str, Any]) -> dict[str, Any]:
    """1 to 100 rules, each with methods and origins; one `*` in an origin or a header."""
    rules = document.get("CORSRules") or []
    complete = all(rule.get("AllowedMethods") and rule.get("AllowedOrigins") for rule in rules)
    if not complete or not 1 <= len(rules) <= MOST_RULES:
        raise malformed_xml(
            f"a CORS configuration has 1 to {MOST_RULES} rules, each with an AllowedMethod and an AllowedOrigin"
        )
    for rule in rules:
        _check_cors_rule(rule)
    return {"CORSRules": rules}


def _check_cors_rule(rule: Mapping[str, Any]) -> None:
    for method in rule["AllowedMethods"]:
        if method not in METHODS:
            raise invalid_request(
                f"Found unsupported HTTP method in CORS config. Unsupported method is {method}"
            )
    for member in _CORS_TEXTS:
        element = member.removesuffix("s")
        for text in rule.get(member) or ():
            if not text:
                raise malformed_xml(f"an {element} is never empty")
            _check_in_header(element, text)
            if text.count("*") > 1 and member != "ExposeHeaders":
                raise invalid_request(f'{element} "{text}" can not have more than one wildcard.')
    if rule.get("MaxAgeSeconds", 0) < 0:
        raise malformed_xml("MaxAgeSeconds is a number of seconds, 0 or more")


def _check_in_header(element: str, text: str) -> None:
    """What becomes a part of a header later, or is held against one."""
    if not (text.isascii() and text.isprintable()):
        raise invalid_argument(
            f"{element} {text!r} cannot stand in a header: it is printable ASCII, on one line.", element, text
        )


def bucket_encryption(document: Mapping[str, Any]) -> dict[str, Any]:
    """One rule: an algorithm that S3 has, a key id only where there is a KMS to name it to, what no writer may ask for."""
    rules = document.get("Rules") or []
    rule = rules[0] if rules else {}
    default = rule.get("ApplyServerSideEncryptionByDefault")
    blocked = (rule.get("BlockedEncryptionTypes") or {}).get("EncryptionType") or []
    if len(rules) != 1 or not (default or blocked):
        raise malformed_xml(
            "an encryption configuration has one Rule, with ApplyServerSideEncryptionByDefault or BlockedEncryptionTypes"
        )
    if default:
        _check_default(default)
    return {"Rules": [{"BucketKeyEnabled": False, **rule}]}


def _check_default(default: Mapping[str, Any]) -> None:
    algorithm = default.get("SSEAlgorithm")
    if algorithm not in ALGORITHMS:
        raise malformed_xml(f"an SSEAlgorithm is one of {', '.join(ALGORITHMS)}")
    if default.get("KMSMasterKeyID") and algorithm not in KMS:
        raise invalid_argument(
            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
            "ApplyServerSideEncryptionByDefault",
        )
    _check_in_header("KMSMasterKeyID", default.get("KMSMasterKeyID") or "")


def ownership(document: Mapping[str, Any]) -> dict[str, Any]:
    """One rule."""
    rules = document.get("Rules") or []
    if len(rules) != 1 or rules[0].get("ObjectOwnership") not in OWNERSHIPS:
        raise malformed_xml(
            f"ownership controls have one Rule, with an ObjectOwnership of {', '.join(OWNERSHIPS)}"
        )
    return {"Rules": rules}


def public_access(document: Mapping[str, Any]) -> dict[str, Any]:
    """Four answers, no unless said."""
    if not document:
        raise malformed_xml(f"it says at least one of {', '.join(_BLOCKS)}")
    return {name: bool(document.get(name)) for name in _BLOCKS}
